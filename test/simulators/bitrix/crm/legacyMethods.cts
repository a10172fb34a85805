import { describeFields } from '../fields/fieldTable.cts';
import { listRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { Portal } from '../portal.cts';
import { asList, asText } from '../wire/params.cts';
import { authorOf, deniedLegacy, legacyFields, legacyObject, legacyParams } from './calls.cts';
import { COMPANY, CONTACT, DEAL, fieldsOf, LEAD, type CrmEntity } from './entities.cts';
import { tableOf, type FormField } from './fields.cts';
import type { CrmRow } from './rows.cts';
import { showFields, valueOf } from './shown.cts';
import { addObject, deleteObject, updateObject } from './writes.cts';

/** `crm.deal.*` and its kind: names in capitals, all values are texts, the answer is the bare result. */
function objectMethods(entity: CrmEntity): Method[] {
	const frame = { scope: 'crm', denied: deniedLegacy } as const;
	const prefix = String(entity.prefix);
	return [
		{
			...frame,
			name: `${prefix}.fields`,
			right: 'any',
			run: ({ portal }) => ok(describeFields(tableOf(fieldsOf(portal, entity, 'legacy')))),
		},
		{ ...frame, name: `${prefix}.list`, right: 'crm.read', run: (call) => listObjects(call, entity) },
		{
			...frame,
			name: `${prefix}.get`,
			right: 'crm.read',
			run: (call) => {
				const row = legacyObject(call, entity);
				const fields = fieldsOf(call.portal, entity, 'legacy');
				return ok(showFields(call.portal, entity, row, 'legacy', fields, fields.keys()));
			},
		},
		{
			...frame,
			name: `${prefix}.add`,
			right: 'crm.write',
			run: (call) => ok(addObject(authorOf(call, 'legacy'), entity, legacyFields(call)).id),
		},
		{
			...frame,
			name: `${prefix}.update`,
			right: 'crm.write',
			run: (call) => {
				updateObject(authorOf(call, 'legacy'), entity, legacyObject(call, entity), legacyFields(call));
				return ok(true);
			},
		},
		{
			...frame,
			name: `${prefix}.delete`,
			right: 'crm.write',
			run: (call) => {
				deleteObject(authorOf(call, 'legacy'), entity, legacyObject(call, entity));
				return ok(true);
			},
		},
	];
}

export const legacyMethods: Method[] = [DEAL, CONTACT, COMPANY, LEAD].flatMap(objectMethods);

/** Rows of 50; what is not known in `select` and `filter` is dropped without a word. */
function listObjects({ portal, params }: MethodCall, entity: CrmEntity): ReturnType<typeof listRows> {
	const { select, ...rest } = legacyParams(params);
	const fields = fieldsOf(portal, entity, 'legacy');
	return listRows(legacySource(portal, entity, fields), { ...rest, select: expandSelect(select, fields) });
}

function legacySource(portal: Portal, entity: CrmEntity, fields: Map<string, FormField>): ListSource<CrmRow> {
	const keyOf = (name: string): string => fields.get(name)?.key ?? name;
	const table = tableOf(new Map([...fields].filter(([, { hidden }]) => !hidden)));
	return {
		table: entity.table(portal),
		fields: table,
		dialect: 'orm',
		indexes: { ID: 'id', ORIGIN_ID: 'originId' },
		value: (row, name) => valueOf(portal, entity, row, keyOf(name)),
		show: (row, names) => showFields(portal, entity, row, 'legacy', fields, names),
	};
}

/** `*` = all but user fields and phones and the like; `UF_*` = user fields; nothing = both. */
function expandSelect(select: unknown, fields: ReadonlyMap<string, FormField>): string[] {
	const given = (asList(select) ?? []).map(asText);
	const wanted = given.some((name) => name === '*' || name === 'UF_*' || fields.has(name)) ? given : ['*', 'UF_*'];
	const all = [...fields].filter(([, { hidden }]) => !hidden);
	const names = wanted.flatMap((name) => {
		if (name === '*')
			return all.filter(([, field]) => !field.userType && field.type !== 'crm_multifield').map(([known]) => known);
		return name === 'UF_*' ? all.filter(([, field]) => field.userType).map(([known]) => known) : [name];
	});
	return names.length > 0 ? names : ['ID'];
}
