import type { ElementRow, PriceRow } from '../../catalog/rows.cts';
import { toKopecks } from '../../fields/money.cts';
import { TEXTS } from '../answers.cts';
import { child, childrenOf, textOf, toNumber, type XmlNode } from '../xml/node.cts';
import { readCurrency } from './currency.cts';
import type { FilePriceType } from './progress.cts';
import type { Scene } from './scene.cts';
import { updateVat } from './vat.cts';

/** A price as it is stored, and the type that the file has of it. */
interface Draft {
	row: Omit<PriceRow, 'id'>;
	type: FilePriceType | undefined;
	wrongCurrency: string | undefined;
}

/**
 * The `Цены` of an element are all its prices: those of types that are not listed are deleted. In a light update an empty
 * list changes nothing. Returns what the site complains of.
 */
export function updatePrices(
	scene: Scene,
	element: ElementRow,
	node: XmlNode,
	update: 'whole' | 'light',
): string | undefined {
	const nodes = childrenOf(child(node, 'Цены'), 'Цена');
	if (nodes.length === 0 && update === 'light') return undefined;
	const drafts = nodes.flatMap((price) => draftOf(scene, element, price) ?? []);
	replace(scene, element, drafts);
	updateVat(
		scene,
		element,
		drafts.flatMap(({ type }) => type ?? []),
	);
	const wrong = drafts.find(({ wrongCurrency }) => wrongCurrency !== undefined)?.wrongCurrency;
	return wrong === undefined ? undefined : TEXTS.currency(wrong);
}

/** Undefined for a type that neither the file nor, where the file has none at all, the site knows. */
function draftOf({ portal, pack }: Scene, { id: productId }: ElementRow, node: XmlNode): Draft | undefined {
	const code = textOf(node, 'ИдТипаЦены') ?? '';
	const type = pack.priceTypes?.[code];
	const catalogGroupId = pack.priceTypes ? type?.id : portal.store.priceTypes.all().find(({ xmlId }) => xmlId === code)?.id;
	if (catalogGroupId === undefined) return undefined;
	const given = textOf(node, 'Валюта') ?? '';
	const { currency, isWrong } = given === '' && type ? { currency: type.currency, isWrong: false } : readCurrency(given);
	const price = toKopecks(toNumber(textOf(node, 'ЦенаЗаЕдиницу'), pack.decimalMark));
	const rate = portal.store.currencies.find((known) => known.code === currency)?.rate ?? 1;
	return {
		row: {
			productId,
			catalogGroupId,
			price,
			currency,
			priceScale: Math.round(price * rate),
			quantityFrom: bound(node, 'КоличествоОт'),
			quantityTo: bound(node, 'КоличествоДо'),
			extraId: null,
			timestampX: portal.now(),
		},
		type,
		wrongCurrency: isWrong ? given : undefined,
	};
}

const bound = (node: XmlNode, name: string): number | null => Math.trunc(toNumber(textOf(node, name))) || null;

const isSamePlace = (one: Omit<PriceRow, 'id'>, other: Omit<PriceRow, 'id'>): boolean =>
	one.catalogGroupId === other.catalogGroupId && one.quantityFrom === other.quantityFrom;

function replace({ portal }: Scene, { id }: ElementRow, drafts: readonly Draft[]): void {
	const { prices } = portal.store;
	const before = prices.where('productId', id);
	const kept = new Set<number>();
	for (const { row } of drafts) {
		const known = before.find((price) => isSamePlace(price, row));
		const written = known ? prices.update(known.id, row) : prices.add(row);
		kept.add(written.id);
		portal.announce('price', known ? 'update' : 'add', written.id);
	}
	for (const price of before) if (!kept.has(price.id)) prices.remove(price.id);
}
