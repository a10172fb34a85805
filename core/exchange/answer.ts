import { readableText } from './charset';

/** The word with which the exchange begins its answers. */
export type ExchangeWord = 'success' | 'progress' | 'failure' | 'error';

/** An answer in words, as the exchange gives it to everything but a query for orders. */
export interface ExchangeAnswer {
	word: ExchangeWord;
	/** What follows the word, without empty lines. */
	lines: string[];
}

/** What an answer is that the exchange did not give: nothing, a page for people (login, firewall, licence), or anything else. */
export type ForeignAnswer = 'empty' | 'page' | 'other';

const WORDS: ReadonlySet<string> = new Set<ExchangeWord>(['success', 'progress', 'failure', 'error']);

/** A first line that is a word of the exchange, or `zip=yes`, has no more bytes. */
const LONGEST_FIRST_LINE = 64;
const LINE_FEED = 0x0a;
const MARK = [0xef, 0xbb, 0xbf];

/** Custom scripts saved with a byte order mark put it in front of what they say. */
export const withoutMark = (bytes: Uint8Array): Uint8Array => (MARK.every((byte, index) => bytes[index] === byte) ? bytes.subarray(MARK.length) : bytes);

/** The first line, which is ASCII in every answer of the exchange; undefined when it is longer than any of these. */
export function firstLine(bytes: Uint8Array): string | undefined {
	const start = withoutMark(bytes).subarray(0, LONGEST_FIRST_LINE + 1);
	const end = start.indexOf(LINE_FEED);
	if (end < 0 && start.length > LONGEST_FIRST_LINE) return undefined;
	return String.fromCharCode(...start.subarray(0, end < 0 ? start.length : end)).trim();
}

/** An answer in words, or what it is instead. The text is decoded only when the first line is one of the exchange. */
export function readExchangeAnswer(bytes: Uint8Array): ExchangeAnswer | ForeignAnswer {
	const word = firstLine(bytes);
	if (word === undefined || !isWord(word)) return foreign(bytes);
	return { word, lines: linesOf(bytes).slice(1) };
}

const isWord = (line: string): line is ExchangeWord => WORDS.has(line);

/** The lines of an answer, without spaces around them and without empty ones. */
export const linesOf = (bytes: Uint8Array): string[] =>
	readableText(withoutMark(bytes))
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');

/** Bytes of a page in which its nature shows. */
const HEAD = 4096;

/** What bytes are that the exchange did not send. */
export function foreign(bytes: Uint8Array): ForeignAnswer {
	const head = headOf(bytes).trimStart();
	if (head === '') return 'empty';
	return head.startsWith('<') ? 'page' : 'other';
}

/** The beginning as text; letters that are not ASCII may be wrong. */
export const headOf = (bytes: Uint8Array): string => new TextDecoder('windows-1251').decode(withoutMark(bytes).subarray(0, HEAD));
