import { Decimal } from '../../model/decimal';
import { isMoney, isNamed, plainText, type FieldValue } from '../../sync/fieldValue';
import type { Parameter } from '../query';
import type { CrmField } from './field';

/** How values of a field are written and compared. */
type Kind = 'text' | 'number' | 'whole' | 'letter' | 'flag' | 'id' | 'day' | 'moment' | 'money' | 'list' | 'unsupported';

const KINDS: Record<string, Kind> = {
	string: 'text', text: 'text', url: 'text', address: 'text', crm_status: 'text', crm_currency: 'text', location: 'text',
	integer: 'whole', double: 'number', char: 'letter', boolean: 'flag', date: 'day', datetime: 'moment', money: 'money', enumeration: 'list',
	user: 'id', employee: 'id', crm_company: 'id', crm_contact: 'id', crm_lead: 'id', crm_quote: 'id', crm_category: 'id', crm_entity: 'id',
};

const LONGEST_TEXT = 65_000;

/** A value in a form in which two of them can be compared, and as people see it. */
export interface CrmValue {
	/** Empty for nothing. */
	canonical: string;
	shown: unknown;
}

/** What a field is to hold; undefined when it cannot hold that. */
export interface CrmWanted extends CrmValue {
	parameter: Parameter;
}

/** Whether the mapping can fill the field. */
export const isWritableCrmField = ({ type, readOnly }: CrmField): boolean => !readOnly && kindOf(type) !== 'unsupported';

const kindOf = (type: string): Kind => KINDS[type] ?? 'unsupported';

/** What a record of the portal has in the field. */
export function presentCrmValue(field: CrmField, raw: unknown): CrmValue {
	const values = (Array.isArray(raw) ? (raw as unknown[]) : [raw]).filter((one) => one !== null && one !== undefined && one !== '' && one !== false);
	return joined(field, values.map((value) => canonicalPresent(field, value)));
}

/** What `value` becomes in the field. Of several values a field for one takes the first. Undefined when it does not fit. */
export function wantedCrmValue(field: CrmField, value: FieldValue): CrmWanted | undefined {
	const given = Array.isArray(value) ? value : [value];
	const ones = (field.multiple ? given : given.slice(0, 1)).map((one) => wantedOne(field, one));
	if (ones.some((one) => one === undefined)) return undefined;
	const some = ones as One[];
	const parameters = some.map(({ parameter }) => parameter);
	return { ...joined(field, some.map(({ canonical, shown }) => ({ canonical, shown }))), parameter: field.multiple ? parameters : (parameters[0] ?? '') };
}

interface One extends CrmValue {
	parameter: string;
}

/** The order of several values says nothing. */
function joined({ multiple }: CrmField, ones: CrmValue[]): CrmValue {
	const some = ones.filter(({ canonical }) => canonical !== '');
	const [first] = some;
	if (!first) return { canonical: '', shown: null };
	if (!multiple) return first;
	return { canonical: JSON.stringify(some.map(({ canonical }) => canonical).sort()), shown: some.map(({ shown }) => shown) };
}

function wantedOne(field: CrmField, value: FieldValue): One | undefined {
	const text = lines(plainText(value));
	switch (kindOf(field.type)) {
		case 'text':
			return plain(cut(text, field.type === 'string' ? longest(field) : LONGEST_TEXT));
		case 'number':
			return number(isMoney(value) ? value.amount : text);
		case 'whole': {
			const whole = number(isMoney(value) ? value.amount : text);
			return whole && Decimal.of(whole.canonical).isInteger ? whole : undefined;
		}
		case 'letter':
		case 'flag':
			return flag(field, meaning(value));
		case 'id':
			return /^\d+$/.test(text) && Number(text) > 0 ? plain(String(Number(text))) : undefined;
		case 'day':
			return day(text);
		case 'moment':
			return moment(text);
		case 'money':
			return isMoney(value) ? money(value.amount, value.currency) : money(text, null);
		case 'list':
			return choice(field, value);
		default:
			return undefined;
	}
}

