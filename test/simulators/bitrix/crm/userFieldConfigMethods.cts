import type { FieldTable } from '../fields/fieldTable.cts';
import { listRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asList, asText, isMap, type Params } from '../wire/params.cts';
import { plainError } from '../wire/restError.cts';
import { addUserField, type UserFieldDraft } from './addUserField.cts';
import { deniedLegacy } from './calls.cts';
import { CRM_ENTITIES } from './entities.cts';
import type { UserFieldRow } from './rows.cts';

const CONFIG_FIELDS: FieldTable = {
	id: { type: 'integer' },
	entityId: { type: 'string' },
	fieldName: { type: 'string' },
	userTypeId: { type: 'string' },
	xmlId: { type: 'string' },
	sort: { type: 'integer' },
	multiple: { type: 'char' },
	mandatory: { type: 'char' },
	showFilter: { type: 'char' },
	showInList: { type: 'char' },
	editInList: { type: 'char' },
	isSearchable: { type: 'char' },
};

/** User fields of any object, smart invoices too. Two scopes are needed: this one, and that of the module. */
export const userFieldConfigMethods: Method[] = [
	method('list', listConfigs),
	method('add', (call) => {
		const { portal, params } = call;
		const field = isMap(params.field) ? params.field : {};
		const entityId = asText(field.entityId);
		const isKnown = CRM_ENTITIES.some(({ userFieldsOf }) => userFieldsOf === entityId);
		if (!isKnown) throw plainError('Access denied');
		if (field.fieldName !== undefined && !asText(field.fieldName).startsWith(`UF_${entityId}_`))
			throw plainError('You cannot create custom fields');
		return ok({ field: showConfig(addUserField(portal, entityId, readDraft(field))) });
	}),
];

function method(name: string, run: (call: MethodCall) => MethodResult): Method {
	return {
		name: `userfieldconfig.${name}`,
		scope: 'userfieldconfig',
		right: 'crm.settings',
		denied: deniedLegacy,
		parameters: name === 'add' ? { moduleId: 'text', field: 'map' } : { moduleId: 'text' },
		run: (call) => {
			if (call.params.moduleId !== 'crm') throw plainError('No settings for UserFieldAccess');
			if (!call.caller.scopes.includes('crm')) throw plainError('The current method required more scopes. (crm)');
			return run(call);
		},
	};
}

function listConfigs({ portal, params }: MethodCall): MethodResult {
	const source: ListSource<UserFieldRow> = {
		key: 'fields',
		table: portal.store.userFields,
		fields: CONFIG_FIELDS,
		dialect: 'orm',
		show: showConfig,
	};
	const { filter, start } = params;
	return listRows(source, { filter, start, order: isMap(params.order) ? params.order : { sort: 'ASC', id: 'ASC' } });
}

/** Numbers are texts. Other labels than that of the form are never set here. */
function showConfig(row: UserFieldRow): Params {
	const { labels, list, ...fields } = row;
	const languages = Object.keys(labels);
	return {
		...fields,
		id: String(row.id),
		sort: String(row.sort),
		languageId: Object.fromEntries(languages.map((language) => [language, language])),
		editFormLabel: labels,
		listColumnLabel: null,
		listFilterLabel: null,
		errorMessage: null,
		helpMessage: null,
		...(row.userTypeId === 'enumeration' && {
			enum: list.map((option) => ({
				...option,
				id: String(option.id),
				sort: String(option.sort),
				userFieldId: String(row.id),
			})),
		}),
	};
}

const readDraft = ({ editFormLabel, enum: options, fieldName, userTypeId, ...field }: Params): UserFieldDraft => ({
	...field,
	fieldName: asText(fieldName),
	userTypeId: asText(userTypeId),
	label: editFormLabel,
	list: (asList(options) ?? []).filter(isMap),
});
