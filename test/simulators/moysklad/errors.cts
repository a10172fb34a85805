import { CATALOGUE, type ErrorCode } from './errorCatalogue.cts';

export type Language = 'ru' | 'en';

interface Failure {
	code: ErrorCode;
	words: string[];
	/** More members of the error object: `parameter`, `line`, `column`, `dependencies`, `meta`. */
	more: Record<string, unknown>;
}

/** A refusal of the API: one or several errors. The status is that of the first. */
export class ApiError extends Error {
	constructor(
		readonly failures: Failure[],
		/** Sent with the answer, names in lower case. */
		readonly headers: Record<string, string> = {},
	) {
		super(failures.map(({ code, words }) => fill(CATALOGUE[code][2], words)).join('; '));
	}

	get status(): number {
		const [first] = this.failures;
		return first ? CATALOGUE[first.code][0] : 500;
	}

	get codes(): ErrorCode[] {
		return this.failures.map(({ code }) => code);
	}

	/** `{errors: […]}` as it goes over the wire. */
	body(language: Language): { errors: Array<Record<string, unknown>> } {
		return {
			errors: this.failures.map(({ code, words, more }) => ({
				error: fill(CATALOGUE[code][language === 'ru' ? 1 : 2], words),
				...more,
				code,
				moreInfo: `https://dev.moysklad.ru/doc/api/remap/1.2/#error_${code}`,
			})),
		};
	}
}

/** An error with one code; `words` fill its text. */
export const refusal = (code: ErrorCode, ...words: string[]): ApiError => new ApiError([{ code, words, more: {} }]);

/** The same, with the name of the field it is about. */
export const fieldRefusal = (code: ErrorCode, parameter: string, ...words: string[]): ApiError =>
	new ApiError([{ code, words, more: { parameter } }]);

export const detailedRefusal = (code: ErrorCode, more: Record<string, unknown>, ...words: string[]): ApiError =>
	new ApiError([{ code, words, more }]);

/** One error with all failures of several. */
export const joined = (errors: ApiError[]): ApiError => new ApiError(errors.flatMap(({ failures }) => failures));

const fill = (text: string, words: string[]): string =>
	text.replace(/\{(\d)\}/g, (_, index: string) => words[Number(index)] ?? '');
