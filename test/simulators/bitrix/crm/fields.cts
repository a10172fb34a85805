import { YES_NO, type Field, type FieldTable, type FieldType } from '../fields/fieldTable.cts';
import type { Params } from '../wire/params.cts';
import type { UserFieldType } from './rows.cts';

/** Types as CRM's `fields` methods name them. `money` is shown as `double`. */
export type CrmType =
	| 'integer'
	| 'double'
	| 'money'
	| 'string'
	| 'text'
	| 'boolean'
	| 'datetime'
	| 'date'
	| 'user'
	| 'location'
	| 'crm_status'
	| 'crm_currency'
	| 'crm_category'
	| 'crm_company'
	| 'crm_contact'
	| 'crm_lead'
	| 'crm_quote'
	| 'crm_entity'
	| 'crm_multifield';

type Access = 'write' | 'create' | 'read';

/** A field of a CRM object, in both forms of its methods. */
export interface CrmField {
	type: CrmType;
	title: string;
	/** In `crm.item.*`; null = it is not there. Default `write`. */
	item?: Access | null;
	/** In `crm.deal.*`, `crm.contact.*`, …; null = it is not there; `give` = it can be given, but is never shown. Default: as in `crm.item.*`. */
	legacy?: Access | 'give' | null;
	/** The name in `crm.deal.*` and the like, where it is not that of `crm.item.*` in capitals. */
	legacyName?: string;
	/** The book of statuses that it is from. */
	statusType?: string;
	multiple?: boolean;
	deprecated?: boolean;
	/** The kind of object that it points to. */
	parent?: number;
}

/** By the names of `crm.item.*`. */
export type CrmFields = Readonly<Record<string, CrmField>>;

/** The two forms: `crm.deal.get` and its kind, with names in capitals, and `crm.item.get`. */
export type Form = 'legacy' | 'item';

/** A field of one form: how the shared machinery of lists and writes sees it, and where its value is kept. */
export interface FormField {
	field: Field;
	/** The key of the row. */
	key: string;
	multiple: boolean;
	/** Can be given, but is never shown. */
	hidden: boolean;
	type: CrmType;
	/** Only of fields that the portal's people added. */
	userType?: UserFieldType;
}

/** `isManualOpportunity` → `IS_MANUAL_OPPORTUNITY` */
const inCapitals = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** The fields of one form by its own names. */
export function fieldsOfForm(fields: CrmFields, form: Form): Map<string, FormField> {
	const found = new Map<string, FormField>();
	for (const [key, field] of Object.entries(fields)) {
		const access = form === 'item' ? field.item : field.legacy === undefined ? field.item : field.legacy;
		if (access === null) continue;
		const name = form === 'item' ? key : (field.legacyName ?? inCapitals(key));
		found.set(name, {
			key,
			type: field.type,
			multiple: field.multiple ?? false,
			hidden: access === 'give',
			field: {
				type: field.multiple ? 'list' : KEPT_AS[field.type],
				readOnly: access === 'read',
				immutable: access === 'create',
				...(field.type === 'boolean' && { choices: YES_NO }),
				about: describe(key, field, form),
			},
		});
	}
	return found;
}

/** The part of it that lists, filters and writes work with. */
export const tableOf = (fields: ReadonlyMap<string, FormField>): FieldTable =>
	Object.fromEntries([...fields].map(([name, { field }]) => [name, field]));

const KEPT_AS: Record<CrmType, FieldType> = {
	integer: 'integer',
	double: 'double',
	money: 'money',
	string: 'string',
	text: 'string',
	boolean: 'char',
	datetime: 'datetime',
	date: 'date',
	user: 'integer',
	location: 'string',
	crm_status: 'string',
	crm_currency: 'string',
	crm_category: 'integer',
	crm_company: 'integer',
	crm_contact: 'integer',
	crm_lead: 'integer',
	crm_quote: 'integer',
	crm_entity: 'integer',
	crm_multifield: 'list',
};

/** In the older form flags are `char` and long texts are `string`. */
function describe(key: string, field: CrmField, form: Form): Params {
	const { type, title, statusType, multiple = false, deprecated, parent } = field;
	const shown = type === 'money' ? 'double' : form === 'item' ? type : type === 'boolean' ? 'char' : type;
	return {
		type: form === 'legacy' && shown === 'text' ? 'string' : shown,
		isMultiple: multiple,
		isDynamic: false,
		...(deprecated && { isDeprecated: true }),
		...(statusType !== undefined && { statusType }),
		title,
		...(parent !== undefined && { settings: { parentEntityTypeId: parent } }),
		...(form === 'item' && { upperName: inCapitals(key) }),
	};
}