/** Comments are long texts, everything else that Bitrix calls a string is short, also in user fields of old portals. */
const longest = ({ name }: CrmField): number => (name === 'COMMENTS' || name === 'comments' || name.startsWith('UF_') ? LONGEST_TEXT : 255);

/** Not through the middle of a letter that takes two places. */
const cut = (text: string, most: number): string => (text.length > most ? text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '').trimEnd() : text);

const plain = (text: string): One => ({ canonical: text, shown: text === '' ? null : text, parameter: text });

const lines = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

function number(text: string): One | undefined {
	const canonical = decimal(text);
	return canonical === undefined ? undefined : plain(canonical);
}

function decimal(text: string): string | undefined {
	try {
		return Decimal.of(text).toString();
	} catch {
		return undefined;
	}
}

const YES = ['y', 'yes', 'true', '1', 'да'];
const NO = ['n', 'no', 'false', '0', 'нет'];

function meaning(value: FieldValue): boolean | undefined {
	const word = typeof value === 'boolean' ? String(value) : plainText(value).trim().toLowerCase();
	return YES.includes(word) ? true : NO.includes(word) ? false : undefined;
}

/** Letters are Y and N; user fields of the kind "yes or no" are 1 and 0. Other letters stay what they are. */
function flag({ type }: CrmField, on: boolean | undefined): One | undefined {
	if (on === undefined) return undefined;
	const parameter = type === 'char' ? (on ? 'Y' : 'N') : on ? '1' : '0';
	return { canonical: on ? 'Y' : 'N', shown: on ? 'yes' : 'no', parameter };
}

/** The day as it is meant in Moscow, where MoySklad's dates are. */
function day(text: string): One | undefined {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return plain(text);
	const parsed = Date.parse(text);
	return Number.isNaN(parsed) ? undefined : plain(new Date(parsed + 3 * 3_600_000).toISOString().slice(0, 10));
}

/** Whole seconds with an explicit offset, which Bitrix can read; what it cannot it drops without a word. */
function moment(text: string): One | undefined {
	const parsed = Date.parse(text);
	if (Number.isNaN(parsed)) return undefined;
	const seconds = Math.floor(parsed / 1000);
	const parameter = `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;
	return { canonical: String(seconds), shown: parameter, parameter };
}

function money(amount: string, currency: string | null): One | undefined {
	const units = decimal(amount);
	if (units === undefined || currency === null) return undefined;
	const text = `${units}|${currency}`;
	return { canonical: text, shown: `${units} ${currency}`, parameter: text };
}

function choice({ choices }: CrmField, value: FieldValue): One | undefined {
	const words = typeof value === 'boolean' ? (value ? YES : NO) : [(isNamed(value) ? value.name : plainText(value)).trim().toLowerCase()];
	const found = choices.find(({ value: name }) => words.includes(name.trim().toLowerCase())) ?? choices.find(({ id }) => words.includes(id));
	return found && { canonical: found.id, shown: found.value, parameter: found.id };
}

function canonicalPresent(field: CrmField, value: unknown): CrmValue {
	const text = lines(plainText(value));
	switch (kindOf(field.type)) {
		case 'number':
		case 'whole':
			return plain(decimal(text) ?? text);
		case 'letter':
			return { canonical: text, shown: text };
		case 'flag': {
			const on = meaning(text);
			return on === undefined ? plain(text) : { canonical: on ? 'Y' : 'N', shown: on ? 'yes' : 'no' };
		}
		case 'id':
			return plain(text === '0' ? '' : text);
		case 'day':
			return plain(/^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? text);
		case 'moment':
			return Number.isNaN(Date.parse(text)) ? plain(text) : { canonical: String(Math.floor(Date.parse(text) / 1000)), shown: text };
		case 'money': {
			const [amount = '', currency = ''] = text.split('|');
			return { canonical: `${decimal(amount) ?? amount}|${currency}`, shown: `${amount} ${currency}`.trim() };
		}
		case 'list':
			return { canonical: text, shown: field.choices.find(({ id }) => id === text)?.value ?? text };
		default:
			return plain(text);
	}
}
