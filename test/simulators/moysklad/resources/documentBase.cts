import { documentSums, type PricedLine } from '../arithmetic.cts';
import * as follow from '../documents/following.cts';
import { prepareDocument } from '../documents/rules.cts';
import { accountOf, rate, settleAddress, state, type Rate } from '../engine/documentKinds.cts';
import * as kinds from '../engine/kinds.cts';
import { inUse, reference } from '../engine/references.cts';
import { rowsOf, type Draft, type Field, type Resource, type Row } from '../engine/schema.cts';
import { movementsOf } from '../stock/movements.cts';
import { toMinute } from '../moments.cts';
import type { Session } from '../session.cts';
import {
	additional,
	code,
	created,
	description,
	externalCode,
	noFiles,
	ownership,
	syncId,
	updated,
} from './common.cts';

/** What orders, shipments, payments and the like have in common. */

export const flag = (initial: boolean): Field => ({ kind: kinds.boolean, initial: () => initial });
export const plan: Field = { kind: kinds.minute, sort: true };
const agent: Field = { kind: reference('counterparty', 'organization'), required: true };

export const reckoned = (reckon: (row: Row, account: Session['account']) => number): Field => ({
	kind: kinds.number(),
	readOnly: true,
	noFilter: true,
	reckon: (row, { account }) => reckon(row, account),
});

/** Documents that point to this one, as an array of `{meta}` or opened; left out when there are none. */
export const linkedBy = (...types: string[]): Field => ({
	kind: references(...types),
	readOnly: true,
	noFilter: true,
	reckon: (row, { account }) => follow.linked(row, account, ...types),
});

export const base: Record<string, Field> = {
	...ownership,
	updated,
	name: { kind: kinds.text(), sort: true },
	description,
	code,
	externalCode,
	syncId,
	moment: { kind: kinds.minute, sort: true, initial: ({ now }) => toMinute(now) },
	applicable: { ...flag(true), sort: true },
	rate: { kind: rate, initial: ({ account }): Rate => ({ currency: account.defaultCurrency, value: 1 }) },
	organization: { kind: reference('organization'), required: true },
	state: { kind: state },
	project: { kind: reference('project') },
	attributes: additional,
	created,
	deleted: { kind: kinds.moment, readOnly: true },
	printed: { ...flag(false), readOnly: true },
	published: { ...flag(false), readOnly: true },
	files: noFiles,
};

export const traded: Record<string, Field> = {
	...base,
	agent,
	organizationAccount: { kind: accountOf('organization') },
	agentAccount: { kind: accountOf('counterparty', 'organization') },
	contract: { kind: reference('contract') },
	salesChannel: { kind: reference('saleschannel') },
	sum: { kind: kinds.number(), readOnly: true, sort: true, initial: () => 0 },
};

interface DocumentRule {
	prepare?(draft: Draft, before: Row | undefined, session: Session): void;
	/** Documents that keep this one from being deleted while they point to it. */
	usedBy?: string[];
}

/** One kind of document. */
export function document(
	type: string,
	fields: Record<string, Field>,
	collections: Resource['collections'],
	rule: DocumentRule = {},
): Resource {
	return {
		type,
		page: type,
		document: true,
		states: true,
		attributesOf: type,
		search: { fields: ['name', 'description', 'incomingNumber'] },
		fields,
		...(collections && { collections }),
		prepare(draft, before, session, given) {
			prepareDocument(draft, before, session, given);
			if (fields.shipmentAddress) settleAddress(draft, 'shipmentAddress', given, (ref) => session.account.find(ref));
			if (collections?.positions) Object.assign(draft, sumsOf(draft));
			rule.prepare?.(draft, before, session);
		},
		settled: (row, before, { account }) => settle(row, before, account),
		removable: (row, session) => refuseWhenLinked(row, rule.usedBy ?? [], session),
	};
}

/** The sum of a document's rows and the VAT in it. */
export function sumsOf(draft: Draft): { sum: number; vatSum?: number } {
	const lines = rowsOf(draft, 'positions') as unknown as PricedLine[];
	const vatEnabled = draft.vatEnabled === true;
	const { sum, vatSum } = documentSums(lines, { vatEnabled, vatIncluded: draft.vatIncluded === true });
	return draft.vatEnabled === undefined ? { sum } : { sum, vatSum };
}

/** Links first, then the stock of the document and of the orders that it belongs or belonged to. */
function settle(row: Row | undefined, before: Row | undefined, account: Session['account']): void {
	account.links.follow(row, before);
	const orders = [row?.customerOrder, before?.customerOrder] as Array<Row | undefined>;
	for (const ref of [row ?? before, ...orders]) {
		const current = ref && account.find(ref);
		if (ref) account.stock.setDocument(ref.id, current ? movementsOf(current, account) : [], account.now());
	}
}

/** 1028; what lies in the recycle bin does not count. */
function refuseWhenLinked(row: Row, types: readonly string[], session: Session): void {
	const users = types.length === 0 ? [] : follow.linked(row, session.account, ...types).filter(({ deleted }) => deleted === undefined);
	if (users.length > 0) throw inUse(users, session);
}

/** Several references, written and shown as an array of `{meta}`, or opened. */
export function references(...types: string[]): Field['kind'] {
	const one = reference(...types);
	return {
		label: 'Array',
		targets: types,
		parse(value, place) {
			if (!Array.isArray(value)) throw kinds.wrongType(place, 'Array');
			return (value as unknown[]).map((item) => one.parse(item, place));
		},
		show: (stored, show) =>
			(stored as unknown[]).length > 0 ? (stored as unknown[]).map((item) => one.show(item, show)) : undefined,
	};
}
