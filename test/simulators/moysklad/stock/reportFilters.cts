import { refusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { readHref } from '../engine/references.cts';
import { asRef, valueOf, type Comparable, type FilterRule, type Ref, type Row } from '../engine/schema.cts';
import type { Condition } from '../query/filterGrammar.cts';
import type { Session } from '../session.cts';
import { STOCK_MODES } from './modes.cts';

/** How the filters of the full stock reports are read. */

const EQUAL: FilterRule['operators'] = new Set(['=']);
const SEARCHING: FilterRule['operators'] = new Set(['=', '!~']);

/** A condition that says how to reckon; every row passes it. */
const setting = (
	conditions: readonly Condition[],
	literal: FilterRule['literal'],
	operators = EQUAL,
	once = true,
): FilterRule => ({
	operators,
	literal,
	once,
	values: (_row, session) => conditions.map(({ value, field }) => literal(value, field, session)),
});

const goodRef = (type: string): FilterRule => ({
	operators: kinds.EQUALITY,
	literal: (text, name, session) => readHref(text, name, [type], session).id,
	values: (row) => [row.id, asRef(row.product)?.id].filter((id): id is string => id !== undefined),
});

const product = (row: Row, session: Session): Row => session.account.find(asRef(row.product)) ?? row;

/** The rule of one filter; `conditions` are all that were given. Throws 1034 for a filter that does not exist. */
export function reportFilter(field: string, conditions: readonly Condition[], kind: 'all' | 'bystore'): FilterRule {
	const own = conditions.filter((one) => one.field === field);
	switch (field) {
		case 'product':
		case 'variant':
			return { ...goodRef(field), ...(kind === 'bystore' && { operators: EQUAL }) };
		case 'productFolder':
			return {
				operators: EQUAL,
				once: true,
				literal: (text, name, session) => readHref(text, name, ['productfolder'], session).id,
				values: (row, session) => foldersOf(product(row, session), conditions, session),
			};
		case 'supplier':
			return {
				operators: kinds.EQUALITY,
				literal: (text, name, session) => readHref(text, name, ['counterparty', 'organization'], session).id,
				values: (row, session) => refs(asRef(product(row, session).supplier)),
			};
		case 'archived':
			return { operators: EQUAL, literal: kinds.readBoolean, values: (row, { account }) => [account.isArchived(row)] };
		case 'soldByWeight':
			return {
				operators: EQUAL,
				literal: kinds.readBoolean,
				values: (row, session) => [product(row, session).weighed === true],
			};
		case 'search':
			return {
				operators: kind === 'all' ? SEARCHING : EQUAL,
				once: true,
				literal: (text) => text.toLowerCase(),
				values: (row, session) => nameAndFound(row, own, session),
			};
		case 'store':
			return storeSetting(own);
		case 'withSubFolders':
		case 'reserveOnly':
		case 'inTransitOnly':
			return setting(own, kinds.readBoolean);
		case 'moment':
			return setting(own, kinds.readMoment);
		case 'stockDaysFrom':
		case 'stockDaysTo':
			return setting(own, kinds.readNumber);
		case 'stockMode':
		case 'quantityMode':
			return setting(own, kinds.readChoice(STOCK_MODES));
		default:
			throw refusal(1034, field);
	}
}

const refs = (ref: Ref | undefined): Comparable[] => (ref ? [ref.id] : []);

/** `=` and `!=` choose stores, not rows. */
const storeSetting = (own: readonly Condition[]): FilterRule => ({
	operators: kinds.EQUALITY,
	literal: (text, name, session) => readHref(text, name, ['store'], session).id,
	values: (_row, session) =>
		own
			.filter(({ operator }) => operator === '=')
			.map(({ value, field }) => readHref(value, field, ['store'], session).id),
});

function foldersOf(row: Row, conditions: readonly Condition[], { account }: Session): Comparable[] {
	const deep = conditions.find(({ field }) => field === 'withSubFolders')?.value !== 'false';
	const ids: string[] = [];
	for (let ref = asRef(row.productFolder); ref; ref = deep ? asRef(account.find(ref)?.productFolder) : undefined)
		ids.push(ref.id);
	return ids;
}

/** The name, and the searched text itself when the name contains it. */
function nameAndFound(row: Row, own: readonly Condition[], session: Session): Comparable[] {
	const field = session.account.resource(row.type)?.fields.name;
	const name = String(field && valueOf(row, 'name', field, session)).toLowerCase();
	return [name, ...own.map(({ value }) => value.toLowerCase()).filter((text) => name.includes(text))];
}
