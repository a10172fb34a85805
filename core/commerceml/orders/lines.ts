import { Decimal } from '../../model/decimal';
import type { OrderLine } from '../../model/order';
import { eachIn } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import { passedOver, readPair, readParts } from './parts';
import { Requisites } from './requisites';

/** Id of the line that stands for the delivery. */
export const DELIVERY = 'ORDER_DELIVERY';

/** A line of an order as its document says it; amounts are decimal texts in major units. */
export interface ReadLine extends OrderLine {
	/** Whether VAT is said to be in the price; null when it is not said. */
	taxIncluded: boolean | null;
	/** Off the price of one unit; '0' when there is none. */
	discount: string;
}

/** `Товары` of an order, where the delivery is a line among goods. */
export interface ReadLines {
	lines: ReadLine[];
	/** What the line of the delivery costs; null when there is none. */
	delivery: string | null;
}

/** What a line says, before its id is known for sure. */
interface Said {
	key: string;
	name: string;
	price: string | null;
	quantity: string | null;
	sum: string | null;
	unit: OrderLine['unit'];
	discount: Decimal;
	rate: string | null;
	taxIncluded: boolean | null;
	requisites: Requisites;
	marking: string;
}

/**
 * The lines of an element `Товары`. A line without price or quantity makes the order unreadable, by its empty number. Sums that
 * do not fit price and quantity are a finding.
 */
export function readLines(element: XmlElement, reading: Reading): ReadLines {
	const read: ReadLines = { lines: [], delivery: null };
	const ids = new Map<string, number>();
	eachIn(element, 'Товар', reading, (one) => {
		const said = readSaid(one, reading);
		checkSum(said, reading);
		if (said.key === DELIVERY) read.delivery = Decimal.of(read.delivery ?? '0').plus(costOf(said)).toString();
		else read.lines.push(lineOf(said, ids));
	});
	return read;
}

const costOf = ({ price, quantity, sum }: Said): Decimal => (price !== null && quantity !== null ? Decimal.of(price).times(quantity) : Decimal.of(sum ?? '0'));

