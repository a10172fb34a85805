import { answeredId } from '../bitrix/answeredId';
import type { CatalogBooks } from '../bitrix/catalogBooks';
import { familyOfType, type Family } from '../bitrix/families';
import { propertyByCode, propertyField, textOf, type Property } from '../bitrix/property';
import { presentValue } from '../bitrix/propertyValue';
import type { Keyed } from './identity';
import { HIDDEN_PROPERTY, ID_PROPERTY } from './propertyPairs';
import type { ItemRow } from './targets';
import { readHiddenMark, type Visibility } from './visibility';

/** An item of the catalog as a list shows it. */
export interface PresentItem extends Keyed, Visibility {
	iblockId: number;
	/** Undefined for kinds that REST cannot write. */
	family: Family | undefined;
	name: string;
	/** Of an offer. */
	parentId: number | null;
	row: ItemRow;
}

/** The properties by which the package remembers what is whose, in one block; those that are not there are undefined. */
export interface ServiceProperties {
	id: Property | undefined;
	hidden: Property | undefined;
}

/** The properties of one block by which the package remembers what is whose. */
export const serviceProperties = ({ properties }: CatalogBooks, iblockId: number): ServiceProperties => ({
	id: propertyByCode(properties, iblockId, ID_PROPERTY),
	hidden: propertyByCode(properties, iblockId, HIDDEN_PROPERTY),
});

/** Fields that every lookup asks for: the list demands the first two. */
export function presentItemSelect(service: ServiceProperties, isOffer: boolean): string[] {
	const properties = [service.id, service.hidden].flatMap((property) => (property?.id ? [propertyField(property.id)] : []));
	return ['id', 'iblockId', 'xmlId', 'name', 'active', 'type', 'iblockSectionId', 'iblockSection', ...(isOffer ? ['parentId'] : []), ...properties];
}

const CALL = 'the list of items';

/** A row of a list of items, read with `presentItemSelect`. Throws ANSWER_UNEXPECTED when it has no id or no block. */
export function readPresentItem(row: ItemRow, service: ServiceProperties): PresentItem {
	const text = (property: Property | undefined): string | null =>
		property?.id ? presentValue(property, row[propertyField(property.id)]).canonical || null : null;
	return {
		id: answeredId(row, CALL),
		iblockId: answeredId(row, CALL, 'iblockId'),
		xmlId: textOf(row.xmlId) ?? '',
		family: familyOfType(Number(row.type)),
		name: textOf(row.name) ?? '',
		parentId: readParent(row.parentId),
		moySkladId: text(service.id)?.toLowerCase() ?? null,
		active: row.active !== 'N',
		hidden: readHiddenMark(text(service.hidden)),
		row,
	};
}

/** The link of an offer is a property, so it comes as `{value, valueId}`. */
function readParent(raw: unknown): number | null {
	const value: unknown = typeof raw === 'object' && raw !== null && 'value' in raw ? raw.value : raw;
	return Number(value) || null;
}
