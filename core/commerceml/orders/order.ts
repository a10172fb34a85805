import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { fingerprint } from '../../model/fingerprint';
import { orderSchema, type Order, type OrderProperty } from '../../model/order';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import type { OrderCopy } from './copy';
import { currencyOf, type CurrencyNames } from './currencies';
import { noCustomer, readCustomers, type ReadCustomer } from './customer';
import { readHead, type DocumentHead } from './documentHead';
import { readLines, taxesIncluded, type ReadLine } from './lines';
import { siteMoment } from './moments';
import { isPayment, paymentInOrder, paymentOf } from './payments';
import { LineBook, priced, SHIPMENT, shipmentInOrder, shipmentOf } from './shipments';
import { passedOver } from './parts';

/** How the documents of a site are understood. */
export interface OrderReading {
	source: Order['source'];
	/** IANA name of the time zone in which the clocks of the site go. */
	zone: string;
	currencies: CurrencyNames;
}

/** An order in the model, and the copy that has to go back with every change of it. */
export interface ReadOrder {
	order: Order;
	copy: OrderCopy;
}

const ORDER = 'Заказ товара';

interface OrderParts {
	head: DocumentHead;
	customer: ReadCustomer;
	lines: ReadLine[];
	delivery: string | null;
	taxIncluded: boolean | null;
	/** Documents of payments and shipments that stand inside of the order's. */
	below: readonly XmlElement[];
}

/** Whether a document is that of an order, as far as it says so (`ХозОперация`). */
export const isOrder = (element: XmlElement): boolean => [ORDER, ''].includes(element.textOf('ХозОперация')?.trim() ?? '');

/**
 * An order with the documents of its payments and shipments, in the model.
 * @param formed when the document was made, ISO; the site does not say when the order changed last
 * Throws ORDER_UNREADABLE.
 */
export function readOrder(element: XmlElement, beside: readonly XmlElement[], formed: string | null, settings: OrderReading, reading: Reading): ReadOrder {
	reading.object = element.textOf('Ид')?.trim() || null;
	const parts = readOrderParts(element, reading);
	const { head, customer, lines, delivery } = parts;
	const { zone } = settings;
	const { requisites } = head;
	const total = reading.decimalIn(head.sum, 'Документ/Сумма') ?? '';
	const paid = requisites.flag('Заказ оплачен');
	const book = new LineBook(lines);
	const documents = [...parts.below, ...beside].map((one) => readPart(one, book, zone, reading));
	const [onlyPayment, onlyShipment] = [paymentInOrder(head, total, paid, zone, reading), shipmentInOrder(head, delivery)];
	const payments = documents.flatMap((one) => ('payment' in one ? [one.payment] : []));
	const shipments = documents.flatMap((one) => ('shipment' in one ? [one.shipment] : []));
	const { status, statusName } = statusOf(head, reading);
	const statusAt = siteMoment(requisites.text('Дата изменения статуса'), zone);
	const created = siteMoment(`${head.day}T${head.time || '00:00:00'}`, zone) ?? null;
	const said = {
		source: settings.source,
		id: head.id,
		number: head.number || head.id,
		externalId: null,
		site: siteOf(requisites.text('Сайт')),
		createdAt: created,
		updatedAt: formed ?? created,
		status: { id: status, name: statusName, ...(statusAt !== undefined && { changedAt: statusAt }) },
		paid,
		canceled: requisites.flag('Отменен') || head.isRemoved,
		cancelReason: requisites.text('Причина отмены') || null,
		bornElsewhere: false,
		currency: currencyOf(head.currency, settings.currencies, reading),
		total,
		customer: customer.customer,
		address: requisites.text('Адрес доставки') || customer.address,
		customerComment: requisites.text('Комментарии покупателя') || null,
		managerComment: head.comment || null,
		lines: lines.map((line) => modelLine(line, parts)),
		shipments: shipments.length > 0 ? priced(shipments, delivery, reading) : onlyShipment,
		payments: payments.length > 0 ? payments : onlyPayment,
		properties: [...customer.properties, ...restOf(head)],
	};
	const parsed = orderSchema.safeParse(said);
	if (!parsed.success) throw unreadable(head.id, parsed.error.issues[0]);
	checkTotal(parsed.data, delivery, reading);
	return { order: parsed.data, copy: copyOf(parsed.data, parts) };
}

