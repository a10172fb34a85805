import { plainError } from '../wire/restError.cts';
import type { PriceRow } from './rows.cts';

export type PriceDraft = Pick<PriceRow, 'catalogGroupId' | 'quantityFrom' | 'quantityTo'>;

/**
 * Checks the prices that a product would have. Without ranges: one price of each type. With ranges (where the edition
 * has them): each type has the ranges of the base type, and these have no gaps and no overlaps.
 * Throws what the portal says.
 */
export function checkPrices(drafts: readonly PriceDraft[], baseTypeId: number, rangesEnabled: boolean): void {
	const types = new Set(drafts.map(({ catalogGroupId }) => catalogGroupId));
	if (!drafts.some(hasRange)) {
		if (drafts.length > types.size)
			throw refusal('Catalog product is allowed has only single price without ranges in price group.');
		return;
	}
	if (!rangesEnabled) throw refusal('Price quantity ranges disabled');
	const rangesOfType = (type: number): Range[] => rangesOf(drafts.filter(({ catalogGroupId }) => catalogGroupId === type));
	const base = rangesOfType(baseTypeId);
	for (const type of types) {
		if (String(rangesOfType(type)) !== String(base))
			throw refusal('Ranges of base price are not equal to another price group range');
	}
	checkBounds(base);
}

type Range = readonly [from: number, to: number];

const hasRange = ({ quantityFrom, quantityTo }: PriceDraft): boolean => quantityFrom !== null || quantityTo !== null;

const rangesOf = (prices: readonly PriceDraft[]): Range[] =>
	prices
		.map(({ quantityFrom, quantityTo }): Range => [quantityFrom ?? 0, quantityTo ?? 0])
		.sort(([one], [other]) => one - other);

/** An upper bound of 0 means without end: only the last range may have it, and it must. */
function checkBounds(ranges: readonly Range[]): void {
	for (const [index, [from, to]] of ranges.entries()) {
		const next = ranges[index + 1];
		if (index > 0 && from <= 0)
			throw plainError(`Quantity bounds error: lower bound ${from} must be above zero (for the first range)`);
		if (!next) {
			if (to > 0) throw plainError(`Invalid quantity range entry: no price is specified for quantity over ${to}`);
			continue;
		}
		if (to <= 0) throw plainError(`Quantity bounds error: higher bound ${to} must be above zero (for the last range)`);
		if (from > to) throw plainError(`Quantity bounds error: range ${from}-${to} is incorrect`);
		if (to >= next[0]) throw plainError(`Quantity bounds error: ranges ${from}-${to} and ${next[0]}-${next[1]} overlap`);
		if (next[0] - to > 1)
			throw plainError(`Invalid quantity range entry: no price is specified for range ${to + 1}-${next[0] - 1}`);
	}
}

const refusal = (reason: string): Error => plainError(`Validate price error. ${reason}`);
