import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import type { Customer, Order } from '../model/order';
import { moySkladOrigin, type OriginKind } from '../sync/storeOrder/origin';
import { isLegal, propertiesFor, type PropertyRole, type RoleCodes, type SaleBooks } from './saleBooks';
import { saleOrderSchema, type SaleOrder } from './saleSchema';

/** How the order properties of a store are to be understood. */
export interface CustomerReading {
	/** Payer types that are companies; found out by themselves when empty. */
	legalPayerTypes: readonly string[];
	codes: RoleCodes;
}

type Source = Order['source'];

/** An order of `sale.order.get` as the store has it: amounts are decimal texts in major units, moments ISO 8601 in UTC. Throws ORDER_UNREADABLE. */
export function readSaleOrder(json: unknown): SaleOrder & { dateInsert: string; dateUpdate: string } {
	const parsed = saleOrderSchema.safeParse(json);
	if (!parsed.success) throw unreadable(json, parsed.error.issues[0]);
	const { dateInsert, dateUpdate } = parsed.data;
	if (dateInsert === null || dateUpdate === null) throw unreadable(json, { path: ['dateUpdate'], message: 'missing' });
	return { ...parsed.data, dateInsert, dateUpdate };
}

/** An order of `sale.order.get` in the model: amounts in major units, moments in UTC. Throws ORDER_UNREADABLE. */
export function toOrder(json: unknown, books: SaleBooks, source: Source, reading: CustomerReading): Order {
	const order = readSaleOrder(json);
	const told = (role: PropertyRole): string | null => valueFor(role, order, books, reading.codes);
	return {
		source,
		id: order.id,
		number: order.accountNumber ?? order.id,
		externalId: order.xmlId,
		site: order.lid,
		createdAt: order.dateInsert,
		updatedAt: order.dateUpdate,
		status: { id: order.statusId, name: books.statuses.get(order.statusId) ?? null },
		paid: order.payed,
		canceled: order.canceled,
		cancelReason: order.reasonCanceled,
		bornElsewhere: order.externalOrder,
		currency: order.currency,
		total: order.price,
		customer: toCustomer(order, books, reading, told),
		address: [told('zip'), told('city'), told('address')].filter((part) => part !== null).join(', ') || null,
		customerComment: order.userDescription,
		managerComment: order.comments,
		lines: order.basketItems.filter(({ setParentId }) => isOwnLine(setParentId)).map(toLine),
		shipments: order.shipments.filter(({ system }) => !system).map((shipment) => toShipment(shipment, books)),
		payments: order.payments.map((payment) => toPayment(payment, books)),
		properties: order.propertyValues.map(({ orderPropsId, code, name, value }) => ({
			id: orderPropsId,
			code,
			name: name ?? code ?? orderPropsId,
			values: textsOf(value),
		})),
	};
}

function unreadable(json: unknown, issue: { path: Array<string | number>; message: string } | undefined): SyncError {
	const id = (json as { id?: unknown } | null)?.id;
	return new SyncError('ORDER_UNREADABLE', {
		id: typeof id === 'number' || typeof id === 'string' ? id : '?',
		reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}`,
	});
}

/** A set's row names itself in some versions. */
export const isOwnLine = (setParentId: string | null): boolean => setParentId === null || setParentId === '0';

function toLine(item: SaleOrder['basketItems'][number]): Order['lines'][number] {
	const {
		id,
		productId,
		productXmlId,
		name,
		quantity,
		price,
		basePrice,
		vatRate,
		vatIncluded,
		measureCode,
		measureName,
		properties,
	} = item;
	return {
		id,
		key: productXmlId,
		productId: productId === '0' ? null : productId,
		name: name ?? productXmlId ?? id,
		quantity,
		unit: measureCode === null && measureName === null ? null : { code: measureCode, name: measureName },
		price,
		basePrice,
		vat: vatRate === null ? null : Decimal.of(vatRate).times(100).toString(),
		vatIncluded,
		properties: properties.map((property) => ({
			code: property.code,
			name: property.name ?? property.code ?? '',
			value: property.value ?? '',
		})),
	};
}

/** What the store keeps for a document of MoySklad must not become another one there. */
function standingFor(xmlId: string | null, kind: OriginKind): { standsFor?: string } {
	const origin = moySkladOrigin(xmlId);
	return origin?.kind === kind ? { standsFor: origin.id } : {};
}

function toShipment(shipment: SaleOrder['shipments'][number], { deliveries }: SaleBooks): Order['shipments'][number] {
	const {
		id,
		deliveryId,
		deliveryName,
		priceDelivery,
		allowDelivery,
		deducted,
		canceled,
		statusId,
		trackingNumber,
		shipmentItems,
		xmlId,
	} = shipment;
	return {
		id,
		...standingFor(xmlId, 'demand'),
		serviceId: deliveryId,
		name: deliveryName ?? deliveries.get(deliveryId ?? '') ?? null,
		price: canceled ? '0' : (priceDelivery ?? '0'),
		allowed: allowDelivery,
		shipped: deducted,
		canceled,
		statusId,
		trackingNumber,
		items: shipmentItems.map(({ basketId, quantity }) => ({ lineId: basketId, quantity })),
	};
}

function toPayment(payment: SaleOrder['payments'][number], { paySystems }: SaleBooks): Order['payments'][number] {
	const { id, paySystemId, paySystemName, paySystemIsCash, sum, paid, datePaid, payVoucherNum, payVoucherDate, isReturn, xmlId } =
		payment;
	const system = paySystems.get(paySystemId ?? '');
	return {
		id,
		...standingFor(xmlId, 'payment'),
		paySystemId,
		name: paySystemName ?? system?.name ?? null,
		cash:
			paySystemIsCash === undefined || paySystemIsCash === null
				? (system?.cash ?? null)
				: paySystemIsCash === 'Y' || paySystemIsCash === true,
		sum,
		paid,
		paidAt: datePaid,
		refund: isReturn === 'Y' || isReturn === 'P',
		documentNumber: payVoucherNum,
		documentDate: payVoucherDate,
	};
}

function toCustomer(
	order: SaleOrder,
	books: SaleBooks,
	{ legalPayerTypes, codes }: CustomerReading,
	told: (role: PropertyRole) => string | null,
): Customer {
	const { personTypeId, userId } = order;
	const known = books.payerTypes.find(({ id }) => id === personTypeId);
	const legal = isLegal(personTypeId, books, legalPayerTypes, codes);
	return {
		kind: legal ? 'legal' : 'person',
		payerType: { id: personTypeId, name: known?.name ?? null, code: known?.code ?? null },
		userId: userId === '0' ? null : userId,
		name: told('name'),
		company: told('company'),
		inn: told('inn'),
		kpp: legal ? told('kpp') : null,
		legalAddress: legal ? told('legalAddress') : null,
		phone: told('phone'),
		email: told('email'),
	};
}

/** The first filled property of the role. */
function valueFor(role: PropertyRole, order: SaleOrder, books: SaleBooks, codes: RoleCodes): string | null {
	for (const id of propertiesFor(role, order.personTypeId, books, codes)) {
		const [value] = textsOf(order.propertyValues.find(({ orderPropsId }) => orderPropsId === id)?.value);
		if (value !== undefined) return value;
	}
	return null;
}

/** Values of a property: one, several, or files by their names. */
function textsOf(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsOf);
	if (typeof value === 'object' && value !== null)
		return textsOf((value as Record<string, unknown>).ORIGINAL_NAME ?? (value as Record<string, unknown>).name);
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
	const text = String(value).trim();
	return text === '' ? [] : [text];
}
