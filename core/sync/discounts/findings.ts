import type { ErrorCode, ErrorDetails } from '../../errors';
import { warning, type Warning } from '../result';

/** What a run has to say beside its prices, each remark once. */
export class DiscountFindings {
	private readonly known = new Map<string, Warning>();

	add(code: ErrorCode, details: ErrorDetails = {}): void {
		const one = warning(code, details);
		this.known.set(one.message, one);
	}

	get all(): Warning[] {
		return [...this.known.values()];
	}
}
