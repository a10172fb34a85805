import type { Random } from '../../kernel/random.cts';
import type { Customer } from '../orders/customers.cts';
import { randomOrder, type DraftLine, type Sellable } from '../orders/randomOrder.cts';
import type { Portal } from '../portal.cts';
import { DEAL } from './entities.cts';
import type { ProductRowDraft } from './productRows.cts';
import { stagesOf } from './statuses.cts';

/** A deal that is to be made; money in kopecks, prices of lines in roubles. */
export interface DraftDeal {
	title: string;
	customer: Customer;
	categoryId: number;
	stageId: string;
	sourceId: string;
	assignedById: number;
	probability: number;
	comments: string;
	opened: 'Y' | 'N';
	/** The sum is kept by hand; null = it follows from the lines. */
	manualSum: number | null;
	rows: ProductRowDraft[];
	/** How his phone is written in CRM; customers write it differently each time. */
	phone: string;
}

const PIPELINES = [0, 0, 0, 1, 5] as const;
const SALESPEOPLE = [1, 4, 11, 12, 13] as const;
const SOURCES = ['CALL', 'WEB', 'STORE', 'EMAIL', 'PARTNER'] as const;
const COMMENTS = [
	'',
	'',
	'Перезвонить после обеда 🍲',
	'[B]Важно![/B] Скидка "как обычно" & подарок',
	'Строка один\nстрока <два>\tи таб',
	'Ёлки-палки, '.repeat(60),
];
const LONG = 'Поставка оборудования для столовой «Ёлочка» по договору № 17/2-Ж & дополнительному соглашению';

/** A deal as salespeople make them, of the goods in the portal; the lines have the hostilities of random orders. */
export function randomDeal(random: Random, portal: Portal, goods: Sellable): DraftDeal {
	const { draft } = randomOrder(random, portal, goods);
	const { customer } = draft;
	const categoryId = random.pick(PIPELINES);
	const who = customer.properties.COMPANY ?? customer.properties.FIO ?? '';
	return {
		title: random.pick([`Заказ: ${who}`, `Сделка «${who}» 🤝`, `${LONG} "${who}"`.slice(0, 255), who]),
		customer,
		categoryId,
		stageId: random.pick(stagesOf(portal, DEAL, categoryId)).statusId,
		sourceId: random.pick(SOURCES),
		assignedById: random.pick(SALESPEOPLE),
		probability: random.pick([0, 10, 50, 99, 100]),
		comments: random.pick(COMMENTS),
		opened: random.chance(0.8) ? 'Y' : 'N',
		manualSum: random.chance(0.1) ? random.integer(0, 10_000_000) : null,
		rows: draft.lines.map(rowOf),
		phone: customer.properties.PHONE ?? '',
	};
}

/** A line of an order as a line of a deal: its price is what the customer pays, with VAT. */
function rowOf(line: DraftLine, index: number): ProductRowDraft {
	const { productId, name, price, basePrice, quantity, vatRate, vatIncluded } = line;
	const withVat = (kopecks: number): number => (kopecks * (vatIncluded === 'Y' ? 1 : 1 + (vatRate ?? 0))) / 100;
	const tax = 1 + (vatRate ?? 0);
	const discount = Math.max(0, withVat(basePrice) - withVat(price));
	return {
		productId,
		productName: name,
		price: withVat(price),
		quantity,
		discountTypeId: 1,
		discountRate: 0,
		discountSum: discount / tax,
		taxRate: vatRate === null ? null : vatRate * 100,
		taxIncluded: vatIncluded,
		sort: (index + 1) * 10,
	};
}
