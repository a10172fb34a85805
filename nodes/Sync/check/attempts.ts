import { failureFinding, findingIn, type CheckArea, type CheckFinding } from '../../../core';

/** Tries things one by one: what fails becomes a finding, and does not keep the others from being tried. */
export interface Attempts {
	/** What `read` gives, or `otherwise` when it fails with an error of the catalogue. */
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
				const finding = failureFinding(area, findingIn(error));
				// One reason, one finding, however many calls it spoils.
				if (failures.every(({ code, message }) => code !== finding.code || message !== finding.message)) failures.push(finding);
				return otherwise;
			}
		},
	};
}
