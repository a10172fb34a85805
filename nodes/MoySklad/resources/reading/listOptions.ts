import type { INodeProperties } from 'n8n-workflow';
import { anyToMoscow, hiddenToo, isArchivable, isDocument, type Condition } from '../../../../core';
import type { EntityKind } from '../entityKind';
import { attributesByNameOption, simplifyOption } from './outputOptions';

type Hidden = 'exclude' | 'include' | 'only';

/** The options of *Get Many*. */
export interface ListOptions {
	archived?: Hidden;
	deleted?: Hidden;
	expand?: string;
	extraData?: string;
	filterText?: string;
	onePage?: boolean;
	offset?: number;
	order?: string;
	search?: string;
	updatedSince?: string;
}

const hiddenOption = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'Leave Out', value: 'exclude' },
		{ name: 'Include', value: 'include' },
		{ name: 'Only These', value: 'only' },
	],
	default: 'include',
	description,
});

const archivedOption = hiddenOption('Archived Objects', 'archived', 'Whether objects in the archive are read; MoySklad leaves them out by itself');
const deletedOption = hiddenOption('Documents in the Recycle Bin', 'deleted', 'Whether documents that were thrown away are read; MoySklad leaves them out by itself');

const sharedOptions: INodeProperties[] = [
	attributesByNameOption,
	{
		displayName: 'Expand',
		name: 'expand',
		type: 'string',
		default: '',
		placeholder: 'e.g. organization,store',
		description: "MoySklad's own expand, for links that Include does not know. MoySklad then gives at most 100 objects a call.",
	},
	{
		displayName: 'Extra Data',
		name: 'extraData',
		type: 'options',
		options: [
			{ name: 'Minimum Stock', value: 'minimumStock' },
			{ name: 'None', value: '' },
			{ name: 'Permanent Picture Addresses', value: 'downloadPermanentHref' },
			{ name: 'Stock of Positions', value: 'stock' },
		],
		default: '',
		description: 'What MoySklad adds on request only, at most 100 objects a call. Addresses of pictures need Pictures, stock needs Positions under Include.',
	},
	{
		displayName: 'Filter Text',
		name: 'filterText',
		type: 'string',
		default: '',
		placeholder: 'e.g. accounts.accountnumber=40702810…;inn=7701234567',
		description: "Conditions in MoySklad's own words, added to those above",
	},
	{
		displayName: 'Offset',
		name: 'offset',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many objects are skipped; with Return One Page the field next of the page before',
	},
	{
		displayName: 'Return One Page',
		name: 'onePage',
		type: 'boolean',
		default: false,
		description: 'Whether to return one item with rows, size, offset, limit and next, so that a workflow can go through pages without keeping them all. Without Return All the limit is the size of the page.',
	},
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		description: 'Words in the main fields, as in the search of MoySklad; the best matches come first',
	},
	simplifyOption,
	{
		displayName: 'Sort',
		name: 'order',
		type: 'string',
		default: '',
		placeholder: 'e.g. updated,desc;name',
		description: 'Fields, each with asc or desc; by ID when empty. The assortment can only be sorted by name, code, pathName and article.',
	},
	{
		displayName: 'Updated Since',
		name: 'updatedSince',
		type: 'dateTime',
		default: '',
		description: 'Only objects that changed at or after this moment',
	},
];

/** The options by which a workflow goes through pages. */
export const pageOptions: INodeProperties[] = sharedOptions.filter(({ name }) => name === 'offset' || name === 'onePage');

/** The options that make sense for a kind of object, in alphabetical order. */
export function listOptions({ entity }: EntityKind): INodeProperties[] {
	const hidden = [...(isArchivable(entity) ? [archivedOption] : []), ...(isDocument(entity) ? [deletedOption] : [])];
	return [...hidden, ...sharedOptions].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

/** The conditions that options stand for. */
export function optionConditions({ entity }: EntityKind, { archived = 'exclude', deleted = 'exclude', updatedSince }: ListOptions): Condition[] {
	const conditions: Condition[] = updatedSince ? [{ field: 'updated', operator: '>=', value: anyToMoscow(updatedSince) }] : [];
	const hidden = isDocument(entity) ? deleted : archived;
	if (hidden === 'include') conditions.push(...hiddenToo(entity));
	if (hidden === 'only') conditions.push({ field: isDocument(entity) ? 'isDeleted' : 'archived', operator: '=', value: 'true' });
	return conditions;
}
