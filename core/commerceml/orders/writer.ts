import { Decimal } from '../../model/decimal';
import type { Customer } from '../../model/order';
import { XmlWriter } from '../xml/writer';
import type { OrderCopy } from './copy';
import { DELIVERY } from './lines';

/** Something that has happened to an order, by the clocks of the site: `2026-11-21T12:30:00`. */
export interface Happened {
	at: string;
	/** Of the document. */
	number: string;
}

/** An order as it is sent to a site: whole, whatever has changed of it. */
export interface OrderDocument {
	/** By what the site finds the order; for one of its own the id that it exported it with. */
	number: string;
	/** The lines as the site exported them. */
	copy: Pick<OrderCopy, 'day' | 'time' | 'currency' | 'total' | 'lines' | 'delivery' | 'vatIncluded'>;
	/** A document without this mark reopens a cancelled order. */
	canceled: boolean;
	/** Why it is cancelled, or a comment on a new order. Nothing is said when it is missing: the site keeps its comment. */
	comment?: string;
	number1c?: string;
	status?: string;
	paid?: Happened;
	/** All of it. */
	shipped?: Happened;
	/** Of a new order. */
	customer?: Customer & { address: string | null };
}

/** The classic path: others refuse where the site keeps stocks or reserves. */
const SCHEMA = '2.08';

/**
 * The same in every document: a site that has seen it once leaves lines and comment alone from then on, and only takes in
 * what has happened to the order.
 */
const VERSION = '1';

/**
 * Writes documents of orders, chunk by chunk. `formed` is the moment by the clocks of the site. Source: how the importer of a
 * site takes them (module sale 25).
 */
export function* writeOrderDocuments(documents: Iterable<OrderDocument>, formed: string): Generator<Uint8Array> {
	const writer = new XmlWriter();
	writer.begin('КоммерческаяИнформация', { ВерсияСхемы: SCHEMA, ДатаФормирования: formed });
	for (const document of documents) {
		writeDocument(writer, document);
		if (writer.isFull) yield writer.take();
	}
	writer.end('КоммерческаяИнформация');
	yield writer.finish();
}

function writeDocument(writer: XmlWriter, { number, copy, canceled, comment, number1c, status, paid, shipped, customer }: OrderDocument): void {
	writer.begin('Документ');
	// A site that does not find the number looks for this among the numbers of 1C: it must not be another order's.
	writer.leaf('Ид', `n8n-order-${number}`);
	writer.leaf('НомерВерсии', VERSION);
	writer.leaf('ПометкаУдаления', 'false');
	writer.leaf('Номер', number);
	if (number1c !== undefined) writer.leaf('Номер1С', number1c);
	writer.leaf('Дата', copy.day);
	writer.leaf('Время', copy.time);
	writer.leaf('ХозОперация', 'Заказ товара');
	writer.leaf('Роль', 'Продавец');
	writer.leaf('Валюта', copy.currency);
	writer.leaf('Курс', '1');
	writer.leaf('Сумма', copy.total);
	if (customer) writeCustomer(writer, customer);
	if (comment !== undefined) writer.leaf('Комментарий', comment);
	if (copy.vatIncluded !== null) writeTax(writer, copy.vatIncluded);
	writeLines(writer, copy);
	writeRequisites(writer, [
		['Отменен', String(canceled)],
		...(status === undefined ? [] : [['Статуса заказа ИД', status] as const]),
		...happened(paid, 'Дата оплаты по 1С', 'Номер оплаты по 1С'),
		...happened(shipped, 'Дата отгрузки по 1С', 'Номер отгрузки по 1С'),
	]);
	writer.end('Документ');
}

const happened = (one: Happened | undefined, date: string, number: string): Array<readonly [string, string]> =>
	one === undefined ? [] : [[date, one.at], ...(one.number === '' ? [] : [[number, one.number] as const])];

function writeTax(writer: XmlWriter, included: boolean): void {
	writer.begin('Налоги');
	writer.begin('Налог');
	writer.leaf('Наименование', 'НДС');
	writer.leaf('УчтеноВСумме', String(included));
	writer.end('Налог');
	writer.end('Налоги');
}

