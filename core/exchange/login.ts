import { firstLine, linesOf, type ExchangeAnswer } from './answer';

/** What `checkauth` gave: by it the site knows the next calls. Secret. */
export interface ExchangeLogin {
	cookie: { name: string; value: string };
	/** Missing on old versions of the site. */
	sessid?: string;
	/** Seconds since 1970 on the site; only in exchanges of goods, and not on old versions. */
	timestamp?: number;
}

/** What `init` gave. */
export interface ExchangeTerms {
	/** Everything is to be sent as one archive. */
	zip: boolean;
	/** Bytes of one upload. */
	fileLimit: number;
	/** Again the same as `checkauth` gave, in exchanges of orders with a version. */
	sessid?: string;
}

/** What sites have when nobody changed it. */
const USUAL_FILE_LIMIT = 204_800;

const COOKIE_NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const COOKIE_VALUE = /^[\x21-\x2b\x2d-\x3a\x3c-\x7e]{1,512}$/;
const SESSID = /^sessid=([0-9a-f]{32})$/i;
const TIMESTAMP = /^timestamp=([1-9]\d{0,15})$/;

/** What `checkauth` answered. Undefined when name and value of the cookie are missing or could not be sent as a header. */
export function readExchangeLogin({ lines }: ExchangeAnswer): ExchangeLogin | undefined {
	const [name = '', value = '', ...more] = lines;
	if (!COOKIE_NAME.test(name) || !COOKIE_VALUE.test(value)) return undefined;
	return { cookie: { name, value }, sessid: found(more, SESSID), timestamp: numeric(found(more, TIMESTAMP)) };
}

/** What `init` answered. Undefined when the answer does not begin with `zip=yes` or `zip=no`. */
export function readExchangeTerms(bytes: Uint8Array): ExchangeTerms | undefined {
	const zip = /^zip=(yes|no)$/i.exec(firstLine(bytes) ?? '')?.[1]?.toLowerCase();
	if (zip === undefined) return undefined;
	const lines = linesOf(bytes);
	const fileLimit = numeric(found(lines, /^file_limit=([1-9]\d{0,15})$/)) ?? USUAL_FILE_LIMIT;
	return { zip: zip === 'yes', fileLimit, sessid: found(lines, SESSID) };
}

function found(lines: readonly string[], pattern: RegExp): string | undefined {
	for (const line of lines) {
		const value = pattern.exec(line)?.[1];
		if (value !== undefined) return value;
	}
	return undefined;
}

const numeric = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
