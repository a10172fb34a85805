import { SyncError } from '../../errors';
import { joinedBytes } from '../../model/bytes';

/** Bytes in which a declaration must have said the encoding. */
const LONGEST_DECLARATION = 1024;
/** Bytes that tell every mark. */
const LONGEST_MARK = 4;

interface Mark {
	encoding: string;
	/** Bytes that belong to the mark and not to the text. */
	length: number;
}

/** Byte order marks, and how a declaration begins in two bytes a character. */
const MARKS: ReadonlyArray<Mark & { bytes: readonly number[] }> = [
	{ bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8', length: 3 },
	{ bytes: [0xff, 0xfe], encoding: 'utf-16le', length: 2 },
	{ bytes: [0xfe, 0xff], encoding: 'utf-16be', length: 2 },
	{ bytes: [0x3c, 0x00, 0x3f, 0x00], encoding: 'utf-16le', length: 0 },
	{ bytes: [0x00, 0x3c, 0x00, 0x3f], encoding: 'utf-16be', length: 0 },
];

/** Bytes of a character but its last one. */
const LONGEST_UNFINISHED = 3;
/** A decoder keeps what is unfinished by itself. */
const AS_STREAM = { stream: true };

const TWO_BYTES = /^(utf-?16|ucs-?2|iso-10646)/i;
const ONE_BYTE = /^(windows-|iso-8859-|koi8-|ibm866)/;

/**
 * Turns the bytes of a document into text, chunk by chunk. The encoding is that of the byte order mark, else that of the
 * declaration, else `fallback`, which an HTTP header may have said. Throws XML_ENCODING_UNKNOWN, XML_BYTES_INVALID.
 */
export class XmlDecoder {
	private decoder: TextDecoder | undefined;
	/** Bytes that were taken. */
	private taken = 0;
	/** The last ones of them; until the encoding is known, all. */
	private last: Uint8Array = new Uint8Array(0);

	constructor(private readonly fallback = 'utf-8') {}

	/** The text of these bytes; the part of a character at their end is kept for the next ones. Empty until the encoding is known. */
	push(chunk: Uint8Array): string {
		if (!this.decoder) return this.begin(joined(this.last, chunk), false);
		return this.decode(this.decoder, chunk);
	}

	/** What is left. Throws XML_TRUNCATED when that is only a part of a character. */
	end(): string {
		const text = this.decoder ? '' : this.begin(this.last, true);
		if (this.unfinished > 0) throw new SyncError('XML_TRUNCATED', { position: this.position, place: 'a character' });
		return text;
	}

	/** Bytes of the document up to the end of the text that was given out. */
	get position(): number {
		return this.taken - this.unfinished;
	}

	/** How many bytes of the document a text takes. */
	lengthOf(text: string): number {
		const encoding = this.decoder?.encoding ?? 'utf-8';
		if (encoding === 'utf-8') return new TextEncoder().encode(text).length;
		return TWO_BYTES.test(encoding) ? text.length * 2 : text.length;
	}

	/** Bytes at the end of those taken that are the beginning of a character. */
	private get unfinished(): number {
		return this.decoder ? unfinished(this.last, this.taken, this.decoder.encoding) : 0;
	}

	private begin(bytes: Uint8Array, atEnd: boolean): string {
		const mark = recognised(bytes, this.fallback, atEnd);
		if (!mark) {
			this.last = bytes;
			return '';
		}
		this.decoder = decoderFor(mark.encoding);
		this.taken = mark.length;
		this.last = new Uint8Array(0);
		return this.decode(this.decoder, bytes.subarray(mark.length));
	}

	private decode(decoder: TextDecoder, chunk: Uint8Array): string {
		try {
			const text = decoder.decode(chunk, AS_STREAM);
			this.taken += chunk.length;
			this.last = chunk.length >= LONGEST_UNFINISHED ? chunk.slice(-LONGEST_UNFINISHED) : joined(this.last, chunk).slice(-LONGEST_UNFINISHED);
			return text;
		} catch {
			return this.refuse(joined(this.last.subarray(this.last.length - this.unfinished), chunk), decoder.encoding);
		}
	}

	private refuse(bytes: Uint8Array, encoding: string): never {
		throw new SyncError('XML_BYTES_INVALID', { position: this.position + firstInvalid(bytes, encoding), encoding });
	}
}

/** Undefined while more bytes are needed to tell. */
function recognised(bytes: Uint8Array, fallback: string, atEnd: boolean): Mark | undefined {
	if (bytes.length < LONGEST_MARK && !atEnd) return undefined;
	const mark = MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
	if (mark) return mark;
	const start = String.fromCharCode(...bytes.subarray(0, LONGEST_DECLARATION));
	const isDeclared = '<?xml'.startsWith(start.slice(0, 5));
	if (isDeclared && !start.includes('?>') && bytes.length < LONGEST_DECLARATION && !atEnd) return undefined;
	const declared = isDeclared ? /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/.exec(start)?.[1] : undefined;
	// A declaration that reads as ASCII is not in two bytes a character, whatever it says.
	if (declared !== undefined && TWO_BYTES.test(declared)) throw new SyncError('XML_ENCODING_UNKNOWN', { encoding: declared });
	return { encoding: declared ?? fallback, length: 0 };
}

function decoderFor(label: string): TextDecoder {
	const decoder = isKnown(label) ? new TextDecoder(label, { fatal: true, ignoreBOM: true }) : undefined;
	if (decoder && (decoder.encoding === 'utf-8' || TWO_BYTES.test(decoder.encoding) || ONE_BYTE.test(decoder.encoding))) return decoder;
	throw new SyncError('XML_ENCODING_UNKNOWN', { encoding: label.slice(0, 40) });
}

function isKnown(label: string): boolean {
	try {
		return new TextDecoder(label).encoding !== '';
	} catch {
		return false;
	}
}

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array => joinedBytes([one, other], one.length + other.length);

/** How many of the last bytes are the beginning of a character, when `taken` are there in all. */
function unfinished(last: Uint8Array, taken: number, encoding: string): number {
	if (encoding === 'utf-8') return unfinishedUtf8(last);
	if (!TWO_BYTES.test(encoding)) return 0;
	const odd = taken % 2;
	const high = last[last.length - odd - (encoding === 'utf-16le' ? 1 : 2)] ?? 0;
	return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd;
}

function unfinishedUtf8(bytes: Uint8Array): number {
	for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte >= 0x80 && byte < 0xc0) continue;
		const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
		return needed > back ? back : 0;
	}
	return 0;
}

/** Where the first byte lies with which the text cannot be read any more. */
function firstInvalid(bytes: Uint8Array, encoding: string): number {
	let good = 0;
	let bad = bytes.length;
	while (bad - good > 1) {
		const middle = (good + bad) >> 1;
		if (isReadable(bytes.subarray(0, middle), encoding)) good = middle;
		else bad = middle;
	}
	return good;
}

function isReadable(bytes: Uint8Array, encoding: string): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(bytes, AS_STREAM);
		return true;
	} catch {
		return false;
	}
}
