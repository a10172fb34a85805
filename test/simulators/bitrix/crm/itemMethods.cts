import { fulfils, readFilter } from '../fields/conditions.cts';
import { describeFields } from '../fields/fieldTable.cts';
import { PAGE, selectRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall, type ParameterType } from '../methods/method.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { RestError } from '../wire/restError.cts';
import { authorOf, deniedItem } from './calls.cts';
import { entityOfType, fieldsOf, type CrmEntity } from './entities.cts';
import { tableOf, type FormField } from './fields.cts';
import { ENTITY_TYPE, type CrmRow } from './rows.cts';
import { showFields, valueOf } from './shown.cts';
import { addObject, deleteObject, updateObject } from './writes.cts';

/** `crm.item.*`: one set of methods for all kinds of objects, chosen by `entityTypeId`; names as in JavaScript, values typed. */
export const itemMethods: Method[] = [
	method('fields', 'any', {}, ({ fields }) => ok({ fields: describeFields(tableOf(fields)) })),
	method('list', 'crm.read', {}, listItems),
	method('get', 'crm.read', { id: 'integer' }, (call) => ok({ item: showItem(call, rowOf(call)) })),
	method('add', 'crm.write', { fields: 'map' }, (call) => {
		const row = addObject(authorOf(call, 'item'), call.entity, fieldsGiven(call));
		return ok({ item: showItem(call, row) });
	}),
	method('update', 'crm.write', { id: 'integer', fields: 'map' }, (call) => {
		const fields = fieldsGiven(call);
		if ('id' in fields) throw new RestError(0, 'Setting value for Primary ID is not allowed, it is read-only field');
		return ok({ item: showItem(call, updateObject(authorOf(call, 'item'), call.entity, rowOf(call), fields)) });
	}),
	method('delete', 'crm.write', { id: 'integer' }, (call) => {
		deleteObject(authorOf(call, 'item'), call.entity, rowOf(call));
		return ok([]);
	}),
];

/** A call, with the kind of objects it is for and the names of its fields. */
interface ItemCall extends MethodCall {
	entity: CrmEntity;
	fields: Map<string, FormField>;
}

function method(
	name: string,
	right: Method['right'],
	parameters: Record<string, ParameterType>,
	run: (call: ItemCall) => MethodResult,
): Method {
	return {
		name: `crm.item.${name}`,
		scope: 'crm',
		right,
		denied: deniedItem,
		parameters: { entityTypeId: 'integer', ...parameters },
		run: (call) => {
			const entity = entityOf(asInteger(call.params.entityTypeId));
			const { originalUfNames = false } = authorOf(call, 'item');
			return run({ ...call, entity, fields: fieldsOf(call.portal, entity, 'item', originalUfNames) });
		},
	};
}

/** Old invoices and orders exist, but not here. */
function entityOf(entityTypeId: number): CrmEntity {
	const entity = entityOfType(entityTypeId);
	if (entity) return entity;
	if (entityTypeId === ENTITY_TYPE.oldInvoice || entityTypeId === ENTITY_TYPE.order) {
		throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', `Тип сущности ${entityTypeId} не поддерживается`);
	}
	throw new RestError('NOT_FOUND', 'Смарт-процесс не найден');
}

function rowOf({ portal, params, entity }: ItemCall): CrmRow {
	const row = entity.table(portal).get(asInteger(params.id));
	if (!row) throw new RestError('NOT_FOUND', 'Элемент не найден');
	return row;
}

const fieldsGiven = ({ params }: ItemCall): Params => (isMap(params.fields) ? params.fields : {});

/** All fields, and the number of the kind. */
const showItem = ({ portal, entity, fields }: ItemCall, row: CrmRow): Params => ({
	...showFields(portal, entity, row, 'item', fields, fields.keys()),
	entityTypeId: entity.entityTypeId,
});