/** The delivery comes first: a new line that is met before it makes it free. A line of no quantity would become a copy of its neighbour. */
function writeLines(writer: XmlWriter, { lines, delivery }: OrderDocument['copy']): void {
	writer.begin('Товары');
	if (delivery !== null && !Decimal.of(delivery).equals('0'))
		writeLine(writer, { key: DELIVERY, name: 'Доставка заказа', unit: null, price: delivery, discount: '0', quantity: '1', vat: null }, 'Услуга');
	for (const line of lines) if (!Decimal.of(line.quantity).equals('0')) writeLine(writer, line, 'Товар');
	writer.end('Товары');
}

/** Only the delivery is a service there: the price of any other one would become its price. */
function writeLine(writer: XmlWriter, { key, name, unit, price, discount, quantity, vat }: OrderCopy['lines'][number], kind: 'Товар' | 'Услуга'): void {
	writer.begin('Товар');
	writer.leaf('Ид', key ?? '');
	writer.leaf('Наименование', name);
	if (unit?.code) {
		writer.begin('Единица');
		writer.leaf('Ид', unit.code);
		writer.leaf('Код', unit.code);
		writer.leaf('НаименованиеПолное', unit.name ?? '');
		writer.end('Единица');
		writer.leaf('Коэффициент', '1');
	}
	if (!Decimal.of(discount).equals('0')) {
		writer.begin('Скидки');
		writer.begin('Скидка');
		writer.leaf('Наименование', 'Скидка на товар');
		writer.leaf('Сумма', discount);
		writer.leaf('УчтеноВСумме', 'true');
		writer.end('Скидка');
		writer.end('Скидки');
	}
	writer.leaf('ЦенаЗаЕдиницу', price);
	writer.leaf('Количество', quantity);
	writer.leaf('Сумма', Decimal.of(price).times(quantity).toString());
	writeRequisites(writer, [['ВидНоменклатуры', kind], ['ТипНоменклатуры', kind]]);
	if (vat !== null) {
		writer.begin('СтавкиНалогов');
		writer.begin('СтавкаНалога');
		writer.leaf('Наименование', 'НДС');
		writer.leaf('Ставка', vat);
		writer.end('СтавкаНалога');
		writer.end('СтавкиНалогов');
	}
	writer.end('Товар');
}

function writeRequisites(writer: XmlWriter, pairs: ReadonlyArray<readonly [string, string]>): void {
	writer.begin('ЗначенияРеквизитов');
	for (const [name, value] of pairs) {
		writer.begin('ЗначениеРеквизита');
		writer.leaf('Наименование', name);
		writer.leaf('Значение', value);
		writer.end('ЗначениеРеквизита');
	}
	writer.end('ЗначенияРеквизитов');
}

function writeCustomer(writer: XmlWriter, { kind, userId, name, company, inn, kpp, legalAddress, phone, email, address }: NonNullable<OrderDocument['customer']>): void {
	const isLegal = kind === 'legal';
	const leaf = (element: string, text: string | null): void => {
		if (text) writer.leaf(element, text);
	};
	const shown = (element: string, text: string | null): void => {
		if (!text) return;
		writer.begin(element);
		writer.leaf('Представление', text);
		writer.end(element);
	};
	writer.begin('Контрагенты');
	writer.begin('Контрагент');
	leaf('Ид', userId);
	leaf('Наименование', (isLegal ? company : name) ?? name ?? company);
	leaf(isLegal ? 'ОфициальноеНаименование' : 'ПолноеНаименование', isLegal ? (company ?? name) : name);
	shown('ЮридическийАдрес', isLegal ? legalAddress : null);
	leaf('ИНН', inn);
	leaf('КПП', kpp);
	shown(isLegal ? 'Адрес' : 'АдресРегистрации', address);
	writeContacts(writer, [['Телефон рабочий', phone], ['Электронная почта', email]]);
	writer.leaf('Роль', 'Покупатель');
	writer.end('Контрагент');
	writer.end('Контрагенты');
}

function writeContacts(writer: XmlWriter, contacts: ReadonlyArray<readonly [string, string | null]>): void {
	const said = contacts.filter(([, value]) => value);
	if (said.length === 0) return;
	writer.begin('Контакты');
	for (const [type, value] of said) {
		writer.begin('Контакт');
		writer.leaf('Тип', type);
		writer.leaf('Значение', value ?? '');
		writer.end('Контакт');
	}
	writer.end('Контакты');
}
