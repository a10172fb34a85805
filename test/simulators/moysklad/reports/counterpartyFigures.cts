import type { Account } from '../account.cts';
import { add, lineSum, type PricedLine } from '../arithmetic.cts';
import { asRef, rowsOf, type Row } from '../engine/schema.cts';

/** What a counterparty has bought, brought back and paid. Sums in kopecks. */
export interface CounterpartyFigures {
	demandsCount: number;
	demandsSum: number;
	returnsCount: number;
	returnsSum: number;
	discountsSum: number;
	/** What the counterparty has paid beyond what it has got; below zero it owes it. */
	balance: number;
	profit: number;
	/** Moments of documents. */
	firstDemand: number | undefined;
	lastDemand: number | undefined;
}

const NONE: CounterpartyFigures = {
	demandsCount: 0, demandsSum: 0, returnsCount: 0, returnsSum: 0, discountsSum: 0, balance: 0, profit: 0, firstDemand: undefined, lastDemand: undefined,
};

const counts = (row: Row): boolean => row.applicable === true && row.deleted === undefined;

/** By id of the counterparty; those without documents are not in it. */
export function counterpartyFigures(account: Account): Map<string, CounterpartyFigures> {
	const figures = new Map<string, CounterpartyFigures>();
	const each = (type: string, change: (before: CounterpartyFigures, document: Row) => Partial<CounterpartyFigures>): void => {
		for (const document of account.table(type).all().filter(counts)) {
			const agent = asRef(document.agent)?.id ?? '';
			const before = figures.get(agent) ?? NONE;
			figures.set(agent, { ...before, ...change(before, document) });
		}
	};
	const paid = (type: string, sign: 1 | -1): void => each(type, ({ balance }, { sum }) => ({ balance: add(balance, sign * (sum as number)) }));
	each('demand', (before, document) => sold(before, document, account));
	each('salesreturn', (before, document) => broughtBack(before, document, account));
	for (const type of ['paymentin', 'cashin']) paid(type, 1);
	for (const type of ['paymentout', 'cashout']) paid(type, -1);
	return figures;
}

function sold(before: CounterpartyFigures, document: Row, account: Account): Partial<CounterpartyFigures> {
	const sum = document.sum as number;
	const moment = document.moment as number;
	return {
		demandsCount: before.demandsCount + 1,
		demandsSum: add(before.demandsSum, sum),
		discountsSum: add(before.discountsSum, discountOf(document)),
		balance: add(before.balance, -sum),
		profit: add(before.profit, sum, -costOf(document, account)),
		firstDemand: Math.min(before.firstDemand ?? moment, moment),
		lastDemand: Math.max(before.lastDemand ?? moment, moment),
	};
}

function broughtBack(before: CounterpartyFigures, document: Row, account: Account): Partial<CounterpartyFigures> {
	const sum = document.sum as number;
	return {
		returnsCount: before.returnsCount + 1,
		returnsSum: add(before.returnsSum, sum),
		balance: add(before.balance, sum),
		profit: add(before.profit, -sum, costOf(document, account)),
	};
}

const linesOf = (document: Row): Array<Row & PricedLine> => rowsOf(document, 'positions') as Array<Row & PricedLine>;

const discountOf = (document: Row): number => add(...linesOf(document).map((line) => lineSum({ ...line, discount: 0 }) - lineSum(line)));

const costOf = (document: Row, account: Account): number =>
	add(...linesOf(document).map(({ assortment, quantity }) => lineSum({ price: account.costOf(asRef(assortment)), quantity })));

export const figuresOf = (figures: ReadonlyMap<string, CounterpartyFigures>, { id }: Row): CounterpartyFigures => figures.get(id) ?? NONE;

/** Kopecks. */
export const averageReceipt = ({ demandsSum, demandsCount }: CounterpartyFigures): number => (demandsCount === 0 ? 0 : Math.round(demandsSum / demandsCount));
