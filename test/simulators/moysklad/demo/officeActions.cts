import { typedNumber } from '../../pages/figures.cts';
import type { Entered } from '../../pages/livePage.cts';
import { control } from '../control.cts';
import { payedSum, shippedOf } from '../documents/following.cts';
import { rowsOf, type Row } from '../engine/schema.cts';
import type { Parts } from '../http/platform.cts';
import { formatSecond } from '../moments.cts';
import { meta, OrderDesk } from '../orderDesk.cts';
import { asPerson } from '../personEdits.cts';
import type { OfficeWords } from './officeWords.cts';

type Action = (entered: Entered, words: OfficeWords) => Promise<unknown>;

/** What people in MoySklad's office do. */
export function officeActions(parts: Parts): Record<string, Action> {
	const { account } = parts;
	const edit = asPerson(parts);
	const desk = new OrderDesk(edit, account.now());
	const rowOf = (type: string, { id = '' }: Entered, refusal: string): Row => {
		const row = account.table(type).get(id);
		if (!row) throw new RangeError(refusal);
		return row;
	};
	// Documents are of the moment at which they are made.
	const now = (): { moment: string } => ({ moment: formatSecond(account.now()) });
	return {
		product: async (entered, words) => {
			const { id } = rowOf('product', entered, words.noProduct);
			const name = (entered.name ?? '').trim();
			if (name === '') throw new RangeError(words.noName);
			const value = Math.round(typedNumber(entered.price, words.wrongNumber) * 100);
			const priceType = { meta: meta('pricetype', `context/companysettings/pricetype/${account.priceTypes[0]?.id}`) };
			return await edit('PUT', `entity/product/${id}`, { name, salePrices: [{ value, priceType }] });
		},
		stock: async (entered, words) => {
			const { id } = rowOf('product', entered, words.noProduct);
			const wanted = typedNumber(entered.stock, words.wrongNumber);
			const more = wanted - account.stock.total(id).stock;
			return more > 0 ? await receive(parts, id, more, words) : await takeOut(parts, id, -more);
		},
		state: async (entered, words) => {
			const { id } = rowOf('customerorder', entered, words.noOrder);
			return await edit('PUT', `entity/customerorder/${id}`, { state: { meta: meta('state', `entity/customerorder/metadata/states/${entered.state}`) } });
		},
		ship: async (entered, words) => {
			const order = rowOf('customerorder', entered, words.noOrder);
			const shipped = rowsOf(order, 'positions').map((position) => shippedOf(order, position, account));
			return await desk.ship(order.id, (quantity, index) => quantity - (shipped[index] ?? 0), now());
		},
		pay: async (entered, words) => {
			const order = rowOf('customerorder', entered, words.noOrder);
			return await desk.pay(order.id, Number(order.sum) - payedSum(order, account), now());
		},
	};
}

/** Goods are entered into the first store. */
async function receive(parts: Parts, product: string, quantity: number, words: OfficeWords): Promise<unknown> {
	const { account } = parts;
	const of = (type: string): { meta: unknown } => {
		const [row] = account.table(type).all();
		if (!row) throw new RangeError(words.noStore);
		return { meta: meta(type, `entity/${type}/${row.id}`) };
	};
	const positions = [{ assortment: { meta: meta('product', `entity/product/${product}`) }, quantity }];
	return await asPerson(parts)('POST', 'entity/enter', { organization: of('organization'), store: of('store'), positions });
}

/** A stock-taking finds less than there was: first in the stores that have most. */
async function takeOut(parts: Parts, assortment: string, quantity: number): Promise<void> {
	let left = quantity;
	for (const { store, stock } of [...parts.account.stock.of(assortment)].sort((one, other) => other.stock - one.stock)) {
		const taken = Math.min(left, Math.max(0, stock));
		if (taken > 0) await control(parts, 'POST', 'stock', { assortment, store, stock: stock - taken });
		left -= taken;
	}
}