/** Unlike the older lists it refuses what it does not know in `filter` and `order`; in `select` it drops it. */
function listItems(call: ItemCall): MethodResult {
	const { portal, params, entity, fields } = call;
	const filter = isMap(params.filter) ? params.filter : {};
	const order = isMap(params.order) ? params.order : {};
	checkFilter(filter, fields);
	checkOrder(order, fields);
	const source: ListSource<CrmRow> = {
		table: entity.table(portal),
		fields: tableOf(fields),
		dialect: 'orm',
		value: (row, name) => valueOf(portal, entity, row, fields.get(name)?.key ?? name),
	};
	const { simple, nested } = isAny(filter) ? { simple: {}, nested: [filter] } : splitFilter(filter);
	const start = asInteger(params.start);
	const found = selectRows(
		{ ...source, belongs: (row) => nested.every((group) => fulfilsGroup(source, group, row)) },
		{ filter: simple, order },
		start === -1 ? PAGE : Infinity,
	);
	const offset = Math.max(0, Math.floor(start / PAGE)) * PAGE;
	const names = selected(params.select, fields);
	const items = found
		.slice(offset, offset + PAGE)
		.map((row) => (names ? showFields(portal, entity, row, 'item', fields, names) : showItem(call, row)));
	if (start === -1) return { result: { items } };
	return { result: { items }, total: found.length, ...(offset + PAGE < found.length && { next: offset + PAGE }) };
}

/** Undefined = all. Phones and the like come only with all. */
function selected(select: unknown, fields: ReadonlyMap<string, FormField>): string[] | undefined {
	const names = (asList(select) ?? []).map(asText);
	if (names.length === 0 || names.includes('*')) return undefined;
	return names.filter((name) => fields.has(name) && name !== 'fm');
}

/** Conditions of fields, and groups of conditions: those are under numbers. */
function splitFilter(filter: Params): { simple: Params; nested: Params[] } {
	const entries = Object.entries(filter).filter(([key]) => key !== 'logic');
	const isGroup = ([key, value]: [string, unknown]): boolean => /^\d+$/.test(key) && typeof value === 'object';
	return {
		simple: Object.fromEntries(entries.filter((entry) => !isGroup(entry))),
		nested: entries.filter(isGroup).map(([, value]) => value as Params),
	};
}

const isAny = ({ logic }: Params): boolean => asText(logic).toUpperCase() === 'OR';

/** A group holds when all its conditions do, or with `logic: OR` one of them. */
function fulfilsGroup(source: ListSource<CrmRow>, group: Params, row: CrmRow): boolean {
	const { simple, nested } = splitFilter(group);
	const { value = () => undefined, fields } = source;
	const holds = [
		...readFilter(simple, fields, 'orm').map((condition) => () => fulfils(condition, value(row, condition.name), 'orm')),
		...nested.map((inner) => () => fulfilsGroup(source, inner, row)),
	];
	if (holds.length === 0) return true;
	return isAny(group) ? holds.some((hold) => hold()) : holds.every((hold) => hold());
}

const OPERATOR = /^(!=%|!%=|>=|<=|!=|!%|!@|=%|%=|[><=!%@])?/;

function checkFilter(filter: Params, fields: ReadonlyMap<string, FormField>): void {
	const { simple, nested } = splitFilter(filter);
	for (const key of Object.keys(simple)) {
		const name = key.replace(OPERATOR, '');
		if (name === 'fm') throw new RestError(100, `Invalid filter: field '${name}' is not allowed in filter`);
		if (!fields.has(name))
			throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' is not allowed in filter`);
	}
	for (const group of nested) checkFilter(group, fields);
}

function checkOrder(order: Params, fields: ReadonlyMap<string, FormField>): void {
	for (const [name, direction] of Object.entries(order)) {
		if (name === 'fm') throw new RestError(100, `Invalid order: field '${name}' is not allowed in order`);
		if (!fields.has(name))
			throw new RestError('INVALID_ARG_VALUE', `Invalid order: field '${name}' is not allowed in order`);
		if (/^(asc|desc)$/i.test(asText(direction))) continue;
		throw new RestError(
			'INVALID_ARG_VALUE',
			`Invalid order: allowed sort directions are ASC, DESC. But got '${asText(direction)}' for field '${name}'`,
		);
	}
}
