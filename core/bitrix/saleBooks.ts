/** What orders of a store refer to by id: payer types, order properties, statuses, pay systems, delivery services. */
export interface SaleBooks {
	payerTypes: PayerType[];
	properties: OrderPropertyDefinition[];
	/** Names by id; an id without a name stands for itself. */
	statuses: Map<string, string | null>;
	/** Empty where the webhook may not read them. */
	paySystems: Map<string, { name: string | null; cash: boolean | null }>;
	deliveries: Map<string, string | null>;
}

/** A payer type of the store (`sale.persontype.list`): which order properties a buyer is asked for. */
export interface PayerType {
	id: string;
	name: string | null;
	code: string | null;
	/** What Bitrix itself takes it for; null where the version does not say. */
	kind: 'person' | 'legal' | null;
}

/** A row of `sale.property.list`. Each payer type has properties of its own, so that a code can be there several times. */
export interface OrderPropertyDefinition {
	id: string;
	payerTypeId: string;
	code: string | null;
	name: string;
	/** What the store itself uses it for. */
	role: PropertyRole | null;
}

/** What an order property tells of the customer. */
export const PROPERTY_ROLES = [
	'name',
	'company',
	'inn',
	'kpp',
	'legalAddress',
	'phone',
	'email',
	'zip',
	'city',
	'address',
] as const;
/** One of PROPERTY_ROLES, whatever code the store gave the property. */
export type PropertyRole = (typeof PROPERTY_ROLES)[number];

type Row = Record<string, unknown>;

const text = (value: unknown): string | null =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null;

/** Marks that the store puts on properties itself, whatever their codes are. */
const MARKS: ReadonlyArray<readonly [mark: string, role: PropertyRole]> = [
	['isEmail', 'email'],
	['isPhone', 'phone'],
	['isZip', 'zip'],
	['isAddress', 'address'],
	['isPayer', 'name'],
];

const KINDS: Record<string, PayerType['kind']> = { I: 'person', E: 'legal' };
const COMPANY_CODE = 'CRM_COMPANY';

/** Payer types with the domains that newer versions keep for them. */
export function readPayerTypes(rows: readonly Row[], domains: readonly Row[]): PayerType[] {
	const kinds = new Map(domains.map(({ personTypeId, domain }) => [text(personTypeId), KINDS[text(domain) ?? ''] ?? null]));
	return rows.map((row) => {
		const [id, code] = [text(row.id) ?? '', text(row.code)];
		return { id, name: text(row.name), code, kind: kinds.get(id) ?? (code === COMPANY_CODE ? 'legal' : null) };
	});
}

/** A row of `sale.property.list`; the store’s own marks (`isEmail`, `isPhone`, …) say its role. */
export const readOrderProperty = (row: Row): OrderPropertyDefinition => ({
	id: text(row.id) ?? '',
	payerTypeId: text(row.personTypeId) ?? '',
	code: text(row.code),
	name: text(row.name) ?? text(row.code) ?? '',
	role: MARKS.find(([mark]) => row[mark] === 'Y')?.[1] ?? null,
});

/** Names of statuses come in the languages of the site; Russian ones are what its people know. */
export function readStatuses(statuses: readonly Row[], names: readonly Row[]): SaleBooks['statuses'] {
	const found = new Map<string, string | null>(statuses.map((row) => [text(row.id) ?? '', null]));
	const ranked = [...names].sort((one, other) => Number(one.lid === 'ru') - Number(other.lid === 'ru'));
	for (const row of ranked) if (found.has(text(row.statusId) ?? '')) found.set(text(row.statusId) ?? '', text(row.name));
	return found;
}

/** These lists are of the older kind, in capitals. */
export const readPaySystems = (rows: readonly Row[]): SaleBooks['paySystems'] =>
	new Map(
		rows.map((row) => [
			text(row.ID) ?? '',
			{ name: text(row.NAME), cash: row.IS_CASH === undefined || row.IS_CASH === null ? null : row.IS_CASH === 'Y' },
		]),
	);

/** Rows of `sale.delivery.getlist`, in capitals too: names by id. */
export const readDeliveries = (rows: readonly Row[]): SaleBooks['deliveries'] =>
	new Map(rows.map((row) => [text(row.ID) ?? '', text(row.NAME)]));

/** Usual codes of order properties for each role, without regard to case. */
const USUAL_CODES: Record<PropertyRole, readonly string[]> = {
	name: ['FIO', 'CONTACT_PERSON', 'NAME', 'CONTACT_NAME'],
	company: ['COMPANY', 'COMPANY_NAME', 'ORGANIZATION'],
	inn: ['INN'],
	kpp: ['KPP'],
	legalAddress: ['COMPANY_ADR', 'LEGAL_ADDRESS', 'UR_ADDRESS'],
	phone: ['PHONE', 'CONTACT_PHONE'],
	email: ['EMAIL', 'E_MAIL'],
	zip: ['ZIP', 'INDEX'],
	city: ['CITY'],
	address: ['ADDRESS', 'DELIVERY_ADDRESS'],
};

/** Codes of order properties that usually say something of the customer, in capitals. */
export const CUSTOMER_CODES: ReadonlySet<string> = new Set(Object.values(USUAL_CODES).flat());

/** Codes that the user named for a role come before the store's own marks, and these before usual codes. */
export type RoleCodes = Partial<Record<PropertyRole, string>>;

/** Ids of the properties of a payer type that may tell this of the customer, the best first. */
export function propertiesFor(role: PropertyRole, payerTypeId: string, { properties }: SaleBooks, named: RoleCodes): string[] {
	const own = properties.filter((property) => property.payerTypeId === payerTypeId);
	const coded = (codes: readonly string[]): OrderPropertyDefinition[] =>
		codes.flatMap((code) => own.filter((property) => property.code?.toUpperCase() === code.trim().toUpperCase()));
	const chosen = named[role]?.trim();
	const found = [
		...coded(chosen ? [chosen] : []),
		...own.filter((property) => property.role === role),
		...coded(USUAL_CODES[role]),
	];
	return [...new Set(found.map(({ id }) => id))];
}

/** Whether a payer type is for companies: chosen by the user, known to Bitrix, or else one that asks for an INN or KPP. */
export function isLegal(payerTypeId: string, books: SaleBooks, chosen: readonly string[], named: RoleCodes): boolean {
	if (chosen.length > 0) return chosen.includes(payerTypeId);
	const kind = books.payerTypes.find(({ id }) => id === payerTypeId)?.kind ?? null;
	if (kind !== null) return kind === 'legal';
	return (['inn', 'kpp'] as const).some((role) => propertiesFor(role, payerTypeId, books, named).length > 0);
}
