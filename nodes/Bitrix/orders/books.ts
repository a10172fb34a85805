import {
	readDeliveries,
	readOrderProperty,
	readPayerTypes,
	readPaySystems,
	readStatuses,
	SyncError,
	warning,
	type ErrorCode,
	type SaleBooks,
	type Warning,
} from '../../../core';
import { rowsOf, type Batches, type ListMethod, type Row } from '../../../transport';

interface BookList extends ListMethod {
	/** Orders can be read without it: names are in them too, and older versions or smaller permissions lack it. */
	optional?: true;
}

const LISTS = {
	payerTypes: { method: 'sale.persontype.list', rows: 'personTypes' },
	domains: { method: 'sale.businessValuePersonDomain.list', rows: 'businessValuePersonDomains', optional: true },
	properties: {
		method: 'sale.property.list',
		rows: 'properties',
		parameters: { select: ['id', 'personTypeId', 'code', 'name', 'isPayer', 'isEmail', 'isPhone', 'isZip', 'isAddress'] },
	},
	statuses: { method: 'sale.status.list', rows: 'statuses', parameters: { filter: { '=type': 'O' } } },
	statusNames: { method: 'sale.statusLang.list', rows: 'statusLangs', optional: true },
	paySystems: { method: 'sale.paysystem.list', optional: true },
	deliveries: { method: 'sale.delivery.getlist', optional: true },
} satisfies Record<string, BookList>;

type Name = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as Name[];

/** What orders are read without. */
const WITHOUT: Partial<Record<Name, string>> = {
	domains: 'whether a payer type is a company is told by its properties',
	statusNames: 'statuses have no names',
};

const MISSING: readonly ErrorCode[] = ['BITRIX_SCOPE', 'BITRIX_NO_RIGHT', 'BITRIX_METHOD_MISSING'];

/** The books, and what is to be said of those that this Bitrix lacks. */
export interface ReadBooks extends SaleBooks {
	findings: Warning[];
}

/** What orders refer to: one batch, and another one only for lists of more than fifty rows. */
export async function readSaleBooks(batches: Batches): Promise<ReadBooks> {
	const { rows, lacking } = await readLists(batches);
	return {
		findings: lacking.map((name) => warning('ORDER_BOOK_UNREAD', { call: LISTS[name].method, what: WITHOUT[name] ?? 'names are those of the orders themselves' })),
		payerTypes: readPayerTypes(rows.payerTypes, rows.domains),
		properties: rows.properties.map(readOrderProperty),
		statuses: readStatuses(rows.statuses, rows.statusNames),
		paySystems: readPaySystems(rows.paySystems),
		deliveries: readDeliveries(rows.deliveries),
	};
}

async function readLists(batches: Batches): Promise<{ rows: Record<Name, Row[]>; lacking: Name[] }> {
	const lacking: Name[] = [];
	const rows = Object.fromEntries(NAMES.map((name) => [name, [] as Row[]])) as Record<Name, Row[]>;
	for (let open = NAMES.map((name) => ({ name, start: 0 })); open.length > 0; ) {
		const commands = open.map(({ name, start }) => ({
			method: LISTS[name].method,
			parameters: { ...(LISTS[name] as BookList).parameters, start },
		}));
		const outcomes = await batches.each(commands, { repeatable: true });
		open = open.flatMap(({ name, start }, index) => {
			const outcome = outcomes[index];
			const list: BookList = LISTS[name];
			if (!outcome || 'error' in outcome) {
				if (outcome && list.optional && MISSING.includes(outcome.error.code)) {
					lacking.push(name);
					return [];
				}
				throw outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: list.method, reason: 'no answer' });
			}
			rows[name].push(...rowsOf(outcome.result, list));
			return outcome.next !== undefined && outcome.next > start ? [{ name, start: outcome.next }] : [];
		});
	}
	return { rows, lacking };
}
