import { SyncError, type ErrorCode, type ErrorDetails } from '../../errors';
import { warning, type Warning } from '../result';

/** What a run has to say beside its prices, each remark once. */
export class DiscountFindings {
	private readonly known = new Map<string, Warning>();

	/** Keeps a remark; the same message counts once. */
	add(code: ErrorCode, details: ErrorDetails = {}): void {
		const one = warning(code, details);
		this.known.set(one.message, one);
	}

	/** An error of the catalogue as a remark, or as the reason of another one. Throws any other error: that is a defect. */
	take(error: unknown, code?: ErrorCode): void {
		if (!(error instanceof SyncError)) throw error;
		if (code) this.add(code, { reason: error.message });
		else this.add(error.code, error.details);
	}

	/** Each remark once, in the order in which they came first. */
	get all(): Warning[] {
		return [...this.known.values()];
	}
}
