import { stableUuid } from '../../kernel/random.cts';
import type { Portal } from '../portal.cts';
import { asInteger, asText, isMap } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { USER_FIELD_TYPES, type UserFieldOption, type UserFieldRow } from './rows.cts';
import { userFieldsOf } from './userFields.cts';

export const PREFIX = 'UF_CRM_';

/** A field as it is asked for, whatever the form of the call. */
export interface UserFieldDraft {
	/** With its prefix. */
	fieldName: string;
	userTypeId: string;
	xmlId?: unknown;
	sort?: unknown;
	multiple?: unknown;
	mandatory?: unknown;
	showFilter?: unknown;
	editInList?: unknown;
	settings?: unknown;
	/** A text for all languages, or a map of languages. */
	label?: unknown;
	/** Of an enumeration. */
	list: ReadonlyArray<{ value?: unknown; sort?: unknown; def?: unknown; xmlId?: unknown }>;
}

const LONGEST_NAME = 50;
const LANGUAGES = ['ru', 'en'];

/** Throws for a name that is not allowed or taken, and a type that does not exist. */
export function addUserField(portal: Portal, entityId: string, draft: UserFieldDraft): UserFieldRow {
	const { fieldName, userTypeId } = draft;
	if (fieldName === '' || fieldName === PREFIX) throw plainError("The 'FIELD_NAME' field is not found.");
	if (userTypeId === '') throw plainError("The 'USER_TYPE_ID' field is not found.");
	if (fieldName.length > LONGEST_NAME) throw core('Слишком длинное название поля (больше 50 символов).');
	if (!/^[A-Z0-9_]+$/.test(fieldName)) throw core('Название поля содержит недопустимые символы. Разрешены: A-Z, 0-9 и _.');
	const type = USER_FIELD_TYPES.find((candidate) => candidate === userTypeId);
	if (!type) throw core('Указан неверный пользовательский тип.');
	if (userFieldsOf(portal, entityId).some((row) => row.fieldName === fieldName))
		throw core(`Поле ${fieldName} для объекта ${entityId} уже существует.`);
	return portal.store.userFields.add({
		entityId,
		fieldName,
		userTypeId: type,
		xmlId: asText(draft.xmlId) || null,
		sort: asInteger(draft.sort) || 100,
		multiple: type === 'boolean' ? 'N' : flag(draft.multiple),
		mandatory: flag(draft.mandatory),
		showFilter: flag(draft.showFilter) === 'Y' ? 'E' : 'N',
		showInList: 'Y',
		editInList: draft.editInList === 'N' ? 'N' : 'Y',
		isSearchable: 'N',
		settings: isMap(draft.settings) ? draft.settings : {},
		labels: readLabels(draft.label),
		list: type === 'enumeration' ? readOptions(portal, fieldName, draft.list) : [],
	});
}

const core = (description: string): RestError => new RestError('ERROR_CORE', `${description}<br>`);

const flag = (value: unknown): 'Y' | 'N' => (value === 'Y' || value === true ? 'Y' : 'N');

function readLabels(label: unknown): Record<string, string> {
	if (isMap(label)) return Object.fromEntries(Object.entries(label).map(([language, text]) => [language, asText(text)]));
	const text = asText(label);
	return text === '' ? {} : Object.fromEntries(LANGUAGES.map((language) => [language, text]));
}

/** Options without a value are left out. Throws when two have the same external code. */
function readOptions(portal: Portal, fieldName: string, list: UserFieldDraft['list']): UserFieldOption[] {
	const first = 1 + Math.max(3156, ...portal.store.userFields.all().flatMap((row) => row.list.map(({ id }) => id)));
	const options = list
		.filter(({ value }) => asText(value) !== '')
		.map(({ value, sort, def, xmlId }, index) => ({
			id: first + index,
			value: asText(value),
			sort: asInteger(sort),
			def: flag(def),
			xmlId: asText(xmlId) || stableUuid(fieldName, index).replaceAll('-', ''),
		}));
	const twice = options.find(({ xmlId }, index) => options.findIndex((other) => other.xmlId === xmlId) !== index);
	if (twice) throw core(`Элемент списка со значением XML_ID='${twice.xmlId}' уже существует.`);
	return options;
}
