import { SyncError } from '../../errors';
import type { XmlAttributes } from './attributes';
import { forbiddenCharacter, isBlank, normalLines } from './characters';
import { XmlDecoder } from './encoding';
import { exceeded, malformed, XmlFault } from './fault';
import { checkInstruction } from './instruction';
import { USUAL_LIMITS, type XmlLimits } from './limits';
import type { XmlName } from './names';
import { Namespaces } from './namespaces';
import { LONGEST_REFERENCE, resolveReferences } from './references';
import { StartTags, type StartTag } from './startTags';

/** Is told what a document consists of, in its order. */
export interface XmlHandler {
	/** `name` is without its prefix; `namespace` is '' when the element is in none. */
	open(name: string, namespace: string, attributes: XmlAttributes): void;
	/** A piece of the text of the element that is open; its text can come in several. */
	text(piece: string): void;
	/** The element that is open ends. */
	close(): void;
}

const LESS = 60;
const SLASH = 47;
const EXCLAMATION = 33;
const QUESTION = 63;

const COMMENT = '<!--';
const CDATA = '<![CDATA[';
const DOCTYPE = '<!DOCTYPE';

/** What must not be cut at the end of a chunk: a reference, a line end, the end of a CDATA section. */
const UNCUT_TEXT = /(?:&[^;]*|\r|\]{1,2})$/;
const UNCUT_CDATA = /(?:\r|\]{1,2})$/;

/**
 * Reads well-formed XML of any size from chunks of bytes, whatever their borders, and tells its handler. Comments and processing
 * instructions are passed over. Keeps no more than one chunk and one tag. Throws XML_MALFORMED, XML_TRUNCATED, XML_ENCODING_UNKNOWN,
 * XML_BYTES_INVALID, XML_DOCTYPE_REFUSED, XML_ENTITY_UNKNOWN, XML_LIMIT_EXCEEDED; after that it must not be used any more.
 */
export class XmlScanner {
	private readonly decoder: XmlDecoder;
	private readonly startTags: StartTags;
	private readonly namespaces = new Namespaces();
	private readonly open: XmlName[] = [];
	private place: 'content' | 'comment' | 'cdata' = 'content';
	/** Text that was decoded; what was not told yet begins at `position`. */
	private buffer = '';
	private position = 0;
	/** Where the next of these stands in the buffer, as far as it was looked for. */
	private ampersand = -1;
	private carriageReturn = -1;
	private cdataEnd = -1;
	/** Characters of text since the last tag. */
	private textLength = 0;
	private hasBegun = false;
	private hasRoot = false;

	/** `encoding` counts for a document that does not say its own. */
	constructor(
		private readonly handler: XmlHandler,
		private readonly limits: XmlLimits = USUAL_LIMITS,
		encoding?: string,
	) {
		this.decoder = new XmlDecoder(encoding);
		this.startTags = new StartTags(limits);
	}

	/** Takes the next bytes of the document and tells the handler what is complete in them. */
	push(chunk: Uint8Array): void {
		this.take(this.decoder.push(chunk));
	}

	/** Says that nothing more comes. */
	end(): void {
		this.take(this.decoder.end());
		const place = this.unfinishedPlace();
		if (place !== undefined) throw new SyncError('XML_TRUNCATED', { position: this.decoder.position, place });
	}

	private unfinishedPlace(): string | undefined {
		const inner = this.open.at(-1);
		if (inner) return `<${inner.full}>`;
		if (this.place !== 'content' || !isBlank(this.buffer.slice(this.position))) return 'a tag or a comment';
		return this.hasRoot ? undefined : 'a document without an element';
	}

	private take(text: string): void {
		if (text === '') return;
		const rest = this.buffer.slice(this.position);
		this.buffer = rest === '' ? text : rest + text;
		this.position = 0;
		this.ampersand = this.carriageReturn = this.cdataEnd = -1;
		try {
			this.checkCharacters(text, rest.length);
			while (this.position < this.buffer.length && this.step()) this.hasBegun = true;
			if (this.buffer.length - this.position > this.limits.tag) throw exceeded(this.position, 'tag', this.limits);
		} catch (error) {
			throw error instanceof XmlFault ? this.located(error) : error;
		}
	}

