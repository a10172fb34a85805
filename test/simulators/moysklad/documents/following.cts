import type { Account } from '../account.cts';
import { add, partSum, type PricedLine } from '../arithmetic.cts';
import { asRef, rowsOf, type Row } from '../engine/schema.cts';
import { operationsOf } from './links.cts';

/** What a document shows because of the documents that are linked to it. Sums in kopecks. */

export const PAYMENTS = ['paymentin', 'cashin'];
export const REFUNDS = ['paymentout', 'cashout'];

const counts = (row: Row): boolean => row.applicable === true && row.deleted === undefined;

export function linked(row: Row, account: Account, ...types: string[]): Row[] {
	return account.links
		.to(row.id, ...types)
		.map((ref) => account.find(ref))
		.filter((found) => found !== undefined);
}

export const payedSum = (row: Row, account: Account): number =>
	add(
		...linked(row, account, ...(row.type === 'salesreturn' ? REFUNDS : PAYMENTS))
			.filter(counts)
			.flatMap(operationsOf)
			.filter(({ id }) => id === row.id)
			.map(({ linkedSum }) => linkedSum),
	);

export const shippedSum = (row: Row, account: Account): number => sumOf(linked(row, account, 'demand').filter(counts));

export const invoicedSum = (row: Row, account: Account): number =>
	sumOf(linked(row, account, 'invoiceout').filter(counts));

const sumOf = (rows: Row[]): number => add(...rows.map(({ sum }) => sum as number));

/** How much of each good was shipped under an order, by id of the good. */
function shippedGoods(order: Row, account: Account): Map<string, number> {
	const shipped = new Map<string, number>();
	for (const demand of linked(order, account, 'demand').filter(counts)) {
		for (const { assortment, quantity } of rowsOf(demand, 'positions')) {
			const id = asRef(assortment)?.id ?? '';
			shipped.set(id, add(shipped.get(id) ?? 0, quantity as number));
		}
	}
	return shipped;
}

/** By position: positions of the same good are filled in order, the last takes the rest. */
function distribute(order: Row, account: Account): Map<string, number> {
	const left = shippedGoods(order, account);
	const positions = left.size === 0 ? [] : rowsOf(order, 'positions');
	const last = new Map(positions.map(({ id, assortment }) => [asRef(assortment)?.id ?? '', id]));
	return new Map(
		positions.map(({ id, assortment, quantity }) => {
			const good = asRef(assortment)?.id ?? '';
			const rest = left.get(good) ?? 0;
			const here = last.get(good) === id ? rest : Math.min(rest, quantity as number);
			left.set(good, add(rest, -here));
			return [id, here];
		}),
	);
}

const distributions = new WeakMap<Row, { version: number; shipped: Map<string, number> }>();

/** The part of one position that was shipped. */
export function shippedOf(order: Row, position: Row, account: Account): number {
	const { version } = account.links;
	let known = distributions.get(order);
	if (known?.version !== version) distributions.set(order, (known = { version, shipped: distribute(order, account) }));
	return known.shipped.get(position.id) ?? 0;
}

/** What is still reserved: not more than what was not shipped yet. */
export function openReserve(order: Row, position: Row, account: Account): number {
	const open = Math.max(0, add(position.quantity as number, -shippedOf(order, position, account)));
	return Math.min((position.reserve as number | undefined) ?? 0, open);
}

export const reservedSum = (order: Row, account: Account): number =>
	add(
		...rowsOf(order, 'positions').map((position) =>
			partSum(position as unknown as PricedLine, openReserve(order, position, account)),
		),
	);