function unreadable(id: string, issue: { path: Array<string | number>; message: string } | undefined): SyncError {
	return new SyncError('ORDER_UNREADABLE', { id: id || '?', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown form'}` });
}

function readOrderParts(element: XmlElement, reading: Reading): OrderParts {
	const parts: Omit<OrderParts, 'head'> = { customer: noCustomer(), lines: [], delivery: null, taxIncluded: null, below: [] };
	const head = readHead(element, reading, {
		Контрагенты: (one) => void (parts.customer = readCustomers(one, reading)),
		Товары: (one) => void Object.assign(parts, readLines(one, reading)),
		Налоги: (one) => void (parts.taxIncluded = taxesIncluded(one, reading)),
		// It is in the prices of the lines; where it is not, the sum tells.
		Скидки: passedOver,
		ПодчиненныеДокументы: (one) => void (parts.below = one.children),
	});
	return { head, ...parts };
}

type Part = { payment: Order['payments'][number] } | { shipment: Order['shipments'][number] } | { nothing: true };

/** A document of a payment or shipment. One that was removed on the site comes once more, with a mark. */
function readPart(element: XmlElement, lines: LineBook, zone: string, reading: Reading): Part {
	let shipped: ReadLine[] = [];
	const head = readHead(element, reading, { Товары: (one) => void (shipped = readLines(one, reading).lines), Налоги: passedOver, Скидки: passedOver, Контрагенты: passedOver });
	if (head.isRemoved) return { nothing: true };
	if (isPayment(head.operation)) return { payment: paymentOf(head, element, zone, reading) };
	if (head.operation === SHIPMENT) return { shipment: shipmentOf(head, shipped, lines, reading) };
	reading.note('ORDER_DOCUMENT_KIND_UNKNOWN', element.name, { operation: head.operation.slice(0, 100) || 'nothing' });
	return { nothing: true };
}

/** `[N] Принят`: the id is said apart as well, by a name with a mistake in it. */
function statusOf({ requisites }: DocumentHead, reading: Reading): { status: string; statusName: string | null } {
	const shown = requisites.text('Статус заказа');
	const [, inBrackets = '', name = shown] = /^\[([^\]]+)\]\s*(.*)$/s.exec(shown) ?? [];
	const status = requisites.text('Статуса заказа ИД', 'Статус заказа ИД') || inBrackets || shown;
	if (status === '') reading.note('COMMERCEML_VALUE_MISSING', 'ЗначенияРеквизитов', { element: 'Статуса заказа ИД' });
	return { status: status || '-', statusName: name || null };
}

/** `[s1] Мой магазин` */
const siteOf = (shown: string): string | null => (/^\[([^\]]+)\]/.exec(shown)?.[1] ?? shown) || null;

/** Requisites of the site's own profile, which the user may want. What the model says elsewhere is left out. */
function restOf({ requisites }: DocumentHead): OrderProperty[] {
	requisites.text('Финальный статус', 'Дата отмены заказа');
	return requisites.rest().map(({ name, value }) => ({ id: name, code: name, name, values: [value.trim()] }));
}

function modelLine({ id, key, productId, name, quantity, unit, price, basePrice, vat, taxIncluded, properties }: ReadLine, parts: OrderParts): Order['lines'][number] {
	return { id, key, productId, name, quantity, unit, price, basePrice, vat, vatIncluded: taxIncluded ?? parts.taxIncluded ?? true, properties };
}

/** A kopeck: VAT on top of prices, and prices of packs, are rounded by the site. */
const CLOSE = '0.01';

function checkTotal({ lines, total }: Order, delivery: string | null, reading: Reading): void {
	let sum = Decimal.of(delivery ?? '0');
	for (const { price, quantity, vat, vatIncluded } of lines) {
		const net = Decimal.of(price).times(quantity);
		sum = sum.plus(vatIncluded || vat === null ? net : net.plus(net.times(vat).times('0.01')));
	}
	const difference = sum.minus(total);
	const size = difference.compare('0') < 0 ? difference.negated() : difference;
	if (size.compare(CLOSE) > 0) reading.note('ORDER_DOCUMENT_SUM_DIFFERS', 'Документ/Сумма', { sum: sum.round(4).toString(), total });
}

/** What tells orders apart must not change when the same order is read again. */
const orderMark = (order: Order): string => fingerprint(JSON.stringify({ ...order, updatedAt: '', source: null }));

function copyOf(order: Order, { head, lines, delivery }: OrderParts): OrderCopy {
	const rated = order.lines.filter(({ vat }) => vat !== null);
	const included = new Set(rated.map(({ vatIncluded }) => vatIncluded));
	const [vatIncluded = null] = included;
	const active = order.shipments.filter(({ canceled }) => !canceled);
	return {
		id: order.id,
		number: order.number,
		day: head.day,
		time: head.time,
		currency: head.currency,
		total: order.total,
		status: order.status.id,
		...(order.status.changedAt !== undefined && { statusAt: order.status.changedAt }),
		paid: order.paid,
		...(order.payments.some(({ paid }) => paid) && { money: true }),
		allowed: active.length > 0 && active.every(({ allowed }) => allowed),
		...(paymentsBeside(order) < 0 && { short: true }),
		...(paymentsBeside(order) > 0 && { long: true }),
		...(isPartOutside(order.lines, active) && { outside: true }),
		canceled: order.canceled,
		paySystems: [...new Set(order.payments.flatMap(({ paySystemId }) => paySystemId ?? []))],
		lines: order.lines.map(({ key, name, unit, price, quantity, vat }, index) => ({ key, name, unit, price, discount: lines[index]?.discount ?? '0', quantity, vat })),
		delivery,
		vatIncluded: included.size === 1 ? vatIncluded : null,
		...(head.number1c !== '' && { number1c: head.number1c }),
		mark: orderMark(order),
	};
}

/** Whether the shipments that tell what they hold leave goods of the order out. */
function isPartOutside(lines: Order['lines'], shipments: Order['shipments']): boolean {
	const items = shipments.flatMap((shipment) => shipment.items);
	const held = (id: string): Decimal => items.filter(({ lineId }) => lineId === id).reduce((sum, { quantity }) => sum.plus(quantity), Decimal.zero);
	return items.length > 0 && lines.some(({ id, quantity }) => held(id).compare(quantity) < 0);
}

/**
 * Whether the payments of an order come to less (-1) or more (1) than it costs. Where it has none that is no refund, the site makes one of
 * what is missing, and counts refunds as if they were there.
 */
function paymentsBeside({ payments, total }: Order): number {
	const due = payments.filter(({ refund }) => !refund);
	const sum = due.reduce((all, one) => all.plus(one.sum), Decimal.zero);
	return payments.length === 0 ? 0 : due.length === 0 ? -1 : sum.compare(total);
}
