import type { SendRun } from './exchangeJob.cts';
import type { ImportRun, OrderSums } from './mainJob.cts';
import { rubles } from './rubles.cts';
import { asTable } from './table.cts';

/** What became of the main job: with a store that has REST, and with one that has only the exchange with 1C. */
export interface Outcome {
	first: ImportRun;
	second: ImportRun;
	acrossMs: number;
	stock: { items: number; off: number };
	sums: OrderSums;
	exchange: ExchangeOutcome;
}

export interface ExchangeOutcome {
	first: SendRun;
	second: SendRun;
	stock: { items: number; off: number; pricesOff: number };
	sums: OrderSums;
	/** Calls of the store that were none of the exchange. */
	otherCalls: number;
}

const ACROSS_WITHIN_MS = 10_000;

/** The outcome for people. */
export function tableOf({ first, second, acrossMs, stock, sums, exchange }: Outcome): string {
	return asTable([
		['What', 'Result'],
		['Full catalog import (03)', importRow(first)],
		['The same again (03)', importRow(second)],
		['A change in MoySklad is in the store (02)', `after ${acrossMs} ms`],
		['Stock compared (04)', `${stock.items} items with an amount, ${stock.off} differ from MoySklad`],
		['Orders of the store (05)', ordersRow(sums)],
		['Their sums', sumsRow(sums)],
		['Full catalog by 1C exchange (03b)', sendRow(exchange.first)],
		['The same again (03b)', sendRow(exchange.second)],
		['Stock and prices (04b)', `${exchange.stock.items} items with an amount, ${exchange.stock.off} differ from MoySklad; ${exchange.stock.pricesOff} prices differ`],
		['Orders by 1C exchange (05b)', ordersRow(exchange.sums)],
		['Their sums', sumsRow(exchange.sums)],
	]);
}

const importRow = ({ created, updated, unchanged, skipped, failed, writes, calls, seconds }: ImportRun): string =>
	`created ${created}, updated ${updated}, unchanged ${unchanged}, skipped ${skipped}, failed ${failed}; ${calls} calls, ${writes} writes, ${seconds.toFixed(1)} s`;

const sendRow = ({ created, sent, failed, writes, calls, seconds }: SendRun): string =>
	`created ${created}, sent ${sent}, failed ${failed}; ${calls} calls, ${writes} uploads, ${seconds.toFixed(1)} s`;

const ordersRow = ({ arrived, placed, twice }: OrderSums): string => `${arrived} of ${placed} in MoySklad, ${twice} twice`;

const sumsRow = ({ inStore, inMoySklad, mismatches }: OrderSums): string =>
	`${rubles(inStore)} in the store, ${rubles(inMoySklad)} in MoySklad; ${mismatches} orders differ`;

/** The outcome for programs: the last line of the demo. */
export const summaryOf = ({ first, second, acrossMs, sums, exchange }: Outcome): Record<string, number> => ({
	created: first.created,
	secondRunWrites: second.writes,
	webhookToBitrixMs: acrossMs,
	orders: sums.arrived,
	orderSumMismatches: sums.mismatches + sums.twice,
	exchangeCreated: exchange.first.created,
	exchangeSecondRunWrites: exchange.second.writes,
	exchangeStockMismatches: exchange.stock.off + exchange.stock.pricesOff,
	exchangeOrders: exchange.sums.arrived,
	exchangeOrderSumMismatches: exchange.sums.mismatches + exchange.sums.twice,
});

/** Whether all is as it should be. */
export const isFine = ({ first, second, acrossMs, stock, sums, exchange }: Outcome): boolean =>
	first.created > 0 && first.failed === 0 && second.writes === 0 && acrossMs < ACROSS_WITHIN_MS && stock.off === 0 && haveArrived(sums) && isExchangeFine(exchange);

const isExchangeFine = ({ first, second, stock, sums, otherCalls }: ExchangeOutcome): boolean =>
	first.created > 0 && first.failed === 0 && second.writes === 0 && stock.items > 0 && stock.off + stock.pricesOff === 0 && haveArrived(sums) && otherCalls === 0;

const haveArrived = ({ placed, arrived, twice, mismatches }: OrderSums): boolean => arrived === placed && twice === 0 && mismatches === 0;