	private checkCharacters(text: string, offset: number): void {
		const index = forbiddenCharacter(text);
		if (index < 0) return;
		const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
		throw malformed(offset + index, `it contains the forbidden character U+${code}`);
	}

	private located({ index, code, details }: XmlFault): SyncError {
		const rest = this.buffer.slice(index ?? this.position);
		return new SyncError(code, { ...details, position: this.decoder.position - this.decoder.lengthOf(rest) });
	}

	/** False when more of the document is needed. */
	private step(): boolean {
		if (this.place === 'comment') return this.passComment();
		if (this.place === 'cdata') return this.readCdata();
		if (this.buffer.charCodeAt(this.position) !== LESS) return this.readText();
		switch (this.buffer.charCodeAt(this.position + 1)) {
			case SLASH:
				return this.readEndTag();
			case EXCLAMATION:
				return this.enterSection();
			case QUESTION:
				return this.passInstruction();
			default:
				return this.readKnownStartTag() || this.readStartTag();
		}
	}

	private readText(): boolean {
		const from = this.position;
		const less = this.buffer.indexOf('<', from);
		this.position = less < 0 ? this.uncutEnd(UNCUT_TEXT) : less;
		if (this.position > from) this.tellText(from, this.position);
		return less >= 0;
	}

	/** Where the rest begins that must not be told before more is there. */
	private uncutEnd(uncut: RegExp): number {
		const { length } = this.buffer;
		const tail = this.buffer.slice(Math.max(this.position, length - LONGEST_REFERENCE));
		const found = uncut.exec(tail);
		return found ? length - tail.length + found.index : length;
	}

	private tellText(from: number, end: number): void {
		const raw = this.buffer.slice(from, end);
		if (this.open.length === 0) {
			const outside = raw.search(/[^\t\n\r ]/);
			if (outside >= 0) throw malformed(from + outside, 'there is text outside of the outermost element');
			return;
		}
		if (this.cdataEnd < from) this.cdataEnd = this.find(']]>', from);
		if (this.cdataEnd < end) throw malformed(this.cdataEnd, ']]> stands in a text');
		if (this.carriageReturn < from) this.carriageReturn = this.find('\r', from);
		if (this.ampersand < from) this.ampersand = this.find('&', from);
		const isPlain = this.ampersand >= end && this.carriageReturn >= end;
		this.tell(isPlain ? raw : resolveReferences(raw, from, normalLines), from);
	}

	/** Where a text is, or the end of the buffer. */
	private find(text: string, from: number): number {
		const found = this.buffer.indexOf(text, from);
		return found < 0 ? this.buffer.length : found;
	}

	private tell(piece: string, from: number): void {
		this.textLength += piece.length;
		if (this.textLength > this.limits.text) throw exceeded(from, 'text', this.limits);
		this.handler.text(piece);
	}

	private readKnownStartTag(): boolean {
		const end = this.buffer.indexOf('>', this.position);
		const tag = end < 0 ? undefined : this.startTags.known(this.buffer.slice(this.position + 1, end));
		if (!tag) return false;
		this.begin(tag, end);
		return true;
	}

	private readStartTag(): boolean {
		const end = this.tagEnd();
		if (end < 0) return false;
		const from = this.position + 1;
		this.begin(this.startTags.read(this.buffer.slice(from, end), from), end);
		return true;
	}

