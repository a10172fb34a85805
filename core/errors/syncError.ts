import { shortened, storable } from '../model/storable';
import { CATALOGUE, type ErrorCode } from './catalogue';
import type { CatalogueEntry, ErrorKind } from './entry';

/** Values for the words in braces of a catalogue entry. Never secrets or personal data: they are shown and logged. */
export type ErrorDetails = Record<string, string | number>;

/** The form in which an error travels in a result item. */
export interface ErrorReport {
	code: ErrorCode;
	kind: ErrorKind;
	retryable: boolean;
	message: string;
	advice: string;
}

/** The only error that core and transport throw on purpose: a code of the catalogue with its details. */
export class SyncError extends Error {
	override readonly name = 'SyncError';
	readonly entry: CatalogueEntry;

	constructor(
		readonly code: ErrorCode,
		readonly details: ErrorDetails = {},
		options?: { cause?: unknown },
	) {
		super(fill(CATALOGUE[code].message, details), options);
		this.entry = CATALOGUE[code];
	}

	/** What kind of trouble it is, as the catalogue says. */
	get kind(): ErrorKind {
		return this.entry.kind;
	}

	/** Whether the same can succeed later, as the catalogue says. */
	get retryable(): boolean {
		return this.entry.retryable;
	}

	/** What to do about it, with the details filled in. */
	get advice(): string {
		return fill(this.entry.advice, this.details);
	}

	/** The form in which it travels in a result item. */
	report(): ErrorReport {
		return { code: this.code, kind: this.kind, retryable: this.retryable, message: this.message, advice: this.advice };
	}
}

/** An error that was thrown on purpose. Throws any other. */
export function findingIn(error: unknown): SyncError {
	if (error instanceof SyncError) return error;
	throw error;
}

/** The error, when it has one of the codes. Throws any other. */
export function expectedFailure(error: unknown, ...codes: ErrorCode[]): SyncError {
	const finding = findingIn(error);
	if (codes.includes(finding.code)) return finding;
	throw finding;
}

/** What comes from outside may be of any length and hold anything, and errors are shown, logged and kept in tables. */
const LONGEST = 1000;

/** A word without a value stays visible as it is, so that a forgotten detail shows in a test. */
function fill(text: string, details: ErrorDetails): string {
	return text.replace(/\{(\w+)\}/g, (word, name: string) => shortened(storable(String(details[name] ?? word)), LONGEST));
}
