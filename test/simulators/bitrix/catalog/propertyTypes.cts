import type { Portal } from '../portal.cts';
import type { PropertyRow } from './rows.cts';

export interface PropertyType {
	propertyType: string;
	userType: string | null;
}

const PLAIN_TYPES = ['S', 'N', 'L', 'F', 'E', 'G'];
/** User types that REST knows. Values of others can be neither read nor written. */
export const USER_TYPES: readonly string[] = [
	'S:Date',
	'S:DateTime',
	'S:HTML',
	'S:directory',
	'S:Money',
	'S:ElementXmlID',
	'S:map_yandex',
	'S:map_google',
	'S:employee',
	'S:ECrm',
	'S:UserID',
	'N:Sequence',
	'E:EList',
	'E:EAutocomplete',
	'E:SKU',
	'G:SectionAuto',
];

/** What `catalog.productProperty.add` takes. */
export function isPropertyType({ propertyType, userType }: PropertyType): boolean {
	return userType === null || userType === ''
		? PLAIN_TYPES.includes(propertyType)
		: [...USER_TYPES, 'L:BoolEnum'].includes(`${propertyType}:${userType}`);
}

/** A list property for one value with exactly one variant is a yes or no, whatever the variant is called. */
export function isBoolean(portal: Portal, { id, propertyType, multiple }: PropertyRow): boolean {
	return propertyType === 'L' && multiple === 'N' && portal.store.enums.where('propertyId', id).length === 1;
}

export const isFile = ({ propertyType }: PropertyRow): boolean => propertyType === 'F';

export const isPlainText = ({ propertyType, userType }: PropertyRow): boolean =>
	(propertyType === 'S' || propertyType === 'N') && (userType === null || userType === '');
