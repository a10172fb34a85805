import { amount, roubles } from '../../pages/figures.cts';
import type { Shown } from '../../pages/watch.cts';
import type { Account } from '../account.cts';
import { payedSum, reservedSum, shippedOf, shippedSum } from '../documents/following.cts';
import type { SalePrices } from '../engine/priceKinds.cts';
import { asRef, rowsOf, type Row } from '../engine/schema.cts';
import { picturesOf } from '../images/pictureKind.cts';
import { plainProducts } from '../plainProducts.cts';

/** A product. Money in kopecks. */
export interface OfficeGood extends Shown {
	list: 'goods';
	id: string;
	article: string;
	price: number;
	stock: number;
	reserve: number;
	free: number;
	picture: string;
}

export interface OfficeOrder extends Shown {
	list: 'orders';
	id: string;
	moment: number;
	agent: string;
	sum: number;
	paid: number;
	shipped: number;
	stateId: string;
	reserved: number;
	isPosted: boolean;
	/** The order of the store that it was made of; empty for others. */
	storeOrder: string;
	isAllShipped: boolean;
	lines: Array<{ name: string; quantity: number; shipped: number }>;
}

export type OfficeThing = OfficeGood | OfficeOrder;

const MOST_ORDERS = 15;
const OF_A_STORE = /^bitrix:(.*):(\d+)$/;

/**
 * The products by their names, and the newest customer orders.
 * @param store address of the page of the store that the page is joined to: orders of other stores are left out. Empty: all are shown
 */
export const officeThings = (account: Account, store: string): OfficeThing[] => [...goods(account), ...orders(account, store)];

function goods(account: Account): OfficeGood[] {
	const shown = plainProducts(account).map((row) => good(account, row)).filter(({ price }) => price > 0);
	return shown.sort((one, other) => one.title.localeCompare(other.title, 'ru'));
}

function good(account: Account, row: Row): OfficeGood {
	const name = String(row.name);
	const price = (row.salePrices as SalePrices | undefined)?.[account.priceTypes[0]?.id ?? '']?.value ?? 0;
	const { stock, reserve, freeStock: free } = account.stock.total(row.id);
	return {
		key: `good-${row.id}`,
		list: 'goods',
		title: name,
		figures: { name, price: roubles(price), stock: amount(stock), reserve: amount(reserve) },
		id: row.id,
		article: String(row.article ?? row.code ?? ''),
		price,
		stock,
		reserve,
		free,
		picture: picturesOf(row)[0]?.id ?? '',
	};
}

function orders(account: Account, store: string): OfficeOrder[] {
	const host = store === '' ? undefined : new URL(store).host;
	const isElsewhere = ({ externalCode }: Row): boolean => host !== undefined && (OF_A_STORE.exec(String(externalCode))?.[1] ?? host) !== host;
	const kept = account.table('customerorder').all().filter((row) => row.deleted === undefined && !isElsewhere(row));
	return kept.slice(-MOST_ORDERS).reverse().map((row) => order(account, row));
}

function order(account: Account, row: Row): OfficeOrder {
	const sum = Number(row.sum);
	const [paid, shipped] = [payedSum(row, account), shippedSum(row, account)];
	const stateId = String(row.state ?? '');
	const state = account.statesOf('customerorder').find(({ id }) => id === stateId)?.name ?? '';
	const lines = rowsOf(row, 'positions').map((position) => ({
		name: nameOf(account, position.assortment),
		quantity: Number(position.quantity),
		shipped: shippedOf(row, position, account),
	}));
	return {
		key: `order-${row.id}`,
		list: 'orders',
		title: `№ ${String(row.name)}`,
		figures: { status: state, sum: roubles(sum), paid: roubles(paid), shipped: roubles(shipped) },
		id: row.id,
		moment: Number(row.created),
		agent: nameOf(account, row.agent),
		sum,
		paid,
		shipped,
		stateId,
		reserved: reservedSum(row, account),
		isPosted: row.applicable === true,
		storeOrder: OF_A_STORE.exec(String(row.externalCode))?.[2] ?? '',
		isAllShipped: lines.every((line) => line.shipped >= line.quantity),
		lines,
	};
}

/** A variant is called after its product. */
function nameOf(account: Account, reference: unknown): string {
	const row = account.find(asRef(reference));
	return String(row?.name ?? account.find(asRef(row?.product))?.name ?? '');
}
