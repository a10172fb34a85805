import { describeFields, type FieldTable } from '../fields/fieldTable.cts';
import { internalize } from '../fields/values.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import type { Table } from '../store/table.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { plainError, RestError, zeroError } from '../wire/restError.cts';
import { deniedLegacy, legacyFields, legacyParams } from './calls.cts';
import { listInCapitals, showInCapitals } from './capitals.cts';
import { COMPANY, CONTACT } from './entities.cts';
import { BANK_DETAIL_LENGTHS, cutTexts, REQUISITE_LENGTHS, type Lengths } from './lengths.cts';
import { BANK_DETAIL_FIELDS, PRESET_FIELDS, REQUISITE_FIELDS } from './requisiteFields.cts';
import { forgetBankDetail, forgetRequisite } from './requisites.cts';
import { ENTITY_TYPE, type BankDetailRow, type RequisiteRow } from './rows.cts';

/** Requisites and bank details: rows with an owner, with the same five methods. */
interface Kind<Row extends { readonly id: number }> {
	prefix: string;
	/** What it is called when it is not there: `The Requisite with ID '27' is not found`. */
	noun: string;
	fields: FieldTable;
	lengths: Lengths;
	table(portal: Portal): Table<Row>;
	/** Refuses a new row, or completes it. */
	begin(portal: Portal, values: Params): void;
	changed?(portal: Portal, action: 'add' | 'update' | 'delete', id: number): void;
	forget(portal: Portal, row: Row): void;
}

const REQUISITES: Kind<RequisiteRow> = {
	prefix: 'crm.requisite',
	noun: 'Requisite',
	fields: REQUISITE_FIELDS,
	lengths: REQUISITE_LENGTHS,
	table: ({ store }) => store.requisites,
	begin: beginRequisite,
	changed: (portal, action, id) => portal.announce('requisite', action, id),
	forget: forgetRequisite,
};

const BANK_DETAILS: Kind<BankDetailRow> = {
	prefix: 'crm.requisite.bankdetail',
	noun: 'BankDetail',
	fields: BANK_DETAIL_FIELDS,
	lengths: BANK_DETAIL_LENGTHS,
	table: ({ store }) => store.bankDetails,
	begin: beginBankDetail,
	forget: forgetBankDetail,
};

export const requisiteMethods: Method[] = [
	{ name: 'crm.requisite.preset.list', scope: 'crm', right: 'crm.read', denied: deniedLegacy, run: listPresets },
	...detailMethods(REQUISITES),
	...detailMethods(BANK_DETAILS),
];

function detailMethods<Row extends { readonly id: number }>(kind: Kind<Row>): Method[] {
	const frame = { scope: 'crm', denied: deniedLegacy } as const;
	const rowOf = ({ portal, params }: MethodCall): Row => {
		const id = asInteger(legacyParams(params).id);
		const row = kind.table(portal).get(id);
		if (!row) throw plainError(`The ${kind.noun} with ID '${id}' is not found`);
		return row;
	};
	return [
		{ ...frame, name: `${kind.prefix}.fields`, right: 'any', run: () => ok(describeFields(kind.fields)) },
		{
			...frame,
			name: `${kind.prefix}.list`,
			right: 'crm.read',
			denied: () => zeroError('Access denied.'),
			run: ({ portal, params }) => listInCapitals(kind.table(portal), kind.fields, params),
		},
		{ ...frame, name: `${kind.prefix}.get`, right: 'crm.read', run: (call) => ok(showInCapitals(kind.fields, rowOf(call))) },
		{ ...frame, name: `${kind.prefix}.add`, right: 'crm.write', run: (call) => ok(addDetail(call, kind)) },
		{
			...frame,
			name: `${kind.prefix}.update`,
			right: 'crm.write',
			run: (call) => ok(updateDetail(call, kind, rowOf(call))),
		},
		{
			...frame,
			name: `${kind.prefix}.delete`,
			right: 'crm.write',
			run: (call) => {
				const row = rowOf(call);
				kind.forget(call.portal, row);
				kind.changed?.(call.portal, 'delete', row.id);
				return ok(true);
			},
		},
	];
}

function addDetail<Row extends { readonly id: number }>(call: MethodCall, kind: Kind<Row>): number {
	const { portal, caller } = call;
	const values: Params = {
		ACTIVE: 'Y',
		SORT: 500,
		...cutTexts(internalize(kind.fields, legacyFields(call), 'add'), kind.lengths),
		DATE_CREATE: portal.now(),
		DATE_MODIFY: null,
		CREATED_BY_ID: caller.user.id,
		MODIFY_BY_ID: null,
	};
	kind.begin(portal, values);
	const { id } = kind.table(portal).add(values as unknown as Omit<Row, 'id'>);
	kind.changed?.(portal, 'add', id);
	return id;
}

function updateDetail<Row extends { readonly id: number }>(call: MethodCall, kind: Kind<Row>, { id }: Row): boolean {
	const { portal, caller } = call;
	const values = cutTexts(internalize(kind.fields, legacyFields(call), 'update'), kind.lengths);
	const history = { DATE_MODIFY: portal.now(), MODIFY_BY_ID: caller.user.id };
	kind.table(portal).update(id, { ...values, ...history } as unknown as Partial<Omit<Row, 'id'>>);
	kind.changed?.(portal, 'update', id);
	return true;
}

/** It belongs to a contact or company, and goes by a template. */
function beginRequisite(portal: Portal, values: Params): void {
	const entity = [CONTACT, COMPANY].find(({ entityTypeId }) => entityTypeId === values.ENTITY_TYPE_ID);
	if (!entity) throw plainError('ENTITY_TYPE_ID is not defined or invalid.');
	if (asInteger(values.ENTITY_ID) <= 0) throw plainError('ENTITY_ID is not defined or invalid.');
	if (!portal.store.presets.get(asInteger(values.PRESET_ID))) throw plainError('PRESET_ID is not defined or invalid.');
	if (!entity.table(portal).get(asInteger(values.ENTITY_ID))) throw plainError('Entity not found.');
	values.ADDRESS_ONLY ??= 'N';
}

function beginBankDetail(portal: Portal, values: Params): void {
	if (!portal.store.requisites.get(asInteger(values.ENTITY_ID))) throw plainError('ENTITY_ID is not defined or invalid.');
	values.ENTITY_TYPE_ID = ENTITY_TYPE.requisite;
	values.COUNTRY_ID ??= 1;
}

/** Here alone of CRM's older lists a field that does not exist is refused. */
function listPresets({ portal, params }: MethodCall): ReturnType<typeof listInCapitals> {
	const { select, order } = legacyParams(params);
	const named = [...(asList(select) ?? []).map(asText), ...(isMap(order) ? Object.keys(order) : [])];
	const unknown = named.find((name) => name !== '*' && !Object.hasOwn(PRESET_FIELDS, name));
	if (unknown !== undefined) {
		throw new RestError('100', `Unknown field definition \`${unknown}\` (${unknown}) for \\Bitrix\\Crm\\Preset Entity.`);
	}
	return listInCapitals(portal.store.presets, PRESET_FIELDS, params);
}
