import { randomUUID } from 'node:crypto';
import { add } from '../arithmetic.cts';
import { fieldRefusal } from '../errors.cts';
import { readReference } from '../engine/references.cts';
import { asRef, rowsOf, type Draft, type Json, type Ref, type Resource, type Row } from '../engine/schema.cts';
import { showNested, showRow } from '../engine/showing.cts';
import { initialValues } from '../engine/writing.cts';
import { sumsOf } from '../resources/documentBase.cts';
import type { Session } from '../session.cts';
import { linked, payedSum, shippedOf } from './following.cts';
import type { Operation } from './links.cts';

/** Documents that are filled from others, before anybody saves them. */

/** A document that another one can be made of, and the field of the body that names it. */
interface Base {
	field: string;
	types: string[];
	/** The field is an array. */
	many?: boolean;
}

const ORDER: Base = { field: 'customerOrder', types: ['customerorder'] };
const PAID: Base = { field: 'operations', types: ['customerorder', 'demand', 'invoiceout'], many: true };
const PAID_BACK: Base = { field: 'operations', types: ['salesreturn'], many: true };

const BASES: Record<string, Base[]> = {
	demand: [ORDER, { field: 'invoicesOut', types: ['invoiceout'], many: true }],
	invoiceout: [ORDER, { field: 'demands', types: ['demand'], many: true }],
	salesreturn: [{ field: 'demand', types: ['demand'] }],
	paymentin: [PAID],
	cashin: [PAID],
	paymentout: [PAID_BACK],
	cashout: [PAID_BACK],
};

/** What goes over from a document to one that is made of it, where both have it. */
const INHERITED = [
	'organization', 'organizationAccount', 'agent', 'agentAccount', 'contract', 'project', 'salesChannel', 'store', 'rate',
	'vatEnabled', 'vatIncluded', 'shipmentAddress', 'shipmentAddressFull', 'owner', 'group', 'shared',
];

/** What the templates that a solution gets do not have. */
const NOT_FOR_SOLUTIONS = ['owner', 'group', 'store', 'organization'];

const ONLY_OF_KEPT_ROWS = ['meta', 'id', 'accountId', 'name', 'created', 'updated', 'externalCode', 'printed', 'published', 'files'];

/** An unsaved document as JSON: positions as `{rows}`. Throws what naming a wrong base throws: 1007, 2013, 2021, … */
export function template(resource: Resource, body: Json, session: Session): Json {
	session.require('view', resource.type);
	const draft: Draft = { ...initialValues(resource, session), id: randomUUID(), type: resource.type };
	draft.organization ??= asRef(session.account.table('organization').all()[0]);
	for (const [field, value] of Object.entries(body)) {
		const base = BASES[resource.type]?.find((one) => one.field === field);
		if (!base) throw fieldRefusal(1007, field, field);
		fill(draft, base, basesIn(value, base, { session, resource }), resource, session);
	}
	if (session.user.kind === 'solution') for (const field of NOT_FOR_SOLUTIONS) delete draft[field];
	return shown(draft as Row, resource, session);
}

function basesIn(value: unknown, { field, types, many = false }: Base, place: { session: Session; resource: Resource }): Row[] {
	const values: unknown[] = many && Array.isArray(value) ? value : [value];
	return values
		.map((one) => readReference(one, { ...place, field, before: undefined }, types))
		.map((ref) => place.session.account.find(ref))
		.filter((row) => row !== undefined);
}

function fill(draft: Draft, { field, many = false }: Base, bases: Row[], resource: Resource, session: Session): void {
	const [first] = bases;
	if (!first) return;
	for (const name of INHERITED) if (resource.fields[name] && first[name] !== undefined) draft[name] = first[name];
	if (field === 'operations') return pay(draft, bases, session);
	const refs = bases.map(({ type, id }): Ref => ({ type, id }));
	draft[field] = many ? refs : refs[0];
	const positions = bases.flatMap((base) => rowsOf(base, 'positions').flatMap((position) => openPart(draft.type, base, position, session)));
	draft.positions = positions.map((position) => taken(position, resource, session));
	Object.assign(draft, sumsOf(draft));
}

/** As much as is left to be paid. */
function pay(draft: Draft, bases: Row[], { account }: Session): void {
	draft.operations = bases.map((base): Operation => {
		const { type, id } = base;
		return { type, id, linkedSum: Math.max(0, add(base.sum as number, -payedSum(base, account))) };
	});
	draft.sum = add(...(draft.operations as Operation[]).map(({ linkedSum }) => linkedSum));
}

/** The part of a position that was not shipped yet, or did not come back yet. */
function openPart(target: string, base: Row, position: Row, { account }: Session): Row[] {
	const open = add(position.quantity as number, -goneOf(target, base, position, account));
	return open > 0 ? [{ ...position, quantity: open }] : [];
}

function goneOf(target: string, base: Row, position: Row, account: Session['account']): number {
	if (target === 'demand' && base.type === 'customerorder') return shippedOf(base, position, account);
	if (target !== 'salesreturn') return 0;
	const good = asRef(position.assortment)?.id;
	const returned = linked(base, account, 'salesreturn').flatMap((row) => rowsOf(row, 'positions'));
	return add(...returned.filter(({ assortment }) => asRef(assortment)?.id === good).map(({ quantity }) => quantity as number));
}

/** Only what positions of the new document have. */
function taken(position: Row, resource: Resource, session: Session): Row {
	const rows = resource.collections?.positions?.resource;
	const known = Object.entries(position).filter(([name]) => rows?.fields[name]);
	return { ...(rows && initialValues(rows, session)), ...Object.fromEntries(known), id: randomUUID(), type: rows?.type ?? '' };
}

function shown(row: Row, resource: Resource, session: Session): Json {
	const json = showRow(row, resource, session);
	for (const field of ONLY_OF_KEPT_ROWS) delete json[field];
	const rows = resource.collections?.positions?.resource;
	if (rows) {
		json.positions = {
			rows: rowsOf(row, 'positions').map((position) => {
				const { meta, id, accountId, ...rest } = showNested(position, row, 'positions', rows, session);
				return rest;
			}),
		};
	}
	return json;
}
