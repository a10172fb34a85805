import { toKopecks } from '../../fields/money.cts';
import { child, childrenOf, isFlag, requisiteOf, textOf, toNumber, type XmlNode } from '../xml/node.cts';

/** A line of a document as its importer understands it. Money in kopecks. */
export interface ImportedLine {
	xmlId: string;
	name: string;
	quantity: number;
	price: number;
	discountPrice: number;
	/** `Товар`, `Услуга`; undefined when it is not said. */
	kind: string | undefined;
	/** What the document says of VAT; undefined when it has no tax of its own. */
	vat: { vatRate: number | null; vatIncluded: 'Y' | 'N' } | undefined;
}

/** A line of no quantity is read as a copy of the line before it. */
export function readLines(document: XmlNode): ImportedLine[] {
	const tax = child(child(document, 'Налоги'), 'Налог');
	const hasTax = (textOf(tax, 'Наименование') ?? '') !== '';
	const isIncluded = isFlag(textOf(tax, 'УчтеноВСумме'));
	const lines: ImportedLine[] = [];
	for (const node of childrenOf(child(document, 'Товары'), 'Товар')) {
		const line = readLine(node, hasTax ? isIncluded : undefined);
		const read = line.quantity > 0 ? line : lines.at(-1);
		if (read) lines.push(read);
	}
	return lines;
}

function readLine(node: XmlNode, taxIncluded: boolean | undefined): ImportedLine {
	const quantity = toNumber(textOf(node, 'Количество'));
	const discount = textOf(child(child(node, 'Скидки'), 'Скидка'), 'Сумма');
	const price =
		discount === undefined ? toNumber(textOf(node, 'ЦенаЗаЕдиницу')) : toNumber(textOf(node, 'Сумма')) / (quantity || 1);
	return {
		xmlId: textOf(node, 'Ид') ?? '',
		name: textOf(node, 'Наименование') ?? '',
		quantity,
		price: toKopecks(price),
		discountPrice: toKopecks(toNumber(discount)),
		kind: requisiteOf(node, 'ТипНоменклатуры'),
		vat: taxIncluded === undefined ? undefined : { vatRate: rateOf(node), vatIncluded: taxIncluded ? 'Y' : 'N' },
	};
}

/** A fraction; null where no rate can be read. */
function rateOf(node: XmlNode): number | null {
	const text = textOf(child(child(node, 'СтавкиНалогов'), 'СтавкаНалога'), 'Ставка');
	const rate = Number.parseFloat((text ?? '').replace(',', '.'));
	return Number.isFinite(rate) ? rate / 100 : null;
}