function lineOf(said: Said, ids: Map<string, number>): ReadLine {
	const { key, name, price, quantity, unit, discount, rate, taxIncluded, requisites, marking } = said;
	const position = requisites.text('НомерПозицииКорзины');
	requisites.text('ВидНоменклатуры', 'ТипНоменклатуры');
	const properties = requisites.rest().map((pair) => {
		const code = pair.name.replace(/^СвойствоКорзины#/, '');
		return { code, name: code, value: pair.value };
	});
	return {
		id: freeId(position || key || name || 'line', ids),
		key: key === '' ? null : key,
		productId: null,
		name: name || key,
		quantity: quantity ?? '',
		unit,
		price: price ?? '',
		basePrice: price === null ? null : discount.plus(price).toString(),
		vat: rate,
		vatIncluded: taxIncluded ?? true,
		properties: marking === '' ? properties : [...properties, { code: 'ГруппаМаркировки', name: 'ГруппаМаркировки', value: marking }],
		taxIncluded,
		discount: discount.toString(),
	};
}

/** Positions are the last five digits of ids: two lines of an order may have the same. Lines come in one order each time. */
function freeId(id: string, ids: Map<string, number>): string {
	let free = id;
	let number = ids.get(id) ?? 1;
	for (; ids.has(free); free = `${id}~${number}`) number += 1;
	ids.set(id, number);
	ids.set(free, ids.get(free) ?? 1);
	return free;
}

/** Half a kopeck: sums may be rounded. */
const CLOSE = '0.005';

function checkSum({ price, quantity, sum }: Said, reading: Reading): void {
	if (price === null || quantity === null || sum === null) return;
	const wanted = Decimal.of(price).times(quantity);
	const difference = wanted.minus(sum);
	const size = difference.compare('0') < 0 ? difference.negated() : difference;
	if (size.compare(CLOSE) > 0) reading.note('ORDER_DOCUMENT_LINE_DIFFERS', 'Товары/Товар/Сумма', { sum, wanted: wanted.toString() });
}

function readSaid(element: XmlElement, reading: Reading): Said {
	const said: Said = {
		key: '', name: '', price: null, quantity: null, sum: null, unit: null, discount: Decimal.zero, rate: null, taxIncluded: null, requisites: new Requisites(reading), marking: '',
	};
	readParts(element, reading, {
		Ид: (one) => void (said.key = reading.text(one).trim()),
		Наименование: (one) => void (said.name = reading.text(one).trim()),
		ЦенаЗаЕдиницу: (one) => void (said.price = reading.decimal(one)),
		Количество: (one) => void (said.quantity = reading.decimal(one)),
		Сумма: (one) => void (said.sum = reading.decimal(one)),
		БазоваяЕдиница: (one) => void (said.unit = baseUnit(one, reading)),
		Единица: (one) => void (said.unit = packUnit(one, reading)),
		Коэффициент: (one) => noteRatio(one, reading),
		Скидки: (one) => eachIn(one, 'Скидка', reading, (discount) => void (said.discount = said.discount.plus(discountOf(discount, reading)))),
		СтавкиНалогов: (one) => eachIn(one, 'СтавкаНалога', reading, (rate) => void (said.rate = rateOf(rate, reading))),
		Налоги: (one) => void (said.taxIncluded = taxesIncluded(one, reading)),
		ГруппаМаркировки: (one) => readParts(one, reading, { Код: (code) => void (said.marking = reading.text(code).trim()) }),
		ИдКаталога: passedOver,
		Артикул: passedOver,
	}, { ЗначенияРеквизитов: (one) => said.requisites.add(one) });
	return said;
}

/** The code is an attribute, or the text itself. */
function baseUnit(element: XmlElement, reading: Reading): OrderLine['unit'] {
	const shown = reading.text(element, ['Код', 'НаименованиеПолное', 'МеждународноеСокращение']).trim();
	// 1C fills codes up with spaces.
	const code = element.attributes.get('Код')?.trim() ?? (/^\d+$/.test(shown) ? shown : '');
	return code === '' && shown === '' ? null : { code: code || null, name: (shown === code ? '' : shown) || (element.attributes.get('НаименованиеПолное') ?? '') || null };
}

function packUnit(element: XmlElement, reading: Reading): OrderLine['unit'] {
	let [code, name] = ['', ''];
	readParts(element, reading, {
		Ид: passedOver,
		Код: (one) => void (code = reading.text(one).trim()),
		НаименованиеПолное: (one) => void (name = reading.text(one).trim()),
		НаименованиеКраткое: passedOver,
		МеждународноеСокращение: passedOver,
	});
	return code === '' && name === '' ? null : { code: code || null, name: name || null };
}

function noteRatio(element: XmlElement, reading: Reading): void {
	const ratio = reading.decimal(element);
	if (ratio !== null && ratio !== '1') reading.note('ORDER_DOCUMENT_RATIO', element.name, { ratio });
}

/** What is said not to be in the price would be a discount that is still to come: it is no part of the price. */
function discountOf(element: XmlElement, reading: Reading): string {
	let [sum, included]: [string | null, boolean] = [null, true];
	readParts(element, reading, {
		Наименование: passedOver,
		Процент: passedOver,
		Сумма: (one) => void (sum = reading.decimal(one)),
		УчтеноВСумме: (one) => void (included = reading.flag(one)),
	});
	return included ? (sum ?? '0') : '0';
}

/** A rate that is no number, such as “без НДС”, is none. */
function rateOf(element: XmlElement, reading: Reading): string | null {
	const text = readPair(element, reading, 'Наименование', 'Ставка').value.replace(/[%\s]/g, '');
	return /^\d+([.,]\d+)?$/.test(text) ? Decimal.of(text).toString() : null;
}

/** Whether all taxes of an element `Налоги` are in the sums; null when it says nothing, or both. */
export function taxesIncluded(element: XmlElement, reading: Reading): boolean | null {
	const said = new Set<boolean>();
	eachIn(element, 'Налог', reading, (tax) =>
		readParts(tax, reading, {
			Наименование: passedOver,
			Ставка: passedOver,
			Сумма: passedOver,
			УчтеноВСумме: (one) => void said.add(reading.flag(one)),
		}),
	);
	const [first = null] = said;
	return said.size === 1 ? first : null;
}
