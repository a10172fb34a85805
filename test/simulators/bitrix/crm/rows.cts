import type { Flag } from '../catalog/rows.cts';

/** Numbers of CRM's kinds of objects, as `entityTypeId` and `ENTITY_TYPE_ID` name them. */
export const ENTITY_TYPE = {
	lead: 1,
	deal: 2,
	contact: 3,
	company: 4,
	oldInvoice: 5,
	requisite: 8,
	order: 14,
	smartInvoice: 31,
} as const;

/** The kinds of objects that `crm.item.*` of this portal knows. */
export type CrmEntityTypeId = 1 | 2 | 3 | 4 | 31;

/**
 * What leads, deals, contacts, companies and smart invoices have in common. Rows of CRM's tables have the names of
 * `crm.item.*`; money in kopecks, moments in milliseconds since 1970. Values of user fields stand beside them under
 * their own names (`UF_CRM_…`).
 */
export type CrmRow = {
	readonly id: number;
	title: string;
	createdTime: number;
	updatedTime: number;
	createdBy: number;
	updatedBy: number;
	assignedById: number;
	opened: Flag;
	lastActivityTime: number;
	lastActivityBy: number;
	originatorId: string | null;
	originId: string | null;
	sourceId: string | null;
	/** Leads, deals and invoices; 0 for others. */
	categoryId: number;
	stageId: string;
	movedBy: number;
	movedTime: number;
	/** The company of a lead, deal or invoice; 0 = none. A contact's companies are bindings. */
	companyId: number;
	currencyId: string | null;
	/** Kopecks. */
	opportunity: number;
	isManualOpportunity: Flag;
	/** Kopecks. */
	taxValue: number;
	/** Employees that watch. */
	observers: readonly number[];
	readonly [field: string]: unknown;
};

/** A phone, e-mail, site or messenger of a lead, contact or company. */
export type MultifieldRow = {
	id: number;
	/** `3:12`: entity type and id. */
	owner: string;
	typeId: MultifieldType;
	valueType: string;
	value: string;
	/** What duplicates are looked for by: `PHONE 79161234567`, `EMAIL a@example.com`. */
	communication: string;
};

export const MULTIFIELD_TYPES = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const;
export type MultifieldType = (typeof MULTIFIELD_TYPES)[number];

/** That a contact belongs to a lead, deal or invoice. */
export type ContactBindingRow = {
	id: number;
	/** `2:55`: entity type and id. */
	owner: string;
	contactId: number;
	sort: number;
	isPrimary: Flag;
};

/** That a contact works for a company. */
export type CompanyBindingRow = { id: number; contactId: number; companyId: number; sort: number; isPrimary: Flag };

/** A line of goods of a lead, deal or invoice. Prices in roubles, for one unit, to eight decimals. */
export type ProductRowRow = {
	id: number;
	/** `2:55`: entity type and id. */
	owner: string;
	/** 0 = not from the catalog. */
	productId: number;
	productName: string;
	/** What the customer pays: with discount and VAT. */
	price: number;
	/** With discount, without VAT. */
	priceExclusive: number;
	/** Without discount and VAT. */
	priceNetto: number;
	/** Without discount, with VAT. */
	priceBrutto: number;
	quantity: number;
	/** 1 = a sum, 2 = per cent. */
	discountTypeId: 1 | 2;
	discountRate: number;
	discountSum: number;
	/** Per cent; null = without VAT. */
	taxRate: number | null;
	taxIncluded: Flag;
	taxName: string;
	measureCode: number;
	measureName: string;
	sort: number;
};

/** A stage, source, type: an entry of one of CRM's books. */
export type CrmStatusRow = {
	id: number;
	/** The book: `DEAL_STAGE`, `DEAL_STAGE_5`, `SOURCE`, … */
	entityId: string;
	statusId: string;
	name: string;
	nameInit: string;
	sort: number;
	system: Flag;
	categoryId: number | null;
	color: string;
	/** Of stages: won, lost; null = under way. */
	semantics: 'S' | 'F' | null;
};

