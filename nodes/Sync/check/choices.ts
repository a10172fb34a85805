import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { fromJson, MAPPED_LISTS, SyncError, type Choices, type LiveList } from '../../../core';
import { givenPairs } from '../../shared/givenPairs';

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

/** A map of the node: its lists, and the name by which msbx_settings keeps it. */
interface PairMap {
	lists: readonly [LiveList, LiveList];
	kept: string;
}

const PAIRS: Record<string, PairMap> = {
	statusMap: { lists: MAPPED_LISTS[0] as PairMap['lists'], kept: 'statuses' },
	priceTypeMap: { lists: MAPPED_LISTS[1] as PairMap['lists'], kept: 'priceTypes' },
	storeMap: { lists: MAPPED_LISTS[2] as PairMap['lists'], kept: 'stores' },
};

/** The maps of the templates, beside the rows of the node. */
export const keptPairsOption: INodeProperties = {
	displayName: 'Pairs Kept by the Wizard',
	name: 'keptPairs',
	type: 'json',
	default: '',
	description: 'An object as <code>msbx_settings</code> keeps it: <code>statuses</code>, <code>priceTypes</code> and <code>stores</code>, each a list of pairs { from, to }. Each counts where no row is added to the map above.',
};

/** What the flows use: whether it is there is checked against the live lists. */
export const choiceProperties: INodeProperties[] = [
	...SINGLE.map(([list, name]) => entryField(list, name, list)),
	pairField('statusMap', 'Status Map', ['State in MoySklad', 'orderStates'], ['Status in the Store', 'orderStatuses']),
	pairField('priceTypeMap', 'Price Types', ['Price Type in MoySklad', 'moySkladPriceTypes'], ['Price Type in the Store', 'bitrixPriceTypes']),
	pairField('storeMap', 'Stores', ['Store in MoySklad', 'moySkladStores'], ['Store in Bitrix', 'bitrixStores']),
];

/** What the user entered. Nothing chosen is an empty id. Throws CHECK_PAIRS_UNREAD. */
export function choicesOf(context: IExecuteFunctions, item: number): Choices {
	const kept = keptPairs((context.getNodeParameter('options', item, {}) as { keptPairs?: unknown }).keptPairs);
	return {
		single: SINGLE.map(([list]) => ({ list, id: idOf(context.getNodeParameter(list, item, '', { extractValue: true })) })),
		pairs: Object.entries(PAIRS).flatMap(([name, { lists: [left, right], kept: keptName }]) => {
			const { row = [] } = context.getNodeParameter(name, item, {}) as { row?: Array<{ left?: unknown; right?: unknown }> };
			const rows = row.length > 0 ? row : kept(keptName);
			return rows.map((pair) => ({ left, leftId: idOf(pair.left), right, rightId: idOf(pair.right) }));
		}),
	};
}

/** The pairs of an expression by the name of their map, as rows of the node. Throws CHECK_PAIRS_UNREAD. */
function keptPairs(given: unknown): (name: string) => Array<{ left?: unknown; right?: unknown }> {
	const maps = typeof given === 'string' && given.trim() !== '' ? fromJson(given) : given || {};
	if (typeof maps !== 'object' || maps === null || Array.isArray(maps)) throw new SyncError('CHECK_PAIRS_UNREAD');
	return (name) => {
		const pairs = givenPairs((maps as Record<string, unknown>)[name]);
		if (!pairs) throw new SyncError('CHECK_PAIRS_UNREAD');
		return pairs.map(({ from, to }) => ({ left: from, right: to }));
	};
}

/** n8n takes values out of resource locators only outside of collections. */
const idOf = (value: unknown): string => String((typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value) ?? '').trim();
