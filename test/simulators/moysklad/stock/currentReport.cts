import { refusal } from '../errors.cts';
import type { Json } from '../engine/schema.cts';
import { isUuid } from '../hrefs.cts';
import { parseMoment } from '../moments.cts';
import { parseFilter } from '../query/filterGrammar.cts';
import type { Parameters } from '../query/parameters.cts';
import type { Session } from '../session.cts';
import { derived, plus, STOCK_TYPES, type StockLedger, type StockLine, type StockType } from './ledger.cts';

/** `/report/stock/all/current` and `/report/stock/bystore/current`: bare arrays of what is there now. */

const DAY = 24 * 3_600_000;
const FILTERS = ['assortmentId', 'storeId'] as const;

interface Wanted {
	type: StockType;
	zeroLines: boolean;
	/** Only lines that changed at or after this moment; then zeros are shown too. */
	since: number | undefined;
	assortment: ReadonlySet<string> | undefined;
	store: ReadonlySet<string> | undefined;
	recalculating: boolean;
}

/** Throws 13004, 1040, 1084, 1034 and 1014. */
export function currentReport(kind: 'all' | 'bystore', query: Parameters, session: Session): Json[] {
	if (!session.user.stockReport) throw refusal(13004);
	const wanted = readQuery(kind, query, session);
	const lines = linesOf(session.account.stock, wanted).filter((line) => isWanted(line, wanted, session));
	return kind === 'bystore' ? byStore(lines, wanted, session) : together(lines, wanted, session);
}

function readQuery(kind: 'all' | 'bystore', query: Parameters, { now }: Session): Wanted {
	const type = query.get('stockType') ?? 'stock';
	if (!STOCK_TYPES.some((one) => one === type)) throw refusal(1084, type, 'stockType', STOCK_TYPES.join(', '));
	const include = query.get('include');
	if (include !== undefined && include !== 'zeroLines') throw refusal(1084, include, 'include', 'zeroLines');
	const filters = readFilters(query);
	return {
		type: type as StockType,
		zeroLines: include === 'zeroLines',
		since: readSince(query.get('changedSince'), now),
		assortment: filters.assortmentId,
		store: filters.storeId,
		recalculating: kind === 'bystore' && query.flag('withRecalculate'),
	};
}

/** A moment of the last 24 hours. */
function readSince(text: string | undefined, now: number): number | undefined {
	if (text === undefined) return undefined;
	const since = parseMoment(text);
	if (since === undefined || since > now || now - since > DAY) throw refusal(1040, 'changedSince');
	return since;
}

/** `assortmentId=a,b;storeId=c`: plain ids, several by comma or by repetition. */
function readFilters(query: Parameters): Partial<Record<(typeof FILTERS)[number], ReadonlySet<string>>> {
	const found: Partial<Record<(typeof FILTERS)[number], Set<string>>> = {};
	for (const { field, operator, value } of parseFilter(query.filter())) {
		const name = FILTERS.find((one) => one === field);
		if (!name || operator !== '=') throw refusal(1034, field);
		const ids = value.split(',').map((id) => id.trim().toLowerCase());
		for (const id of ids) if (!isUuid(id)) throw refusal(1014, id, field);
		found[name] = new Set([...(found[name] ?? []), ...ids]);
	}
	return found;
}

const linesOf = (ledger: StockLedger, { assortment }: Wanted): StockLine[] =>
	assortment ? [...assortment].flatMap((id) => ledger.of(id)) : [...ledger.all()];

/** The moment that counts: physical stock has its own. */
const changedAt = (line: StockLine, type: StockType): number => (type === 'stock' ? line.stockChanged : line.changed);

function isWanted(line: StockLine, { store, since, type, recalculating }: Wanted, session: Session): boolean {
	if (store && !store.has(line.store ?? '')) return false;
	if (line.recalculating && !recalculating) return false;
	if (since !== undefined) return changedAt(line, type) >= since;
	return !isGone(line, session);
}

/** Archived or deleted goods and stores: shown as 0 after a change, and not at all otherwise. */
function isGone(line: StockLine, { account }: Session): boolean {
	const good =
		account.find({ type: 'product', id: line.assortment }) ?? account.find({ type: 'variant', id: line.assortment });
	const store = line.store === null ? undefined : account.find({ type: 'store', id: line.store });
	return !good || account.isArchived(good) || (line.store !== null && (!store || store.archived === true));
}

const figure = (line: StockLine, type: StockType, session: Session): number =>
	isGone(line, session) ? 0 : derived(line)[type];

function byStore(lines: StockLine[], { type, zeroLines, since }: Wanted, session: Session): Json[] {
	return lines
		.map((line) => ({ line, value: line.recalculating ? null : figure(line, type, session) }))
		.filter(({ line, value }) => value !== 0 || (line.store !== null && (zeroLines || since !== undefined)))
		.map(({ line, value }) => ({ assortmentId: line.assortment, storeId: line.store, [type]: value }));
}

/** All stores of a good together, also those whose line did not change. */
function together(lines: StockLine[], { type, zeroLines, since, store }: Wanted, session: Session): Json[] {
	const ids = new Set(lines.map(({ assortment }) => assortment));
	return [...ids]
		.map((id) => {
			const all = session.account.stock
				.of(id)
				.filter((line) => !line.recalculating && (!store || store.has(line.store ?? '')));
			return { id, value: all.reduce((sum, line) => plus(sum, figure(line, type, session)), 0) };
		})
		.filter(({ value }) => value !== 0 || zeroLines || since !== undefined)
		.map(({ id, value }) => ({ assortmentId: id, [type]: value }));
}
