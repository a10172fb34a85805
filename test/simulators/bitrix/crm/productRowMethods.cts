import type { Method, MethodCall } from '../methods/method.cts';
import { ok } from '../methods/method.cts';
import { PAGE } from '../fields/list.cts';
import type { Portal } from '../portal.cts';
import type { MethodResult } from '../wire/envelope.cts';
import { asInteger, asList, asNumber, asText, isMap, type Params } from '../wire/params.cts';
import { missingParameter, plainError, RestError } from '../wire/restError.cts';
import { CRM_ENTITIES, DEAL, LEAD, ownerKey, type CrmEntity } from './entities.cts';
import { authorOf, deniedItem, deniedLegacy, legacyObject, legacyParams } from './calls.cts';
import { rowsOf, setRows, typeOfRow, type ProductRowDraft } from './productRows.cts';
import type { CrmRow, ProductRowRow } from './rows.cts';
import { touchObject } from './writes.cts';

/** Lines of goods of the older form: of deals and leads. */
const legacyMethods = (entity: CrmEntity): Method[] => [
	{
		name: `${entity.prefix}.productrows.get`,
		scope: 'crm',
		right: 'crm.read',
		denied: deniedLegacy,
		run: (call) => {
			const object = legacyObject(call, entity, 'The parameter id is invalid or not defined.');
			return ok(
				rowsOf(call.portal, ownerKey(entity, object.id)).map((row) => showLegacyRow(call.portal, entity, object, row)),
			);
		},
	},
	{
		name: `${entity.prefix}.productrows.set`,
		scope: 'crm',
		right: 'crm.write',
		denied: deniedLegacy,
		run: (call) => {
			const object = legacyObject(call, entity, 'The parameter id is invalid or not defined.');
			const rows = asList(legacyParams(call.params).rows);
			if (!rows) throw plainError('The parameter rows must be array.');
			replaceRows(call, entity, object, rows.filter(isMap).map(readLegacyRow));
			return ok(true);
		},
	},
];

export const productRowMethods: Method[] = [
	...legacyMethods(DEAL),
	...legacyMethods(LEAD),
	{
		name: 'crm.item.productrow.list',
		scope: 'crm',
		right: 'crm.read',
		denied: deniedItem,
		run: listRows,
	},
	{
		name: 'crm.item.productrow.set',
		scope: 'crm',
		right: 'crm.write',
		denied: deniedItem,
		parameters: { ownerType: 'text', ownerId: 'integer', productRows: 'list' },
		run: (call) => {
			const { portal, params } = call;
			const { entity, object } = ownerOf(portal, params.ownerType, params.ownerId);
			const drafts = (asList(params.productRows) ?? []).filter(isMap).map(readItemRow);
			for (const { productId } of drafts) {
				if (productId > 0 && !portal.store.elements.get(productId))
					throw new RestError('INVALID_ARG_VALUE', `Product with id ${productId} was not found`);
			}
			const rows = replaceRows(call, entity, object, drafts);
			return ok({ productRows: rows.map((row) => showItemRow(portal, entity, object, row)) });
		},
	},
];

function replaceRows(call: MethodCall, entity: CrmEntity, object: CrmRow, drafts: ProductRowDraft[]): ProductRowRow[] {
	const rows = setRows(call.portal, entity, object, drafts);
	touchObject(authorOf(call, 'legacy'), entity, object.id);
	return rows;
}

/** Throws for a kind of objects that has no lines, and for an object that does not exist. */
function ownerOf(portal: Portal, ownerType: unknown, ownerId: unknown): { entity: CrmEntity; object: CrmRow } {
	const entity = CRM_ENTITIES.find((candidate) => candidate.ownerType === ownerType && candidate.hasStages);
	if (!entity) throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported');
	const object = entity.table(portal).get(asInteger(ownerId));
	if (!object) throw new RestError('OWNER_NOT_FOUND', 'Owner was not found');
	return { entity, object };
}

const COMPARISONS: Record<string, (one: number, other: number) => boolean> = {
	'': (one, other) => one === other,
	'=': (one, other) => one === other,
	'!=': (one, other) => one !== other,
	'>': (one, other) => one > other,
	'>=': (one, other) => one >= other,
	'<': (one, other) => one < other,
	'<=': (one, other) => one <= other,
};

/** Only lines of one object can be listed, by their id and product; other conditions are ignored. */
function listRows({ portal, params }: MethodCall): MethodResult {
	const filter = isMap(params.filter) ? params.filter : {};
	const { '=ownerType': ownerType, '=ownerId': ownerId, ...conditions } = filter;
	if (!isMap(params.filter)) throw missingParameter('filter');
	if (ownerType === undefined || ownerId === undefined)
		throw new RestError('REQUIRED_ARG_MISSING', 'Required arguments =ownerType, =ownerId are missing');
	const { entity, object } = ownerOf(portal, ownerType, ownerId);
	const found = rowsOf(portal, ownerKey(entity, object.id)).filter((row) => fulfilsAll(row, conditions));
	const order = isMap(params.order) ? params.order : {};
	const sorted = order.id === undefined ? found : found.sort((one, other) => one.id - other.id);
	if (/^desc/i.test(asText(order.id ?? order.sort))) sorted.reverse();
	const start = asInteger(params.start);
	const offset = Math.max(0, Math.floor(start / PAGE)) * PAGE;
	const page = sorted.slice(offset, offset + PAGE);
	const result = { productRows: page.map((row) => showItemRow(portal, entity, object, row)) };
	if (start === -1) return { result };
	return { result, total: sorted.length, ...(offset + PAGE < sorted.length && { next: offset + PAGE }) };
}

