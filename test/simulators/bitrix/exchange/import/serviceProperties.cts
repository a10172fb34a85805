import { addProperty } from '../../catalog/furnish.cts';
import type { IblockRow, PropertyRow } from '../../catalog/rows.cts';
import type { Portal } from '../../portal.cts';

type ServiceCode =
	| 'CML2_BAR_CODE'
	| 'CML2_ARTICLE'
	| 'CML2_ATTRIBUTES'
	| 'CML2_TRAITS'
	| 'CML2_BASE_UNIT'
	| 'CML2_TAXES'
	| 'CML2_PICTURES'
	| 'CML2_FILES'
	| 'CML2_MANUFACTURER';

/** By external code, which is the symbolic code too where none is given. */
const SERVICE_PROPERTIES: Record<ServiceCode, Pick<PropertyRow, 'name' | 'propertyType'> & Partial<PropertyRow>> = {
	CML2_BAR_CODE: { name: 'ШтрихКод', propertyType: 'S' },
	CML2_ARTICLE: { name: 'Артикул', propertyType: 'S' },
	CML2_ATTRIBUTES: { name: 'Характеристики', propertyType: 'S', multiple: 'Y', withDescription: 'Y' },
	CML2_TRAITS: { name: 'Реквизиты', propertyType: 'S', multiple: 'Y', withDescription: 'Y' },
	CML2_BASE_UNIT: { name: 'Базовая единица', propertyType: 'S' },
	CML2_TAXES: { name: 'Ставки налогов', propertyType: 'S', multiple: 'Y', withDescription: 'Y' },
	CML2_PICTURES: { name: 'Картинки', propertyType: 'F', multiple: 'Y', code: 'MORE_PHOTO' },
	CML2_FILES: { name: 'Файлы', propertyType: 'F', multiple: 'Y' },
	CML2_MANUFACTURER: { name: 'Производитель', propertyType: 'L' },
};

/** Makes the properties that each block of an exchange has. A property that bears the code already is taken. */
export function addServiceProperties(portal: Portal, { id: iblockId }: IblockRow): void {
	const { properties } = portal.store;
	for (const [xmlId, values] of Object.entries(SERVICE_PROPERTIES)) {
		const code = values.code ?? xmlId;
		const known = properties.where('iblockId', iblockId);
		if (known.some((property) => property.xmlId === xmlId)) continue;
		const sameCode = known.find((property) => property.code === code);
		if (sameCode) properties.update(sameCode.id, { xmlId });
		else addProperty(portal, iblockId, { ...values, code, xmlId });
	}
}
