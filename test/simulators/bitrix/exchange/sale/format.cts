import { formatMoment } from '../../wire/dates.cts';
import { roundQuantity } from '../../catalog/stock.cts';
import type { SaleProgress } from './progress.cts';

/** How an export is written: what the version that `init` got leads to. */
export interface ExportFormat {
	schema: string;
	/** Versions, units and kinds of contacts as from 2.06 on. */
	isRicher: boolean;
	/** Moments as ISO, and no word of the only shipment in the order itself: from 2.1 on. */
	isDetailed: boolean;
	/** Where payments and shipments stand. */
	parts: 'none' | 'beside' | 'container' | 'below';
}

/** Numbers are compared as decimals: 2.10 is 2.1. */
export function formatOf({ version, cmlVersion }: SaleProgress): ExportFormat {
	if (cmlVersion >= 2.1) return { schema: '2.10', isRicher: true, isDetailed: true, parts: 'below' };
	const number = Number.parseFloat(version) || 0;
	if (number <= 2.05) return { schema: '2.05', isRicher: false, isDetailed: false, parts: 'none' };
	const schema = version;
	if (number < 2.1) return { schema, isRicher: true, isDetailed: false, parts: 'none' };
	return { schema, isRicher: true, isDetailed: true, parts: number < 3 ? 'beside' : 'container' };
}

/** `891.0000` */
export const money = (kopecks: number): string => (kopecks / 100).toFixed(4);

/** `891`, `10.5`: as PHP prints a number. */
export const plainMoney = (kopecks: number): string => String(kopecks / 100);

/** `1.5000` */
export const quantity = (number: number): string => number.toFixed(4);

/** Price by quantity in roubles, exactly: nothing is rounded to the kopeck here. */
export function product(kopecks: number, number: number): string {
	const millionths = BigInt(kopecks) * BigInt(Math.round(roundQuantity(number) * 10_000));
	const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0');
	const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
	return millionths < 0n ? `-${text}` : text;
}

/** `2026-11-21` */
export const day = (moment: number): string => formatMoment(moment).slice(0, 10);

/** `18:45:21` */
export const time = (moment: number): string => formatMoment(moment).slice(11, 19);

/** `2026-11-21T18:45:21`, or `21.11.2026 18:45:21`; empty when there is none. */
export function moment({ isDetailed }: ExportFormat, at: number | null): string {
	if (at === null) return '';
	const [year, month, date] = day(at).split('-');
	return isDetailed ? `${day(at)}T${time(at)}` : `${date}.${month}.${year} ${time(at)}`;
}
