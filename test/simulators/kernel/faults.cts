import type { Random } from './random.cts';

/**
 * How a simulator misbehaves:
 * - `rateLimit`, `serverError`, `unavailable`: the platform's own 429 / 500 / 503 answer, nothing done;
 * - `html`: an HTML page of a proxy with the given status (502), nothing done;
 * - `hang`: no answer before `milliseconds` have passed and the connection is closed, nothing done;
 * - `hangAfter`: the same, but the request was carried out;
 * - `cut`: the request was carried out, the connection breaks in the middle of the body;
 * - `reset`: the connection is closed at once, nothing done;
 * - `slow`: the right answer, `milliseconds` late.
 */
const FAULT_KINDS = ['rateLimit', 'serverError', 'unavailable', 'html', 'hang', 'hangAfter', 'cut', 'reset', 'slow'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
	kind: FaultKind;
	/** Share of the matching calls that are hit, 0 to 1. */
	share: number;
	/** Only routes that match this regular expression (case-insensitive); all when left out. A route is what the counters show. */
	route?: string;
	/** How many calls are hit at most; without limit when left out. */
	times?: number;
	/** How many matching calls go well first. */
	after?: number;
	/** For `hang`, `hangAfter` and `slow`. */
	milliseconds?: number;
}

/** Decides for each call whether it fails, and how. The first rule that hits wins. */
export class Faults {
	private rules: Array<FaultRule & { left: number; spared: number }> = [];

	constructor(private readonly random: Random) {}

	set(rules: FaultRule[]): void {
		for (const rule of rules) {
			if (!FAULT_KINDS.includes(rule.kind)) throw new RangeError(`Unknown kind of fault: ${String(rule.kind)}`);
			if (!(rule.share >= 0 && rule.share <= 1)) throw new RangeError('share is a number from 0 to 1');
		}
		this.rules = rules.map((rule) => ({ ...rule, left: rule.times ?? Infinity, spared: rule.after ?? 0 }));
	}

	next(route: string): FaultRule | undefined {
		for (const rule of this.rules) {
			if (rule.left <= 0 || (rule.route !== undefined && !new RegExp(rule.route, 'i').test(route))) continue;
			if (rule.spared-- > 0) continue;
			if (!this.random.chance(rule.share)) continue;
			rule.left -= 1;
			return rule;
		}
		return undefined;
	}
}
