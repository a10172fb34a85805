import type { Deal } from '../../bitrix/crm/deal';
import type { CrmField, CrmFields } from '../../bitrix/crm/field';
import type { PresentRow } from '../../bitrix/crm/productRow';
import type { Stage } from '../../bitrix/crm/stages';
import { presentCrmValue } from '../../bitrix/crm/value';
import { SyncError } from '../../errors';
import { orderSchema, type Customer, type Order, type OrderLine, type OrderProperty } from '../../model/order';
import { plainText } from '../fieldValue';

/** A contact or company with what an order wants to know of it. */
export interface DealCustomer {
	id: number;
	name: string | null;
	phone: string | null;
	email: string | null;
	inn: string | null;
	kpp: string | null;
	legalAddress: string | null;
}

/** A deal with everything that belongs to it. */
export interface WholeDeal {
	deal: Deal;
	rows: readonly PresentRow[];
	company: DealCustomer | undefined;
	contact: DealCustomer | undefined;
}

/** What deals of a portal refer to. */
export interface DealBooks {
	stages: readonly Stage[];
	fields: CrmFields;
	/** XML_IDs of the goods, by their ids in Bitrix. */
	goodsKeys: ReadonlyMap<number, string>;
}

/** A deal in the model of orders. Throws CRM_DEAL_UNREADABLE for amounts that are no numbers. */
export function orderOfDeal(whole: WholeDeal, books: DealBooks, source: Omit<Order['source'], 'entity'>): Order {
	const { deal, rows } = whole;
	const stage = books.stages.find(({ id }) => id === deal.stage);
	const parsed = orderSchema.safeParse({
		source: { ...source, entity: 'deal' },
		id: deal.id,
		number: String(deal.id),
		createdAt: deal.createdAt,
		updatedAt: deal.updatedAt,
		status: { id: deal.stage, name: stage?.name ?? null },
		canceled: stage?.meaning === 'lost',
		bornElsewhere: deal.originator !== '',
		currency: deal.currency,
		total: deal.sum,
		customer: customerOf(whole),
		address: null,
		customerComment: plainComment(deal.comments) || null,
		managerComment: null,
		lines: rows.map((row) => lineOf(row, books.goodsKeys)),
		properties: propertiesOf(deal, books.fields),
	});
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new SyncError('CRM_DEAL_UNREADABLE', { id: deal.id, reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` });
}

/** A company is the customer, and its contact the one to talk to; a deal without a company is the contact's. */
function customerOf({ company, contact }: WholeDeal): Customer {
	const of = company ?? contact;
	return {
		kind: company ? 'legal' : 'person',
		payerType: company ? { id: 'company', name: 'Company', code: null } : { id: 'contact', name: 'Contact', code: null },
		userId: company ? `company ${company.id}` : contact ? `contact ${contact.id}` : null,
		name: contact?.name ?? null,
		company: company?.name ?? null,
		inn: of?.inn ?? null,
		kpp: company?.kpp ?? null,
		legalAddress: company?.legalAddress ?? null,
		phone: contact?.phone ?? company?.phone ?? null,
		email: contact?.email ?? company?.email ?? null,
	};
}

const lineOf = ({ id, productId, name, quantity, measure, measureName, price, basePrice, vat }: PresentRow, keys: ReadonlyMap<number, string>): OrderLine => ({
	id,
	key: (productId !== null && keys.get(productId)) || null,
	productId: productId === null ? null : String(productId),
	name: name || (productId === null ? id : String(productId)),
	quantity,
	unit: measure === null && measureName === null ? null : { code: measure === null ? null : String(measure), name: measureName },
	price,
	basePrice,
	vat,
	// The price of a row is what the customer pays, whatever its tax flag says.
	vatIncluded: true,
	properties: [],
});

/** User fields under their names, so that mappings can name them as they name properties of store orders. */
function propertiesOf({ row }: Deal, fields: CrmFields): OrderProperty[] {
	return [...fields.values()].filter(({ name }) => name.startsWith('UF_CRM_')).flatMap((field) => {
		const values = shownValues(field, row[field.name]);
		return values.length === 0 ? [] : [{ id: field.name, code: field.name, name: field.label, values }];
	});
}

function shownValues(field: CrmField, raw: unknown): string[] {
	const { shown, canonical } = presentCrmValue(field, raw);
	return canonical === '' ? [] : [shown].flat().map((value) => plainText(value));
}

/** A comment without its markup. */
const plainComment = (text: string): string =>
	text
		.replace(/<br\s*\/?>|<\/p>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.replace(/\[\/?(b|i|u|s|p|url|img|list|size|color|font|quote|code|user)(=[^\]]*)?\]/gi, '')
		.replace(/&nbsp;/g, ' ')
		.trim();
