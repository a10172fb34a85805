import { groupBy } from '../model/grouping';
import type { LiveEntry, LiveList } from './choices';

/** Two entries that probably mean the same. A person confirms them; nothing is mapped by itself. */
export interface SuggestedPair {
	left: LiveEntry;
	right: LiveEntry;
	/** `name`: the same words. `meaning`: other words for the same. */
	by: 'name' | 'meaning';
}

/** Lists that are mapped to one another. */
export const MAPPED_LISTS: ReadonlyArray<readonly [LiveList, LiveList]> = [
	['orderStates', 'orderStatuses'],
	['moySkladPriceTypes', 'bitrixPriceTypes'],
	['moySkladStores', 'bitrixStores'],
	['units', 'measures'],
];

/** Words that mean the same on both sides; each line is one meaning. */
const MEANINGS: ReadonlyArray<readonly string[]> = [
	['новый', 'новая', 'принят', 'принят ожидается оплата', 'new', 'accepted'],
	['подтвержден', 'подтвержденный', 'confirmed', 'готов к отгрузке', 'в обработке', 'в работе', 'processing'],
	['собран', 'собирается', 'комплектуется', 'assembled', 'picking'],
	['оплачен', 'оплачен формируется к отправке', 'paid'],
	['отгружен', 'отправлен', 'передан в доставку', 'shipped', 'sent'],
	['доставлен', 'выполнен', 'завершен', 'закрыт', 'delivered', 'completed', 'done', 'closed'],
	['отменен', 'отмена', 'аннулирован', 'cancelled', 'canceled'],
	['возврат', 'возвращен', 'returned'],
	['цена продажи', 'розничная цена', 'розничная', 'базовая', 'base', 'retail'],
	['оптовая цена', 'оптовая', 'опт', 'wholesale'],
	['закупочная цена', 'закупочная', 'purchase'],
	['основной склад', 'основной', 'главный склад', 'склад', 'main', 'main store'],
	['шт', 'штука', 'pce', 'pcs', 'piece'],
	['кг', 'килограмм', 'kg', 'kgm'],
	['г', 'грамм', 'g', 'grm'],
	['л', 'литр', 'l', 'ltr'],
	['м', 'метр', 'm', 'mtr'],
	['упак', 'упаковка', 'pack', 'nmp'],
];

const meaningByWord = new Map(MEANINGS.flatMap((words, meaning) => words.map((word) => [word, meaning] as const)));

/** Pairs of the lists that are mapped to one another. An entry that could be two others is in none: that is for a person to say. */
export const suggestPairs = (entries: readonly LiveEntry[]): SuggestedPair[] =>
	MAPPED_LISTS.flatMap(([left, right]) => paired(entries.filter(({ list }) => list === left), entries.filter(({ list }) => list === right)));

function paired(lefts: readonly LiveEntry[], rights: readonly LiveEntry[]): SuggestedPair[] {
	const byName = matched(lefts, rights, ({ name }) => plain(name)).map((pair) => ({ ...pair, by: 'name' as const }));
	const taken = new Set(byName.flatMap(({ left, right }) => [left, right]));
	const free = (list: readonly LiveEntry[]): LiveEntry[] => list.filter((entry) => !taken.has(entry));
	return [...byName, ...matched(free(lefts), free(rights), meaningOf).map((pair) => ({ ...pair, by: 'meaning' as const }))];
}

/** Entries with the same key, where each side has exactly one of it. */
function matched(lefts: readonly LiveEntry[], rights: readonly LiveEntry[], keyOf: (entry: LiveEntry) => string | undefined): Array<{ left: LiveEntry; right: LiveEntry }> {
	const byKey = groupBy(rights, (entry) => keyOf(entry) ?? '');
	return [...groupBy(lefts, (entry) => keyOf(entry) ?? '')].flatMap(([key, [left, ...more]]) => {
		const [right, ...others] = byKey.get(key) ?? [];
		return key !== '' && left && right && more.length + others.length === 0 ? [{ left, right }] : [];
	});
}

const meaningOf = ({ name }: LiveEntry): string | undefined => meaningByWord.get(plain(name))?.toString();

/** Small letters and single spaces, е for ё, nothing in brackets: many a list puts codes there. */
const plain = (name: string): string =>
	name
		.toLowerCase()
		.replaceAll('ё', 'е')
		.replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
