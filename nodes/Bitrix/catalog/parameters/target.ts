import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';

const aNumber = (example: string): { displayName: string; placeholder: string } => ({ displayName: 'By ID', placeholder: `e.g. ${example}` });

/** Ids in Bitrix are numbers. */
export const BITRIX_ID = aNumber('17');

/** Into which catalog, and by which key items are found there. */
export const targetProperties: INodeProperties[] = [
	locator({
		displayName: 'Catalog',
		name: 'catalog',
		searchListMethod: 'catalogs',
		description: 'The catalog of goods. Its catalog of offers, into which variants go, is found by it.',
		required: true,
		typed: BITRIX_ID,
		displayOptions: { show: { connection: ['rest'] } },
	}),
	{
		displayName: 'Identity',
		name: 'identity',
		type: 'options',
		options: [
			{ name: 'External Code', value: 'externalCode', description: 'The XML_ID in Bitrix is the external code, as in the exchange of MoySklad itself: its items are taken over' },
			{ name: 'ID', value: 'id', description: 'The XML_ID in Bitrix is the ID in MoySklad' },
		],
		default: 'externalCode',
		description: 'By what an item of MoySklad is found in Bitrix. A variant is found by the key of its product, # and its own.',
	},
];

const DEACTIVATE = { name: 'Deactivate', value: 'deactivate', description: 'Hide it; an item is shown again when it comes back' };
const DELETE = { name: 'Delete', value: 'delete', description: 'Delete it in Bitrix for good' };
const IGNORE = { name: 'Ignore', value: 'ignore', description: 'Leave it as it is' };

/** What becomes of items that are not to be seen any more. */
export const goneProperty: INodeProperties = {
	displayName: 'Archived or Out of Scope',
	name: 'gone',
	type: 'options',
	options: [DEACTIVATE, DELETE, IGNORE],
	default: 'deactivate',
	description: 'What to do with items in Bitrix whose original in MoySklad was archived or deleted or left the scope',
};

/** There is no point in looking for what is missing in order to ignore it. */
export const missingProperty: INodeProperties = {
	...goneProperty,
	displayName: 'Missing Items',
	options: [DEACTIVATE, DELETE],
	description: 'What to do with items in Bitrix whose original in MoySklad is archived, deleted or out of scope',
};

/** Deleting a section would take along what is in it. */
export const goneSectionProperty: INodeProperties = {
	...goneProperty,
	displayName: 'Archived Folders',
	options: [DEACTIVATE, IGNORE],
	description: 'What to do with sections whose folder in MoySklad is archived',
};
