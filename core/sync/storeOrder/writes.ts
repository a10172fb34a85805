import type { Parameters } from '../../bitrix/query';
import { Decimal } from '../../model/decimal';
import { toRubles, type Kopecks } from '../../model/money';
import type { FieldChange, Warning } from '../result';

/** One call that changes an order of a store. */
export interface StoreWrite {
	/** The name by which later calls refer to its result. */
	key: string;
	method: string;
	parameters: Parameters;
	changes: FieldChange[];
	/** Values that the answer must show under `one`: Bitrix drops what it may not write without a word (trap T1). */
	expect?: { one: string; values: Record<string, string> };
}

/** What is to be done to a part of an order, in this order. */
export interface PartPlan {
	writes: StoreWrite[];
	warnings: Warning[];
}

/** Several plans as one, in their order. */
export const joined = (parts: readonly PartPlan[]): PartPlan => ({
	writes: parts.flatMap(({ writes }) => writes),
	warnings: parts.flatMap(({ warnings }) => warnings),
});

/** The first field in which an answer does not show what was written; undefined when it shows all. */
export function ignoredByStore(answer: unknown, { expect }: Pick<StoreWrite, 'expect'>): string | undefined {
	if (expect === undefined) return undefined;
	const row = (answer as Record<string, unknown> | null)?.[expect.one] as Record<string, unknown> | undefined;
	return Object.entries(expect.values).find(([field, value]) => !isShown(row?.[field], value))?.[0];
}

/** Flags come as words or booleans, amounts as numbers or texts. */
function isShown(shown: unknown, value: string): boolean {
	// Older versions answer less.
	if (shown === undefined) return true;
	const text = typeof shown === 'boolean' ? (shown ? 'Y' : 'N') : String(shown ?? '');
	return text.trim() === value || sameNumber(text, value);
}

function sameNumber(one: string, other: string): boolean {
	try {
		return Decimal.of(one).equals(other);
	} catch {
		return false;
	}
}

/** Kopecks as results show money: major units and the currency. */
export const shownMoney = (sum: Kopecks, currency: string): string => `${toRubles(sum)} ${currency}`;

/** Bitrix reads moments with whole seconds and an offset; any other it drops (trap T1). */
export const bitrixMoment = (moment: string): string => `${moment.slice(0, 19)}+00:00`;
