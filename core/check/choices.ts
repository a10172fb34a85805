import { checkFinding, type CheckFinding } from './finding';

/** Every live list that users choose from, by its name; `label` is how people call one entry. */
export const LIVE_LISTS = {
	organizations: { label: 'organization', side: 'moySklad' },
	moySkladStores: { label: 'store of MoySklad', side: 'moySklad' },
	moySkladPriceTypes: { label: 'price type of MoySklad', side: 'moySklad' },
	orderStates: { label: 'state of customer orders', side: 'moySklad' },
	units: { label: 'unit of MoySklad', side: 'moySklad' },
	salesChannels: { label: 'sales channel', side: 'moySklad' },
	catalogs: { label: 'catalog', side: 'bitrix' },
	bitrixStores: { label: 'store of Bitrix', side: 'bitrix' },
	bitrixPriceTypes: { label: 'price type of Bitrix', side: 'bitrix' },
	measures: { label: 'measure of Bitrix', side: 'bitrix' },
	orderStatuses: { label: 'order status', side: 'bitrix' },
	payerTypes: { label: 'payer type', side: 'bitrix' },
	paySystems: { label: 'pay system', side: 'bitrix' },
	deliveries: { label: 'delivery service', side: 'bitrix' },
} as const satisfies Record<string, { label: string; side: 'moySklad' | 'bitrix' }>;

/** The name of a live list. */
export type LiveList = keyof typeof LIVE_LISTS;

/** One entry of a live list. */
export interface LiveEntry {
	list: LiveList;
	id: string;
	name: string;
}

/** What somebody chose: an entry of a list, or a pair of two lists that mean the same. */
export interface Choices {
	single: Array<{ list: LiveList; id: string }>;
	pairs: Array<{ left: LiveList; leftId: string; right: LiveList; rightId: string }>;
}

/** Lists of which one entry has to be chosen before anything runs, and what for. */
const REQUIRED: ReadonlyArray<readonly [LiveList, needed: string]> = [
	['organizations', 'customer orders belong to it'],
	['catalogs', 'goods go into it'],
];

/**
 * What of the choices is missing, gone, or left out of a map that somebody began. `lists` holds those lists only that could be
 * read: of others nothing is known, and nothing is said.
 */
export function checkChoices({ single, pairs }: Choices, entries: readonly LiveEntry[], lists: ReadonlySet<LiveList>): CheckFinding[] {
	const known = new Map(entries.map((entry) => [`${entry.list} ${entry.id}`, entry]));
	const chosen = [...single, ...pairs.flatMap(({ left, leftId, right, rightId }) => [{ list: left, id: leftId }, { list: right, id: rightId }])];
	const gone = chosen.filter(({ list, id }) => lists.has(list) && id !== '' && !known.has(`${list} ${id}`));
	const missing = REQUIRED.filter(([list]) => lists.has(list) && single.every((one) => one.list !== list || one.id === ''));
	return [
		...missing.map(([list, needed]) => checkFinding('choices', 'error', 'CHECK_NOT_CHOSEN', { list: LIVE_LISTS[list].label, needed })),
		...gone.map(({ list, id }) => checkFinding('choices', 'error', 'CHECK_CHOICE_GONE', { list: LIVE_LISTS[list].label, chosen: id })),
		...unmapped(pairs, entries),
		...unmappedBy(pairs, entries, ['moySkladPriceTypes', 'bitrixPriceTypes'], 'bitrixPriceTypes', (priceType) => checkFinding('choices', 'info', 'CHECK_PRICE_TYPE_UNMAPPED', { priceType })),
		...unmappedBy(pairs, entries, ['moySkladStores', 'bitrixStores'], 'moySkladStores', (store) => checkFinding('choices', 'info', 'CHECK_STORE_UNMAPPED', { store })),
	];
}

/** A status map that somebody began has to be whole; who has none does not synchronise statuses. */
const unmapped = (pairs: Choices['pairs'], entries: readonly LiveEntry[]): CheckFinding[] => [
	...unmappedBy(pairs, entries, ['orderStates', 'orderStatuses'], 'orderStates', (state) => checkFinding('choices', 'warning', 'CHECK_STATE_UNMAPPED', { state })),
	...unmappedBy(pairs, entries, ['orderStates', 'orderStatuses'], 'orderStatuses', (status) => checkFinding('choices', 'warning', 'CHECK_STATUS_UNMAPPED', { status })),
];

/** Entries of `list` that a map lacks which somebody began. */
function unmappedBy(pairs: Choices['pairs'], entries: readonly LiveEntry[], [left, right]: readonly [LiveList, LiveList], list: LiveList, findingOf: (name: string) => CheckFinding): CheckFinding[] {
	const rows = pairs.filter((pair) => pair.left === left && pair.right === right && (pair.leftId !== '' || pair.rightId !== ''));
	if (rows.length === 0) return [];
	const mapped = new Set(rows.map(({ leftId, rightId }) => (list === left ? leftId : rightId)));
	return entries.filter((entry) => entry.list === list && !mapped.has(entry.id)).map(({ name }) => findingOf(name));
}
