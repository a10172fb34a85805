import { checkFinding, type CheckArea, type CheckFinding } from './finding';

/** Answers take a while, and HTTP tells whole seconds. */
const TOLERATED_SECONDS = 30;

/** An error when two clocks differ by more than half a minute. `theirs` and `ours`: the same moment on both, milliseconds since 1970. */
export function clockFindings(area: CheckArea, system: string, theirs: number, ours: number): CheckFinding[] {
	const seconds = Math.round(Math.abs(theirs - ours) / 1000);
	return seconds > TOLERATED_SECONDS ? [checkFinding(area, 'error', 'CHECK_CLOCK', { system, seconds })] : [];
}
