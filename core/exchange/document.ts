import { foreign, headOf, readExchangeAnswer, withoutMark, type ExchangeAnswer, type ForeignAnswer } from './answer';
import { encodeWord, isUtf8, type ExchangeCharset } from './charset';

const ROOTS = ['КоммерческаяИнформация', 'Справочник'] as const;

/** The roots of the documents that sites send. */
export type ExchangeRoot = (typeof ROOTS)[number];

/** An XML document as it came: from its first byte to the end of its root. */
export interface ExchangeDocument {
	bytes: Uint8Array;
	/** In which the name of the root makes sense, whatever header and declaration say. */
	charset: ExchangeCharset;
}

/** A document that cannot be used: its end is missing, or it is in another encoding than it can be read in. */
export type BrokenDocument = 'cut' | 'charset';

const CHARSETS: readonly ExchangeCharset[] = ['utf-8', 'windows-1251'];

/** Bytes at the beginning in which the root must open, and at the end in which it must close. */
const HEAD = 4096;
const TAIL = 1024;

/** A document with this root, the words that the exchange said instead, or what else came. */
export function readExchangeDocument(
	bytes: Uint8Array,
	root: ExchangeRoot,
): ExchangeDocument | ExchangeAnswer | ForeignAnswer | BrokenDocument {
	const words = readExchangeAnswer(bytes);
	if (typeof words === 'object') return words;
	const charset = charsetIn(bytes, root);
	if (!charset) return withoutRoot(bytes);
	if (charset === 'utf-8' && !isUtf8(bytes)) return isCut(bytes, charset, root) ? 'cut' : 'charset';
	return isCut(bytes, charset, root) ? 'cut' : { bytes, charset };
}

/** What a document is whose root is not the one that was asked for. */
function withoutRoot(bytes: Uint8Array): ForeignAnswer | BrokenDocument {
	const head = headOf(bytes);
	if (!/^\s*<\?xml/.test(head) || /<(!doctype\s+)?html/i.test(head)) return foreign(bytes);
	return ROOTS.some((root) => charsetIn(bytes, root)) ? 'other' : 'charset';
}

const beginning = (root: string): RegExp => new RegExp(`^\\s*(<\\?xml[^>]*>\\s*)?<([\\w.-]+:)?${root}[\\s/>]`);

/** The encoding in which the document begins with its root. Its name is Russian: in any other it is something else. */
function charsetIn(bytes: Uint8Array, root: string): ExchangeCharset | undefined {
	const start = withoutMark(bytes).subarray(0, HEAD);
	return CHARSETS.find((charset) => beginning(root).test(new TextDecoder(charset).decode(start)));
}

function isCut(bytes: Uint8Array, charset: ExchangeCharset, root: string): boolean {
	const tail = new TextDecoder(charset).decode(bytes.subarray(-TAIL));
	if (new RegExp(`</([\\w.-]+:)?${root}\\s*>\\s*$`).test(tail)) return false;
	return !new RegExp(`<([\\w.-]+:)?${root}(\\s[^<>]*)?/>\\s*$`).test(tail);
}

const LESS = 0x3c;

/** Where the first order, payment, shipment or container of a document begins; -1 when it has none. */
export function firstOrder({ bytes, charset }: ExchangeDocument): number {
	const names = ['Документ', 'Контейнер'].map((name) => encodeWord(name, charset));
	for (let at = bytes.indexOf(LESS); at >= 0; at = bytes.indexOf(LESS, at + 1))
		if (names.some((name) => isTagAt(bytes, at, name))) return at;
	return -1;
}

function isTagAt(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
	const end = bytes[at + 1 + name.length];
	const ends = end === 0x3e || end === 0x2f || (end !== undefined && end <= 0x20);
	return ends && name.every((byte, index) => bytes[at + 1 + index] === byte);
}

/** Whether two documents hold the same orders; their roots may carry different moments. */
export function holdSameOrders(one: ExchangeDocument, other: ExchangeDocument): boolean {
	const [mine, theirs] = [one, other].map((document) => document.bytes.subarray(Math.max(0, firstOrder(document))));
	if (!mine || !theirs || mine.length !== theirs.length) return false;
	return mine.every((byte, index) => byte === theirs[index]);
}