	/** The `>` of the tag at `position`, which is none inside of quotation marks; -1 when it is not there yet. */
	private tagEnd(): number {
		const special = /[<>"']/g;
		special.lastIndex = this.position + 1;
		for (let quote = ''; ; ) {
			const index = special.exec(this.buffer)?.index;
			if (index === undefined) return -1;
			const character = this.buffer.charAt(index);
			if (character === '<') throw malformed(index, '< stands in a tag');
			if (quote !== '') quote = character === quote ? '' : quote;
			else if (character === '>') return index;
			else quote = character;
		}
	}

	private begin({ name, attributes, namespaces, prefixes, isEmpty }: StartTag, end: number): void {
		if (this.open.length === 0 && this.hasRoot) throw malformed(this.position, 'there is a second outermost element');
		if (this.open.length >= this.limits.depth) throw exceeded(this.position, 'depth', this.limits);
		if (namespaces.size > 0) this.namespaces.enter(this.open.length + 1, namespaces);
		for (const prefix of prefixes) this.namespaceOf(prefix);
		this.hasRoot = true;
		this.textLength = 0;
		this.open.push(name);
		this.handler.open(name.local, this.namespaceOf(name.prefix), attributes);
		if (isEmpty) this.finish();
		this.position = end + 1;
	}

	private namespaceOf(prefix: string): string {
		const namespace = prefix === '' ? this.namespaces.usual : this.namespaces.of(prefix);
		if (namespace === undefined) throw malformed(this.position, `no namespace is declared for the prefix ${prefix}`);
		return namespace;
	}

	private readEndTag(): boolean {
		const open = this.open.at(-1);
		if (open && this.buffer.startsWith(open.endTag, this.position)) {
			this.position += open.endTag.length;
			this.finish();
			return true;
		}
		const end = this.buffer.indexOf('>', this.position);
		if (end < 0) return false;
		const name = this.buffer.slice(this.position + 2, end).replace(/[\t\n\r ]+$/, '');
		if (!open) throw malformed(this.position, 'there is an end tag after the outermost element');
		if (name !== open.full) throw malformed(this.position, `there is </${name.slice(0, 40)}> where </${open.full}> should be`);
		this.position = end + 1;
		this.finish();
		return true;
	}

	private finish(): void {
		this.namespaces.leave(this.open.length);
		this.open.pop();
		this.textLength = 0;
		this.handler.close();
	}

	private enterSection(): boolean {
		const marks = [COMMENT, CDATA, DOCTYPE];
		const mark = marks.find((one) => this.buffer.startsWith(one, this.position));
		if (mark === DOCTYPE) throw new XmlFault(this.position, 'XML_DOCTYPE_REFUSED', {});
		if (mark === undefined) {
			const rest = this.buffer.slice(this.position, this.position + DOCTYPE.length);
			if (marks.some((one) => one.startsWith(rest))) return false;
			throw malformed(this.position, 'neither a comment nor a CDATA section follows <!');
		}
		if (mark === CDATA && this.open.length === 0) throw malformed(this.position, 'there is text outside of the outermost element');
		this.place = mark === COMMENT ? 'comment' : 'cdata';
		this.position += mark.length;
		return true;
	}

	private passComment(): boolean {
		const dashes = this.buffer.indexOf('--', this.position);
		if (dashes < 0) {
			this.position = this.buffer.length - (this.buffer.endsWith('-') ? 1 : 0);
			return false;
		}
		this.position = dashes;
		if (dashes + 2 >= this.buffer.length) return false;
		if (this.buffer.charAt(dashes + 2) !== '>') throw malformed(dashes, '-- stands in a comment');
		this.position = dashes + 3;
		this.place = 'content';
		return true;
	}

	private readCdata(): boolean {
		const from = this.position;
		const end = this.buffer.indexOf(']]>', from);
		this.position = end < 0 ? this.uncutEnd(UNCUT_CDATA) : end;
		if (this.position > from) this.tell(normalLines(this.buffer.slice(from, this.position)), from);
		if (end < 0) return false;
		this.position = end + 3;
		this.place = 'content';
		return true;
	}

	private passInstruction(): boolean {
		const end = this.buffer.indexOf('?>', this.position + 2);
		if (end < 0) return false;
		checkInstruction(this.buffer.slice(this.position + 2, end), this.position, !this.hasBegun);
		this.position = end + 2;
		return true;
	}
}
