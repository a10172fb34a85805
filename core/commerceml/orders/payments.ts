import type { OrderPayment } from '../../model/order';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import type { DocumentHead } from './documentHead';
import { momentIfSaid } from './moments';

/** Operations of payments, and whether money changes hands. */
const CASH: Readonly<Record<string, boolean>> = {
	'Выплата безналичных денег': false,
	'Выплата наличных денег': true,
	'Эквайринговая операция': false,
};

/** Whether a document of this operation (`ХозОперация`) is a payment. */
export const isPayment = (operation: string): boolean => Object.hasOwn(CASH, operation);

/** A document of a payment or refund in the model, its sum in major units. */
export function paymentOf(head: DocumentHead, element: XmlElement, zone: string, reading: Reading): OrderPayment {
	const { requisites } = head;
	// The order says these as well; why money went back is for the store's people.
	requisites.text('Отменен', 'Сайт', 'Причина к возврату');
	const payment = {
		id: head.id,
		paySystemId: requisites.text('Метод оплаты ИД') || null,
		name: requisites.text('Метод оплаты') || null,
		cash: CASH[head.operation] ?? null,
		sum: reading.decimalIn(head.sum, `${element.name}/Сумма`) ?? '',
		paid: requisites.flag('Оплачено'),
		paidAt: momentIfSaid(requisites.text('Дата оплаты'), 'Дата оплаты', zone, reading),
		refund: requisites.flag('Признак возврата'),
		documentNumber: requisites.text('Номер платежного документа') || null,
		documentDate: null,
	};
	noteRest(head, reading);
	return payment;
}

/** Requisites that no part of the model keeps. */
export function noteRest({ requisites }: DocumentHead, reading: Reading): void {
	for (const { name } of requisites.rest()) reading.unknown(`ЗначенияРеквизитов/${name.slice(0, 100)}`);
}

/** The only payment that an order tells of where payments have no documents of their own; its sum is that of the order, in major units. */
export function paymentInOrder({ requisites }: DocumentHead, total: string, paid: boolean, zone: string, reading: Reading): OrderPayment[] {
	const paySystemId = requisites.text('Метод оплаты ИД') || null;
	const name = requisites.text('Метод оплаты') || null;
	const documentNumber = requisites.text('Номер платежного документа') || null;
	const paidAt = momentIfSaid(requisites.text('Дата оплаты'), 'Дата оплаты', zone, reading);
	if (paySystemId === null && name === null) return [];
	return [{ id: 'payment', paySystemId, name, cash: null, sum: total, paid, paidAt, refund: false, documentNumber, documentDate: null }];
}
