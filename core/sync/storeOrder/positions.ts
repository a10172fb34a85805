import { findingIn } from '../../errors';
import { Decimal } from '../../model/decimal';
import { lineSum, type Kopecks } from '../../model/money';
import { readGoodsKeys } from '../../moysklad/goods';
import type { LinkedPosition } from '../../moysklad/linkedDocuments';
import { idOf } from '../../moysklad/reference';
import { checkedKey, variantKey, type Identity } from '../identity';
import type { WantedGood, WantedLine } from './wish';

interface VatRule {
	vatIncluded: boolean;
	vatEnabled: boolean;
}

/** What a position comes to, kopecks, with VAT. MoySklad rounds the position and its VAT each for itself. */
function positionSum({ price, quantity, discount, vat, vatEnabled }: LinkedPosition, rule: VatRule): Kopecks {
	const sum = lineSum(Decimal.of(price).times(Decimal.of(100).minus(discount)).times('0.01'), quantity);
	const onTop = rule.vatEnabled && !rule.vatIncluded && vatEnabled;
	return (onTop ? sum.plus(sum.times(vat).times('0.01').round()) : sum).toNumber();
}

/** The good of a position as the store knows it. Its key is null when the good is only a link. */
export function goodOf({ assortment }: LinkedPosition, identity: Identity): WantedGood {
	const id = idOf(assortment.meta) ?? '';
	const { name, syncId } = assortment as { name?: unknown; syncId?: unknown };
	return { id, key: keyOf(assortment, identity), name: typeof name === 'string' ? name : id, syncId: typeof syncId === 'string' ? syncId : null };
}

/** Goods whose key cannot be a key are in no store under it. */
function keyOf(assortment: LinkedPosition['assortment'], identity: Identity): string | null {
	try {
		const goods = readGoodsKeys(assortment);
		return goods.parent ? variantKey(checkedKey(goods.parent, identity), goods, identity) : checkedKey(goods, identity);
	} catch (error) {
		findingIn(error);
		return null;
	}
}

/** The lines of an order, all positions of a good at one rate together, and what the delivery costs: null = no service stands for it. */
export function linesOfPositions(
	positions: readonly LinkedPosition[],
	vat: VatRule,
	identity: Identity,
	deliveryServices: ReadonlySet<string>,
): { lines: WantedLine[]; deliveryPrice: Kopecks | null } {
	const lines = new Map<string, WantedLine>();
	let delivery = 0;
	for (const position of positions) {
		const good = goodOf(position, identity);
		const sum = positionSum(position, vat);
		if (deliveryServices.has(good.id)) delivery += sum;
		else {
			const rate = position.vatEnabled ? Decimal.of(position.vat).toString() : null;
			const same = lines.get(good.id);
			const quantity = Decimal.of(position.quantity).plus(same?.quantity ?? 0).toString();
			lines.set(good.id, { ...good, quantity, sum: sum + (same?.sum ?? 0), vat: same ? same.vat : rate });
		}
	}
	return { lines: [...lines.values()], deliveryPrice: deliveryServices.size > 0 ? delivery : null };
}
