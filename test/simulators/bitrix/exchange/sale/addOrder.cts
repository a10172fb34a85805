import type { Portal } from '../../portal.cts';
import { blankOrder, blankPayment, blankShipment } from '../../sale/blankRows.cts';
import { addShipmentItem } from '../../sale/distribution.cts';
import { beginOrder } from '../../sale/orderMethods.cts';
import { recalculate } from '../../sale/orderState.cts';
import { unpaidSum } from '../../sale/paymentMethods.cts';
import type { OrderRow } from '../../sale/rows.cts';
import { parseMoment } from '../../wire/dates.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, textOf, type XmlNode } from '../xml/node.cts';
import { customerCode } from './customer.cts';
import { readLines } from './readLine.cts';
import { addLine, setDelivery } from './rewriteLines.cts';

/** A new order of a customer that the document names. Without a customer's id nothing is made. */
export function addOrder({ portal }: ExchangeSite, document: XmlNode): string[] {
	const customer = child(child(document, 'Контрагенты'), 'Контрагент');
	if (!customer || (textOf(customer, 'Ид') ?? '') === '') return [];
	const order = beginOrder(portal, portal.store.orders.add(headOf(portal, document, customer)));
	fillProperties(portal, order, customer);
	const warnings: string[] = [];
	const lines = readLines(document);
	for (const line of lines) if (line.kind === 'Товар') warnings.push(...addLine(portal, order, line));
	addParts(portal, order, lines.find(({ kind }) => kind === 'Услуга')?.price ?? 0);
	portal.store.orders.update(order.id, { updated1c: 'Y' });
	return warnings;
}

function headOf(portal: Portal, document: XmlNode, customer: XmlNode): Omit<OrderRow, 'id'> {
	const made = parseMoment(`${textOf(document, 'Дата') ?? ''}T${textOf(document, 'Время') ?? '00:00:00'}`);
	return {
		...blankOrder(portal),
		userId: userOf(portal, customer),
		personTypeId: personTypeOf(portal, customer),
		comments: textOf(document, 'Комментарий') ?? '',
		externalOrder: 'Y',
		id1c: textOf(document, 'Номер1С') || (textOf(document, 'Ид') ?? ''),
		version1c: textOf(document, 'НомерВерсии') ?? '',
		...(made !== undefined && { dateInsert: made }),
	};
}

/** Who ordered under this code before; else whose number the code begins with; else somebody new. */
function userOf(portal: Portal, customer: XmlNode): number {
	const code = textOf(customer, 'Ид') ?? '';
	const before = portal.store.orders.all().find((order) => customerCode(portal, order) === code);
	if (before) return before.userId;
	const number = Number(/^(\d+)#/.exec(code)?.[1]);
	const known = portal.users.find(({ id }) => id === number);
	if (known) return known.id;
	const id = Math.max(2000, ...portal.users.map((user) => user.id)) + 1;
	portal.users.push({
		id,
		name: textOf(customer, 'Наименование') ?? '',
		lastName: '',
		email: '',
		admin: false,
		rights: [],
		active: true,
	});
	return id;
}

/** Who has a tax number is a company, or an entrepreneur, whom the shop treats as one. */
function personTypeOf({ store }: Portal, customer: XmlNode): number {
	const domain = (textOf(customer, 'ИНН') ?? '') === '' ? 'I' : 'E';
	return store.personTypes.all().find((type) => type.domain === domain)?.id ?? 0;
}

function fillProperties({ store }: Portal, { id }: OrderRow, customer: XmlNode): void {
	const contact = (word: RegExp): string | undefined => {
		const found = childrenOf(child(customer, 'Контакты'), 'Контакт').find((node) => word.test(textOf(node, 'Тип') ?? ''));
		return textOf(found, 'Значение');
	};
	const values: Record<string, string | undefined> = {
		FIO: textOf(customer, 'ПолноеНаименование') ?? textOf(customer, 'Наименование'),
		COMPANY: textOf(customer, 'ОфициальноеНаименование') ?? textOf(customer, 'Наименование'),
		COMPANY_ADR: textOf(child(customer, 'ЮридическийАдрес'), 'Представление'),
		INN: textOf(customer, 'ИНН'),
		KPP: textOf(customer, 'КПП'),
		PHONE: contact(/телефон/i),
		EMAIL: contact(/почта/i),
		ADDRESS: textOf(child(customer, 'АдресРегистрации') ?? child(customer, 'Адрес'), 'Представление'),
	};
	for (const row of store.orderPropertyValues.where('orderId', id)) {
		const value = values[row.code];
		if (value !== undefined) store.orderPropertyValues.update(row.id, { value });
	}
}

/** One shipment with everything, and one payment of the whole. */
function addParts(portal: Portal, begun: OrderRow, delivery: number): void {
	const { shipments, basket, deliveries, payments, paySystems } = portal.store;
	const service = deliveries.all()[0];
	const shipment = shipments.add({
		...blankShipment(portal, begun),
		deliveryId: service?.id ?? 0,
		deliveryName: service?.NAME ?? '',
	});
	for (const item of basket.where('orderId', begun.id)) addShipmentItem(portal, shipment, item, item.quantity);
	setDelivery(portal, begun, delivery);
	const order = recalculate(portal, begun.id) ?? begun;
	const system = paySystems.all()[0];
	payments.add({
		...blankPayment(portal, order),
		sum: unpaidSum(portal, order),
		paySystemId: system?.id ?? 0,
		paySystemName: system?.NAME ?? '',
	});
}