/** A pipeline. Id 0 is the common one of deals. */
export type CrmCategoryRow = {
	id: number;
	entityTypeId: number;
	name: string;
	sort: number;
	isDefault: Flag;
};

export const USER_FIELD_TYPES = [
	'string',
	'integer',
	'double',
	'boolean',
	'datetime',
	'date',
	'money',
	'url',
	'address',
	'enumeration',
	'employee',
	'crm_status',
	'crm',
] as const;
export type UserFieldType = (typeof USER_FIELD_TYPES)[number];

/** A field that a portal's people (or applications) added. */
export type UserFieldRow = {
	id: number;
	/** `CRM_DEAL`, `CRM_CONTACT`, `CRM_COMPANY`, `CRM_LEAD`, `CRM_SMART_INVOICE` */
	entityId: string;
	/** With its prefix: `UF_CRM_…` */
	fieldName: string;
	userTypeId: UserFieldType;
	xmlId: string | null;
	sort: number;
	multiple: Flag;
	mandatory: Flag;
	showFilter: string;
	showInList: Flag;
	editInList: Flag;
	isSearchable: Flag;
	settings: Record<string, unknown>;
	/** The label, by language. */
	labels: Record<string, string>;
	/** Of `enumeration`. */
	list: readonly UserFieldOption[];
};

export type UserFieldOption = { id: number; value: string; sort: number; def: Flag; xmlId: string };

/** A template of requisites: an organization's, an entrepreneur's, a person's. Names as on the wire. */
export type PresetRow = {
	id: number;
	ENTITY_TYPE_ID: number;
	COUNTRY_ID: number;
	NAME: string;
	XML_ID: string;
	ACTIVE: Flag;
	SORT: number;
	DATE_CREATE: number;
	DATE_MODIFY: number | null;
	CREATED_BY_ID: number;
	MODIFY_BY_ID: number | null;
};

/** What requisites and bank details have in common. Names as on the wire. */
type DetailRow = {
	readonly id: number;
	ENTITY_TYPE_ID: number;
	ENTITY_ID: number;
	DATE_CREATE: number;
	/** null = never changed. */
	DATE_MODIFY: number | null;
	CREATED_BY_ID: number;
	MODIFY_BY_ID: number | null;
	NAME: string | null;
	readonly [field: string]: unknown;
};

/** The legal details of a contact or company. */
export type RequisiteRow = DetailRow & { PRESET_ID: number; RQ_INN: string | null };

/** A bank account of a requisite. */
export type BankDetailRow = DetailRow & { COUNTRY_ID: number };

/** An address of a requisite or lead: one of each type. */
export type AddressRow = {
	readonly id: number;
	/** `8:27`: whose it is. */
	owner: string;
	TYPE_ID: number;
	ENTITY_TYPE_ID: number;
	ENTITY_ID: number;
	readonly [field: string]: unknown;
};

/** Which requisites of the client, and of one's own company, a deal or invoice goes by. 0 = none. */
export type RequisiteLinkRow = {
	id: number;
	/** `2:55`: whose it is. */
	owner: string;
	ENTITY_TYPE_ID: number;
	ENTITY_ID: number;
	REQUISITE_ID: number;
	BANK_DETAIL_ID: number;
	MC_REQUISITE_ID: number;
	MC_BANK_DETAIL_ID: number;
};

/** What somebody wrote into the history of an object. */
export type TimelineCommentRow = {
	id: number;
	/** `deal:55`: whose history it is. */
	owner: string;
	authorId: number;
	comment: string;
	created: number;
	fileIds: readonly number[];
};

/** That an order of the shop belongs to a deal or invoice: one for an order. */
export type OrderEntityRow = { id: number; orderId: number; ownerTypeId: number; ownerId: number };

/** A group chat. */
export type ChatRow = {
	id: number;
	title: string;
	owner: number;
	userIds: readonly number[];
	color: string;
	created: number;
};

/** A message of a chat, or between two users. */
export type ChatMessageRow = {
	id: number;
	/** `chat13`, or the two users: `1-4`. */
	dialog: string;
	authorId: number;
	text: string;
	/** Shown as the portal's own. */
	system: Flag;
	date: number;
};
