import { failureFinding, type CheckArea, type CheckFinding, type CheckReport } from '../../../core';
import { caught } from '../../shared/errors';

/** Tries things one by one: what fails becomes a finding, and does not keep the others from being tried. */
export interface Attempts {
	/** What `read` gives, or `otherwise` when it fails, whatever the error. Throws STOPPED only, since a run that was stopped finds nothing. */
	attempt<T>(otherwise: T, read: () => Promise<T>): Promise<T>;
	failures: CheckFinding[];
}

export function attempts(area: CheckArea): Attempts {
	const failures: CheckFinding[] = [];
	return {
		failures,
		async attempt(otherwise, read) {
			try {
				return await read();
			} catch (error) {
				const failure = caught(error);
				if (failure.code === 'STOPPED') throw failure;
				const finding = failureFinding(area, failure);
				// One reason, one finding, however many calls it spoils.
				if (failures.every(({ code, message }) => code !== finding.code || message !== finding.message)) failures.push(finding);
				return otherwise;
			}
		},
	};
}

/** Nothing was found, and nothing seen. */
export const NOTHING_SEEN: CheckReport = { findings: [], facts: [], looked: [] };

/** Looks at one side: what `look` reports, after what failed meanwhile. What ends the look is a finding as well, and the other sides are looked at all the same. */
export async function lookedAt(area: CheckArea, look: (attempt: Attempts['attempt']) => Promise<CheckReport>): Promise<CheckReport> {
	const { attempt, failures } = attempts(area);
	const { findings, ...seen } = await attempt(NOTHING_SEEN, async () => await look(attempt));
	return { ...seen, findings: [...failures, ...findings] };
}
