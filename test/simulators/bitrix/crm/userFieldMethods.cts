import type { FieldTable } from '../fields/fieldTable.cts';
import { selectRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, asList, asText, isMap, type Params } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { deniedLegacy, legacyFields, legacyParams } from './calls.cts';
import { COMPANY, CONTACT, DEAL, LEAD, type CrmEntity } from './entities.cts';
import { addUserField, PREFIX, type UserFieldDraft } from './addUserField.cts';
import type { UserFieldRow } from './rows.cts';

const USER_FIELD_FIELDS: FieldTable = {
	ID: { type: 'integer' },
	FIELD_NAME: { type: 'string' },
	USER_TYPE_ID: { type: 'string' },
	XML_ID: { type: 'string' },
	SORT: { type: 'integer' },
	MULTIPLE: { type: 'char' },
	MANDATORY: { type: 'char' },
	SHOW_FILTER: { type: 'char' },
	SHOW_IN_LIST: { type: 'char' },
	EDIT_IN_LIST: { type: 'char' },
	IS_SEARCHABLE: { type: 'char' },
};

/** Fields that are added to deals, contacts, companies and leads: an affair of those who may change CRM's settings. */
const methodsOf = ({ prefix, userFieldsOf }: CrmEntity): Method[] => {
	const frame = { scope: 'crm', right: 'crm.settings', denied: deniedLegacy } as const;
	const rowOf = ({ portal, params }: MethodCall): UserFieldRow => {
		const row = portal.store.userFields.get(asInteger(legacyParams(params).id));
		if (row?.entityId !== userFieldsOf) throw new RestError('ERROR_NOT_FOUND', 'The entity with ID is not found.');
		return row;
	};
	return [
		{ ...frame, name: `${prefix}.userfield.list`, run: (call) => listUserFields(call, userFieldsOf) },
		{ ...frame, name: `${prefix}.userfield.get`, run: (call) => ok(showUserField(rowOf(call))) },
		{
			...frame,
			name: `${prefix}.userfield.add`,
			run: (call) => ok(addUserField(call.portal, userFieldsOf, readDraft(legacyFields(call))).id),
		},
		{
			...frame,
			name: `${prefix}.userfield.delete`,
			run: (call) => ok(call.portal.store.userFields.remove(rowOf(call).id)),
		},
	];
};

export const userFieldMethods: Method[] = [DEAL, CONTACT, COMPANY, LEAD].flatMap(methodsOf);

/** Labels come only when the filter names their language. */
function listUserFields({ portal, params }: MethodCall, entityId: string): MethodResult {
	const { filter, order } = legacyParams(params);
	if (filter !== undefined && typeof filter !== 'object') throw plainError("Parameter 'filter' must be array.");
	const source: ListSource<UserFieldRow> = {
		table: portal.store.userFields,
		fields: USER_FIELD_FIELDS,
		dialect: 'orm',
		indexes: { ID: 'id' },
		belongs: (row) => row.entityId === entityId,
		value: (row, name) => showUserField(row)[name],
	};
	const rows = selectRows(source, { filter, order: isMap(order) ? order : { SORT: 'ASC', ID: 'ASC' } });
	const language = isMap(filter) && typeof filter.LANG === 'string' ? filter.LANG : undefined;
	return { result: rows.map((row) => showUserField(row, language)), total: rows.length };
}

function showUserField(row: UserFieldRow, language?: string): Params {
	const label = language === undefined ? undefined : (row.labels[language] ?? null);
	return {
		ID: String(row.id),
		ENTITY_ID: row.entityId,
		FIELD_NAME: row.fieldName,
		USER_TYPE_ID: row.userTypeId,
		XML_ID: row.xmlId,
		SORT: String(row.sort),
		MULTIPLE: row.multiple,
		MANDATORY: row.mandatory,
		SHOW_FILTER: row.showFilter,
		SHOW_IN_LIST: row.showInList,
		EDIT_IN_LIST: row.editInList,
		IS_SEARCHABLE: row.isSearchable,
		SETTINGS: row.settings,
		...(label !== undefined && {
			EDIT_FORM_LABEL: label,
			LIST_COLUMN_LABEL: label,
			LIST_FILTER_LABEL: label,
			ERROR_MESSAGE: null,
			HELP_MESSAGE: null,
		}),
		...(row.userTypeId === 'enumeration' && {
			LIST: row.list.map(({ id, sort, value, def, xmlId }) => ({
				ID: String(id),
				SORT: String(sort),
				VALUE: value,
				DEF: def,
				XML_ID: xmlId,
			})),
		}),
	};
}

/** The prefix is put before the name unless it is there. */
function readDraft(fields: Params): UserFieldDraft {
	const name = asText(fields.FIELD_NAME);
	const label = fields.EDIT_FORM_LABEL ?? fields.LABEL;
	return {
		fieldName: name === '' || name.startsWith(PREFIX) ? name : PREFIX + name,
		userTypeId: asText(fields.USER_TYPE_ID),
		xmlId: fields.XML_ID,
		sort: fields.SORT,
		multiple: fields.MULTIPLE,
		mandatory: fields.MANDATORY,
		showFilter: fields.SHOW_FILTER,
		editInList: fields.EDIT_IN_LIST,
		settings: fields.SETTINGS,
		label,
		list: (asList(fields.LIST) ?? []).filter(isMap).map(({ VALUE, SORT, DEF, XML_ID }) => ({
			value: VALUE,
			sort: SORT,
			def: DEF,
			xmlId: XML_ID,
		})),
	};
}
