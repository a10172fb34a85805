import type { Portal } from '../../portal.cts';
import type { BasketRow, OrderRow } from '../../sale/rows.cts';
import { lineVat, total } from '../../sale/sums.cts';
import { element, leaf, requisites } from '../xml/writer.cts';
import { money, plainMoney, product, quantity, type ExportFormat } from './format.cts';

const DELIVERY_ID = 'ORDER_DELIVERY';

const VAT = 'НДС';
const DEFAULT_MEASURE = 796;

/** What is exported of a basket: of a set its components in place of the set itself. */
export const exportedLines = ({ store }: Portal, { id }: OrderRow): BasketRow[] =>
	store.basket.where('orderId', id).filter((item) => item.type !== 1);

/** The goods of an order, and its delivery when it costs something. */
export function orderLines(portal: Portal, order: OrderRow, format: ExportFormat): string {
	const lines = exportedLines(portal, order).map((item) => basketLine(portal, item, item.quantity, format));
	const delivery = deliveryPrice(portal, order);
	return element('Товары', ...lines, delivery > 0 ? deliveryLine(portal, delivery, format) : undefined);
}

export const deliveryPrice = ({ store }: Portal, { id }: OrderRow): number =>
	total(
		store.shipments
			.where('orderId', id)
			.filter(({ system, canceled }) => system === 'N' && canceled === 'N')
			.map(({ priceDelivery }) => priceDelivery),
	);

/** A product of which external code and variant are one has one code only. */
const shownCode = ({ productXmlId }: BasketRow): string => {
	const [one, other, ...more] = productXmlId.split('#');
	return one !== undefined && one === other && more.length === 0 ? one : productXmlId;
};

/** `amount`: how much of it, in a shipment perhaps not all. */
export function basketLine(portal: Portal, item: BasketRow, amount: number, format: ExportFormat): string {
	return element(
		'Товар',
		leaf('Ид', shownCode(item)),
		leaf('ИдКаталога', item.catalogXmlId),
		leaf('Наименование', item.name),
		unit(portal, Number(item.measureCode) || DEFAULT_MEASURE, format),
		discount(item),
		leaf('ЦенаЗаЕдиницу', money(item.price)),
		leaf('Количество', quantity(amount)),
		leaf('Сумма', product(item.price, amount)),
		lineRequisites(portal, item),
		...tax(item),
	);
}

function deliveryLine(portal: Portal, price: number, format: ExportFormat): string {
	return element(
		'Товар',
		leaf('Ид', DELIVERY_ID),
		leaf('Наименование', 'Доставка заказа'),
		unit(portal, DEFAULT_MEASURE, format),
		leaf('ЦенаЗаЕдиницу', money(price)),
		leaf('Количество', 1),
		leaf('Сумма', money(price)),
		requisites([
			['ВидНоменклатуры', 'Услуга'],
			['ТипНоменклатуры', 'Услуга'],
		]),
	);
}

function unit({ store }: Portal, code: number, { isRicher }: ExportFormat): string {
	const measure = store.measures.all().find((known) => known.code === code);
	const title = measure?.measureTitle ?? '';
	if (isRicher)
		return `${element('Единица', leaf('Код', code), leaf('НаименованиеПолное', title))}${leaf('Коэффициент', 1)}`;
	return leaf('БазоваяЕдиница', measure?.symbol ?? '', {
		Код: code,
		НаименованиеПолное: title,
		МеждународноеСокращение: measure?.symbolLetterIntl ?? '',
	});
}

/** For one piece; the price is what is left. */
function discount({ discountPrice }: BasketRow): string | undefined {
	if (discountPrice <= 0) return undefined;
	return element(
		'Скидки',
		element(
			'Скидка',
			leaf('Наименование', 'Скидка на товар'),
			leaf('Сумма', plainMoney(discountPrice)),
			leaf('УчтеноВСумме', 'true'),
		),
	);
}

function lineRequisites({ store }: Portal, item: BasketRow): string {
	const kind = item.type === 2 ? 'Услуга' : 'Товар';
	const properties = store.basketProperties.where('basketId', item.id);
	return requisites([
		['ВидНоменклатуры', kind],
		['ТипНоменклатуры', kind],
		['НомерПозицииКорзины', item.id % 100_000],
		...properties.map(({ code, value }) => [`СвойствоКорзины#${code}`, value] as const),
	]);
}

/** The rate, and the VAT of one piece. Without VAT and 0 % look alike. */
function tax(item: BasketRow): Array<string | undefined> {
	const { vatRate, vatIncluded } = item;
	if (vatRate === null || vatRate <= 0) return [];
	const rate = Math.round(vatRate * 10_000) / 100;
	return [
		element('СтавкиНалогов', element('СтавкаНалога', leaf('Наименование', VAT), leaf('Ставка', rate))),
		taxes([[vatIncluded === 'Y', lineVat({ ...item, quantity: 1 })]]),
	];
}

function taxes(sums: ReadonlyArray<readonly [isIncluded: boolean, kopecks: number]>): string {
	return element(
		'Налоги',
		...sums.map(([isIncluded, kopecks]) =>
			element(
				'Налог',
				leaf('Наименование', VAT),
				leaf('УчтеноВСумме', String(isIncluded)),
				leaf('Сумма', plainMoney(kopecks)),
			),
		),
	);
}

/** The VAT of the whole order, what is included and what comes on top apart. Undefined when there is none. */
export function orderTaxes({ store }: Portal, { id }: OrderRow): string | undefined {
	const lines = store.basket
		.where('orderId', id)
		.filter(({ setParentId, vatRate }) => setParentId === null && (vatRate ?? 0) > 0);
	const sums = ([true, false] as const).flatMap((isIncluded) => {
		const same = lines.filter(({ vatIncluded }) => (vatIncluded === 'Y') === isIncluded);
		return same.length > 0 ? [[isIncluded, total(same.map(lineVat))] as const] : [];
	});
	return sums.length > 0 ? taxes(sums) : undefined;
}
