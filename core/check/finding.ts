import { SyncError, type ErrorCode, type ErrorDetails } from '../errors';
import type { FindingLevel } from '../sync/webhookAudit';
import type { Warning } from '../sync/result';

/** Where a finding was made. */
export const CHECK_AREAS = ['moySklad', 'webhooks', 'address', 'bitrix', 'exchange', 'choices', 'n8n'] as const;
/** What was looked at when a finding was made: `address` is the public address of the webhooks, `choices` what a user chose from lists. */
export type CheckArea = (typeof CHECK_AREAS)[number];

/** Something that keeps a flow from working, may do so, or is worth knowing. */
export interface CheckFinding extends Warning {
	area: CheckArea;
	severity: FindingLevel;
}

/** Something that was learnt and is neither good nor bad: versions, limits, addresses. */
export interface CheckFact {
	area: CheckArea;
	what: string;
	value: string | number | boolean | null;
}

/** What one part of the check came to. */
export interface CheckReport {
	findings: CheckFinding[];
	facts: CheckFact[];
	/** The areas of which so much was seen that they are well where nothing was found. */
	looked: readonly CheckArea[];
}

/** A finding with the message and advice that the catalogue has for the code. */
export const checkFinding = (area: CheckArea, severity: FindingLevel, code: ErrorCode, details: ErrorDetails = {}): CheckFinding => failureFinding(area, new SyncError(code, details), severity);

/** What failed while it was looked at is a finding itself: it would fail in a run as well. */
export const failureFinding = (area: CheckArea, { code, message, advice }: SyncError, severity: FindingLevel = 'error'): CheckFinding => ({ area, severity, code, message, advice });

/** All parts as one; the gravest first, in the order of the areas. */
export function joinReports(reports: readonly CheckReport[]): CheckReport {
	const findings = reports.flatMap((report) => report.findings);
	return { findings: LEVELS.flatMap((level) => findings.filter(({ severity }) => severity === level)), facts: reports.flatMap(({ facts }) => facts), looked: [...new Set(reports.flatMap(({ looked }) => looked))] };
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'info'];
