import { createHash } from 'node:crypto';
import type { ElementRow } from '../../simulators/bitrix/catalog/rows.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';

/** Service properties of the exchange, which it fills beside the fields themselves (sheet, 4.3). */
const SERVICE = /^CML2_|^MOYSKLAD_HIDDEN$/;

const digest = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

/** All that customers see of a catalog, without ids, so that two stores can be compared field by field. */
export function storePicture({ portal, catalogs }: RunningBitrix): { sections: unknown[]; items: Record<string, unknown> } {
	const { store } = portal;
	const sectionKey = (id: number | null): string | null => (id === null ? null : (store.sections.get(id)?.xmlId ?? null));
	const blocks = [catalogs.main.products, catalogs.main.offers];
	const sections = store.sections.all().filter(({ iblockId }) => blocks.includes(iblockId))
		.map(({ xmlId, name, active, iblockSectionId }) => ({ xmlId, name, active, parent: sectionKey(iblockSectionId) }))
		.sort((one, other) => String(one.xmlId).localeCompare(String(other.xmlId)));
	const file = (id: number | null): string | null => {
		const found = id === null ? undefined : store.files.get(id);
		return found ? `${found.name} ${digest(found.bytes)}` : null;
	};
	const valuesOf = (element: ElementRow): Record<string, unknown> =>
		Object.fromEntries(store.properties.where('iblockId', element.iblockId).flatMap((property) => {
			const stored = element.properties[property.id] ?? [];
			if (SERVICE.test(property.code ?? '') || stored.length === 0) return [];
			const words = stored.map(({ value }) => property.propertyType === 'L' ? store.enums.get(Number(value))?.value : property.propertyType === 'F' ? file(Number(value)) : value);
			return [[property.xmlId === 'MOYSKLAD_ID' || property.code === 'MORE_PHOTO' ? String(property.code) : property.name, words]];
		}));
	const parentOf = (element: ElementRow): string | null => {
		const link = store.iblocks.get(element.iblockId)?.skuPropertyId;
		const [value] = link ? (element.properties[link] ?? []) : [];
		return value ? (store.elements.get(Number(value.value))?.xmlId ?? null) : null;
	};
	const itemOf = (element: ElementRow): Record<string, unknown> => {
		const { name, active, detailText, detailTextType, weight, measure, vatId, vatIncluded, iblockSectionId, quantity, detailPicture } = element;
		return {
			name, active, detailText, detailTextType, weight, vatIncluded, quantity, section: sectionKey(iblockSectionId), parent: parentOf(element),
			measure: store.measures.get(measure ?? 0)?.code ?? null, vat: vatId === null ? null : (store.vats.get(vatId)?.rate ?? 'without'),
			picture: file(detailPicture), block: blocks.indexOf(element.iblockId), properties: valuesOf(element),
			prices: store.prices.where('productId', element.id).map(({ catalogGroupId, price, currency }) => `${store.priceTypes.get(catalogGroupId)?.name} ${price} ${currency}`).sort(),
		};
	};
	return { sections, items: Object.fromEntries(store.elements.all().map((element) => [element.xmlId ?? '', itemOf(element)])) };
}
