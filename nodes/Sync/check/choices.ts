import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { MAPPED_LISTS, type Choices, type LiveList } from '../../../core';

/** A row of two lists that mean the same. Ids come from live lists or from a settings table, by an expression. */
const pairField = (name: string, displayName: string, left: [string, string], right: [string, string]): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Row',
	default: {},
	options: [{ name: 'row', displayName: 'Row', values: [entryField('left', ...left), entryField('right', ...right)] }],
});

const entryField = (name: string, displayName: string, searchListMethod: string): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
		{ displayName: 'By ID', name: 'id', type: 'string' },
	],
});

const SINGLE: ReadonlyArray<readonly [LiveList, string]> = [['organizations', 'Organization'], ['catalogs', 'Catalog']];

const PAIRS: Record<string, readonly [LiveList, LiveList]> = {
	statusMap: MAPPED_LISTS[0] as readonly [LiveList, LiveList],
	priceTypeMap: MAPPED_LISTS[1] as readonly [LiveList, LiveList],
	storeMap: MAPPED_LISTS[2] as readonly [LiveList, LiveList],
};

/** What the flows use: whether it is there is checked against the live lists. */
export const choiceProperties: INodeProperties[] = [
	...SINGLE.map(([list, name]) => entryField(list, name, list)),
	pairField('statusMap', 'Status Map', ['State in MoySklad', 'orderStates'], ['Status in the Store', 'orderStatuses']),
	pairField('priceTypeMap', 'Price Types', ['Price Type in MoySklad', 'moySkladPriceTypes'], ['Price Type in the Store', 'bitrixPriceTypes']),
	pairField('storeMap', 'Stores', ['Store in MoySklad', 'moySkladStores'], ['Store in Bitrix', 'bitrixStores']),
];

/** What the user entered. Nothing chosen is an empty id. */
export function choicesOf(context: IExecuteFunctions, item: number): Choices {
	return {
		single: SINGLE.map(([list]) => ({ list, id: idOf(context.getNodeParameter(list, item, '', { extractValue: true })) })),
		pairs: Object.entries(PAIRS).flatMap(([name, [left, right]]) => {
			const { row = [] } = context.getNodeParameter(name, item, {}) as { row?: Array<{ left?: unknown; right?: unknown }> };
			return row.map((pair) => ({ left, leftId: idOf(pair.left), right, rightId: idOf(pair.right) }));
		}),
	};
}

/** n8n takes values out of resource locators only outside of collections. */
const idOf = (value: unknown): string => String((typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value) ?? '').trim();
