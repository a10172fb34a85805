import { toRubles, writtenAmount, type Kopecks } from '../../model/money';
import type { Attribute } from '../../model/catalog';
import { ATTRIBUTE_PREFIX } from '../../moysklad/attributes';
import type { Partner, PostalAddress } from '../../moysklad/partner';
import type { NamedLink, SalesDocument } from '../../moysklad/salesDocument';
import { isMoney, plainText, type FieldValue, type FieldValues, type MoneyValue } from '../fieldValue';

/** A field of MoySklad that a mapping can name. */
export interface CrmSource<Of> {
	name: string;
	label: string;
	of(object: Of): FieldValue | null | undefined;
}

const money = (amount: Kopecks, currency: string | null): MoneyValue => ({ amount: toRubles(amount), currency });

const named = (link: NamedLink | null): FieldValue | null => (link?.name ? { id: link.id, name: link.name } : null);

const sum = (name: 'sum' | 'payedSum' | 'shippedSum' | 'reservedSum' | 'invoicedSum', label: string): CrmSource<SalesDocument> => ({
	name, label, of: (document) => money(document[name], document.currency),
});

/** Fields of customer orders and invoices; sums in major units, in the currency of the document. */
export const DOCUMENT_SOURCES: ReadonlyArray<CrmSource<SalesDocument>> = [
	{ name: 'code', label: 'Code', of: ({ code }) => code },
	{ name: 'contract', label: 'Contract', of: ({ contract }) => named(contract) },
	{ name: 'agent', label: 'Counterparty', of: ({ agent }) => agent.name },
	{ name: 'moment', label: 'Date', of: ({ moment }) => moment },
	{ name: 'address', label: 'Delivery Address', of: ({ address }) => address },
	{ name: 'description', label: 'Description', of: ({ description }) => description },
	{ name: 'externalCode', label: 'External Code', of: ({ externalCode }) => externalCode },
	{ name: 'id', label: 'ID', of: ({ id }) => id },
	sum('invoicedSum', 'Invoiced Sum'),
	{ name: 'name', label: 'Number', of: ({ name }) => name },
	{ name: 'organization', label: 'Organization', of: ({ organization }) => named(organization) },
	{ name: 'page', label: 'Page in MoySklad', of: ({ page }) => page },
	sum('payedSum', 'Paid Sum'),
	{ name: 'planned', label: 'Planned Delivery or Payment', of: ({ planned }) => planned },
	{ name: 'project', label: 'Project', of: ({ project }) => named(project) },
	sum('reservedSum', 'Reserved Sum'),
	{ name: 'salesChannel', label: 'Sales Channel', of: ({ salesChannel }) => named(salesChannel) },
	sum('shippedSum', 'Shipped Sum'),
	{ name: 'state', label: 'State', of: ({ state }) => named(state) },
	{ name: 'store', label: 'Store', of: ({ store }) => named(store) },
	sum('sum', 'Sum'),
	{ name: 'unpaidSum', label: 'Unpaid Sum', of: ({ sum: total, payedSum, currency }) => money(total - payedSum, currency) },
];

/** Fields of counterparties. Amounts in major units, in the currency of the account. */
export const PARTNER_SOURCES: ReadonlyArray<CrmSource<Partner>> = [
	{ name: 'actualAddress', label: 'Actual Address', of: ({ actualAddress }) => addressLine(actualAddress) },
	{ name: 'balance', label: 'Balance', of: ({ balance }) => (balance === null ? null : money(balance, null)) },
	{ name: 'birthDate', label: 'Birth Date', of: ({ birthDate }) => birthDate },
	{ name: 'code', label: 'Code', of: ({ code }) => code },
	{ name: 'description', label: 'Description', of: ({ description }) => description },
	{ name: 'email', label: 'Email', of: ({ email }) => email },
	{ name: 'externalCode', label: 'External Code', of: ({ externalCode }) => externalCode },
	{ name: 'tags', label: 'Groups', of: ({ tags }) => tags },
	{ name: 'id', label: 'ID', of: ({ id }) => id },
	{ name: 'inn', label: 'INN', of: ({ inn }) => inn },
	{ name: 'kpp', label: 'KPP', of: ({ kpp }) => kpp },
	{ name: 'legalAddress', label: 'Legal Address', of: ({ legalAddress }) => addressLine(legalAddress) },
	{ name: 'legalTitle', label: 'Legal Name', of: ({ legalTitle }) => legalTitle },
	{ name: 'name', label: 'Name', of: ({ name }) => name },
	{ name: 'page', label: 'Page in MoySklad', of: ({ page }) => page },
	{ name: 'phone', label: 'Phone', of: ({ phone }) => phone },
	{ name: 'stateName', label: 'State', of: ({ stateName }) => stateName },
];

/** An address in one line. */
function addressLine(address: PostalAddress | null): string | null {
	if (address === null) return null;
	const { postalCode, country, region, city, street, house, apartment, rest } = address;
	return [postalCode, country, region, city, street, house, apartment, rest].filter((part) => part !== null).join(', ') || null;
}

/** Values that do not come from the object alone: the title by its pattern, the responsible by the settings, … */
export type OwnValues = FieldValues;

/** What an object has in a field: one that the settings make, an additional field (`attribute:<id>`), or one of its own. */
export function crmSourceValue<Of extends { attributes: Attribute[] }>(
	field: string,
	object: Of,
	sources: ReadonlyArray<CrmSource<Of>>,
	own: OwnValues,
	currency: string,
): FieldValue | undefined {
	if (Object.hasOwn(own, field)) return own[field];
	const value = field.startsWith(ATTRIBUTE_PREFIX) ? attributeValue(object.attributes, field.slice(ATTRIBUTE_PREFIX.length)) : sources.find(({ name }) => name === field)?.of(object);
	return isMoney(value) && value.currency === null ? { ...value, currency } : (value ?? undefined);
}

const attributeValue = (attributes: readonly Attribute[], id: string): FieldValue | undefined => attributes.find((one) => one.id === id)?.value;

/** A text with the values of fields in the place of `{name}`; a field that is not known stays visible, one without a value is empty. */
export function filledPattern(pattern: string, names: ReadonlySet<string>, valueOf: (field: string) => FieldValue | undefined): string {
	const text = pattern.replace(/\{([a-zA-Z]+|attribute:[0-9a-f-]{36})\}/g, (word, name: string) => {
		if (!names.has(name) && !name.startsWith(ATTRIBUTE_PREFIX)) return word;
		const value = valueOf(name);
		return value === undefined ? '' : written(value);
	});
	return text.trim();
}

/** As people write it: amounts with their kopecks, moments as the day in Moscow. */
function written(value: FieldValue): string {
	if (isMoney(value)) return [writtenAmount(value.amount), value.currency].filter(Boolean).join(' ');
	const day = typeof value === 'string' && MOMENT.test(value) ? new Date(Date.parse(value) + MOSCOW).toISOString().slice(0, 10) : undefined;
	return day === undefined ? plainText(value) : day.split('-').reverse().join('.');
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const MOSCOW = 3 * 3_600_000;