function fulfilsAll(row: ProductRowRow, conditions: Params): boolean {
	return Object.entries(conditions).every(([key, value]) => {
		const [, operator = '', name = ''] = /^(>=|<=|!=|[=<>@]?)(id|productId)$/.exec(key) ?? [];
		const stored = name === 'id' ? row.id : name === 'productId' ? row.productId : undefined;
		if (stored === undefined) return true;
		const list = asList(value);
		if (operator === '@' && name === 'id' && list) return list.some((item) => asInteger(item) === stored);
		const compare = list ? undefined : COMPARISONS[operator];
		return compare ? compare(stored, asInteger(value)) : true;
	});
}

/** What the older form asks of discounts: a rate or a sum for each kind. */
function readLegacyRow(row: Params): ProductRowDraft {
	const type = row.DISCOUNT_TYPE_ID;
	const isPercent = asInteger(type) !== 1;
	if (type !== undefined && isPercent && row.DISCOUNT_RATE === undefined)
		throw required('Discount Rate (DISCOUNT_RATE)', 'Percentage', '');
	if (type !== undefined && !isPercent && row.DISCOUNT_SUM === undefined)
		throw required('Discount Sum (DISCOUNT_SUM)', 'Monetary', '');
	if (isPercent && asNumber(row.DISCOUNT_RATE) >= 100 && row.DISCOUNT_SUM === undefined)
		throw required('Discount Sum (DISCOUNT_SUM)', 'Percentage', ' and Discount Rate (DISCOUNT_RATE) is 100%');
	return readRow({
		id: row.ID,
		productId: row.PRODUCT_ID,
		productName: row.PRODUCT_NAME,
		price: row.PRICE,
		quantity: row.QUANTITY,
		discountTypeId: type,
		discountRate: row.DISCOUNT_RATE,
		discountSum: row.DISCOUNT_SUM,
		taxRate: row.TAX_RATE,
		taxIncluded: row.TAX_INCLUDED,
		measureCode: row.MEASURE_CODE,
		measureName: row.MEASURE_NAME,
		sort: row.SORT,
	});
}

const required = (what: string, kind: string, more: string): RestError =>
	new RestError('ERROR_CORE', `${what} is required if ${kind} Discount Type (DISCOUNT_TYPE_ID) is defined${more}.<br>`);

/** The unit's name follows from its code here. The sheet calls `xmlId` a mark of origin; the documentation says that it is ignored: so it is. */
const readItemRow = ({ measureName: _, ...row }: Params): ProductRowDraft => readRow(row);

function readRow(row: Params): ProductRowDraft {
	const has = (name: string): boolean => row[name] !== undefined && row[name] !== null && row[name] !== '';
	return {
		...(has('id') && { id: asInteger(row.id) }),
		...(has('productName') && { productName: asText(row.productName) }),
		...(has('taxName') && { taxName: asText(row.taxName) }),
		...(has('measureCode') && { measureCode: asInteger(row.measureCode) }),
		...(has('measureName') && { measureName: asText(row.measureName) }),
		productId: asInteger(row.productId),
		price: asNumber(row.price),
		quantity: has('quantity') ? asNumber(row.quantity) : 1,
		discountTypeId: asInteger(row.discountTypeId) === 1 ? 1 : 2,
		discountRate: asNumber(row.discountRate),
		discountSum: asNumber(row.discountSum),
		taxRate: has('taxRate') ? asNumber(row.taxRate) : null,
		taxIncluded: row.taxIncluded === 'Y' ? 'Y' : 'N',
		sort: asInteger(row.sort),
	};
}

/** Ids are texts, all else are numbers. */
function showLegacyRow(portal: Portal, { ownerType }: CrmEntity, { id: ownerId }: CrmRow, row: ProductRowRow): Params {
	const element = portal.store.elements.get(row.productId);
	return {
		ID: String(row.id),
		OWNER_ID: String(ownerId),
		OWNER_TYPE: ownerType,
		PRODUCT_ID: row.productId,
		PRODUCT_NAME: row.productName,
		ORIGINAL_PRODUCT_NAME: element?.name ?? row.productName,
		PRODUCT_DESCRIPTION: element?.detailText ?? null,
		PRICE: row.price,
		PRICE_EXCLUSIVE: row.priceExclusive,
		PRICE_NETTO: row.priceNetto,
		PRICE_BRUTTO: row.priceBrutto,
		PRICE_ACCOUNT: row.price.toFixed(2),
		QUANTITY: row.quantity,
		DISCOUNT_TYPE_ID: row.discountTypeId,
		DISCOUNT_RATE: row.discountRate,
		DISCOUNT_SUM: row.discountSum,
		TAX_RATE: row.taxRate,
		TAX_INCLUDED: row.taxIncluded,
		CUSTOMIZED: 'Y',
		MEASURE_CODE: row.measureCode,
		MEASURE_NAME: row.measureName,
		SORT: row.sort,
		XML_ID: null,
		TYPE: typeOfRow(portal, row),
		STORE_ID: null,
		RESERVE_ID: null,
		DATE_RESERVE_END: null,
		RESERVE_QUANTITY: null,
	};
}

function showItemRow(portal: Portal, { ownerType }: CrmEntity, { id: ownerId }: CrmRow, row: ProductRowRow): Params {
	const { owner: _, id, ...fields } = row;
	return {
		id,
		ownerId,
		ownerType,
		...fields,
		priceAccount: row.price,
		customized: 'Y',
		xmlId: '',
		type: typeOfRow(portal, row),
		storeId: null,
	};
}
