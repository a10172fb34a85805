import { z } from 'zod';
import { Decimal } from '../../model/decimal';

const groupSchema = z.object({ pipeline: z.number(), stage: z.string(), currency: z.string(), count: z.number(), sum: z.string() });

/** What a first import has come by: small enough to travel with its cursor. */
export const exportStatisticSchema = z.object({
	/** Deals that were in the chosen stages. */
	found: z.number().int().nonnegative(),
	/** Those that were handed out. */
	exported: z.number().int().nonnegative(),
	/** Those that came from MoySklad, belong to a store order, or were born elsewhere. */
	leftOut: z.number().int().nonnegative(),
	/** Of what was handed out. Sums are decimal texts in major units. */
	groups: z.array(groupSchema),
});

/** Numbers of deals so far, and their sums by pipeline, stage and currency. */
export type ExportStatistic = z.output<typeof exportStatisticSchema>;

/** Before the first page. */
export const EMPTY_STATISTIC: ExportStatistic = { found: 0, exported: 0, leftOut: 0, groups: [] };

interface Counted {
	pipeline: number;
	stage: string;
	currency: string;
	sum: string;
}

/** The statistic with the deals of one more page. */
export function withPage(statistic: ExportStatistic, exported: readonly Counted[], others: { leftOut: number; failed: number }): ExportStatistic {
	const groups = new Map(statistic.groups.map((group) => [keyOf(group), group]));
	for (const deal of exported) {
		const known = groups.get(keyOf(deal));
		const sum = Decimal.of(known?.sum ?? '0').plus(deal.sum).toString();
		groups.set(keyOf(deal), { pipeline: deal.pipeline, stage: deal.stage, currency: deal.currency, count: (known?.count ?? 0) + 1, sum });
	}
	return {
		found: statistic.found + exported.length + others.leftOut + others.failed,
		exported: statistic.exported + exported.length,
		leftOut: statistic.leftOut + others.leftOut,
		groups: [...groups.values()],
	};
}

const keyOf = ({ pipeline, stage, currency }: Counted): string => JSON.stringify([pipeline, stage, currency]);
