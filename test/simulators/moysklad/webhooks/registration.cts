import { fieldRefusal, refusal } from '../errors.cts';
import * as kinds from '../engine/kinds.cts';
import { reference } from '../engine/references.cts';
import type { Draft, Field, Kind, Resource, Row } from '../engine/schema.cts';
import { asRef } from '../engine/schema.cts';
import type { Session } from '../session.cts';
import type { Action } from '../users.cts';

/** The entities `webhook` and `webhookstock`: what may be registered, and by whom. */

const HOOK_ACTIONS = ['CREATE', 'UPDATE', 'DELETE', 'PROCESSED'] as const;
export type HookAction = (typeof HOOK_ACTIONS)[number];

const MOST_FOR_USERS = 5;
const MOST_FOR_SOLUTION = 1;
const LONGEST_URL = 255;

/** Entities and documents that send events; the simulator keeps only some of them. */
const ENTITY_TYPES: ReadonlySet<string> = new Set([
	'product',
	'service',
	'bundle',
	'variant',
	'consignment',
	'productfolder',
	'counterparty',
	'organization',
	'employee',
	'contract',
	'project',
	'store',
	'currency',
	'country',
	'region',
	'uom',
	'saleschannel',
	'customentity',
	'group',
	'retailstore',
	'expenseitem',
	'task',
	'contactperson',
	'bonustransaction',
	'bonusprogram',
	'processingplan',
	'customerorder',
	'demand',
	'invoiceout',
	'invoicein',
	'paymentin',
	'paymentout',
	'cashin',
	'cashout',
	'salesreturn',
	'purchasereturn',
	'purchaseorder',
	'supply',
	'enter',
	'loss',
	'move',
	'inventory',
	'internalorder',
	'processing',
	'processingorder',
	'factureout',
	'facturein',
	'retaildemand',
	'retailsalesreturn',
	'retailshift',
	'retaildrawercashin',
	'retaildrawercashout',
	'commissionreportin',
	'commissionreportout',
	'counterpartyadjustment',
	'pricelist',
	'prepayment',
	'prepaymentreturn',
	'productiontask',
	'payroll',
	'async',
]);

const url: Field = {
	required: true,
	kind: {
		...kinds.text(4096),
		parse(value, place) {
			const read = kinds.text(4096).parse(value, place);
			if (typeof read !== 'string') return undefined;
			if (read.length > LONGEST_URL) throw fieldRefusal(30010, 'url');
			if (!/^https?:\/\//i.test(read) || !URL.canParse(read)) throw fieldRefusal(30005, 'url', read);
			return read;
		},
	},
};

/** A word that must be one of the list, with an error code of its own. */
const oneOf = (values: readonly string[], code: 30001 | 30002): Kind => ({
	...kinds.text(),
	parse(value, place) {
		if (typeof value !== 'string') throw kinds.wrongType(place, 'String');
		if (!values.includes(value)) throw fieldRefusal(code, place.field, value);
		return value;
	},
});

const enabled: Field = { kind: kinds.boolean, initial: () => true };
const authorApplication: Field = {
	kind: reference('application'),
	readOnly: true,
	initial: ({ user }) => (user.kind === 'solution' ? user.ref : undefined),
};

/** 30004, and 30006 on a free tariff; reading and deleting stay allowed there. */
function guard(action: Action, session: Session): void {
	if (!session.user.webhooks) throw refusal(30004);
	if ((action === 'create' || action === 'update') && !session.account.settings.paidTariff) throw refusal(30006);
}

export const webhook: Resource = {
	type: 'webhook',
	guard,
	fields: {
		entityType: { kind: entityType(), required: true },
		url,
		method: { kind: oneOf(['POST'], 30001), initial: () => 'POST' },
		enabled,
		action: { kind: oneOf(HOOK_ACTIONS, 30002), required: true },
		diffType: { kind: kinds.choice('NONE', 'FIELDS') },
		authorApplication,
	},
	prepare(draft, _before, session) {
		checkAction(draft);
		refuseCrowd(draft, session, (other) => other.entityType === draft.entityType && other.action === draft.action);
	},
};

export const webhookstock: Resource = {
	type: 'webhookstock',
	guard,
	fields: {
		url,
		reportType: { kind: kinds.choice('all', 'bystore'), required: true },
		stockType: { kind: kinds.choice('stock'), required: true },
		enabled,
		authorApplication,
	},
	prepare(draft, before, session) {
		draft.noticedAt = before?.noticedAt ?? session.now;
		refuseCrowd(
			draft,
			session,
			(other) => other.stockType === draft.stockType && other.reportType === draft.reportType,
		);
	},
};

function entityType(): Kind {
	return {
		...kinds.text(),
		parse(value, place) {
			if (typeof value !== 'string') throw kinds.wrongType(place, 'String');
			if (!ENTITY_TYPES.has(value)) throw fieldRefusal(30000, 'entityType', value);
			return value;
		},
	};
}

/** 30008, 30009; UPDATE without a `diffType` has NONE. */
function checkAction(draft: Draft): void {
	const { entityType: type, action } = draft as { entityType?: string; action?: string };
	const fits = type === 'async' ? action === 'PROCESSED' || action === 'UPDATE' : action !== 'PROCESSED';
	if (!fits) throw fieldRefusal(30008, 'action', String(type), String(action));
	if (action !== 'UPDATE' && draft.diffType !== undefined) throw fieldRefusal(30009, 'diffType');
	if (action === 'UPDATE') draft.diffType ??= 'NONE';
}

/** 30003 for the same url, 30007 when there are too many others: 5 of users together, 1 of each solution. */
function refuseCrowd(draft: Draft, session: Session, sameEvent: (other: Row) => boolean): void {
	const others = session.account
		.table(draft.type)
		.all()
		.filter((other) => other.id !== draft.id && sameEvent(other));
	if (others.some((other) => other.url === draft.url)) throw fieldRefusal(30003, 'url');
	const solution = asRef(draft.authorApplication)?.id;
	const peers = others.filter((other) => asRef(other.authorApplication)?.id === solution);
	const most = solution === undefined ? MOST_FOR_USERS : MOST_FOR_SOLUTION;
	if (peers.length >= most) throw fieldRefusal(30007, 'url', String(most));
}
