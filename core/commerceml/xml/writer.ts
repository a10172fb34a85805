import { SyncError } from '../../errors';
import { isXmlName } from './characters';
import { escapeText, escapeValue, needsEscape, valueNeedsEscape, type Escaped } from './escape';
import { USUAL_LIMITS } from './limits';

/** How a name stands in tags. These begin a line, since Bitrix takes white space between elements for nothing. */
interface Tags {
	start: string;
	/** Without its end, for attributes. */
	openStart: string;
	end: string;
	/** Of an attribute, up to its value. */
	attribute: string;
}

/** Kept for all writers: the names of CommerceML are few. */
const tagsByName = new Map<string, Tags>();

/** Characters that wait to be taken before a writer says that it is full. Larger chunks are slower. */
const FULL = 16_384;

/**
 * Writes XML that is always well-formed, as bytes in UTF-8, in the form that Bitrix reads: double quotation marks, no comments, no
 * CDATA, nothing between the tags of a text but the text. An element has either children or a text. Throws XML_WRITTEN_WRONGLY.
 */
export class XmlWriter {
	/** Elements that were written. */
	elements = 0;
	/** Bytes that were taken. */
	bytes = 0;
	private readonly encoder = new TextEncoder();
	private readonly open: string[] = [];
	private text = '<?xml version="1.0" encoding="UTF-8"?>';
	private state: 'new' | 'begun' | 'complete' | 'taken' = 'new';

	/** `omitted` is called with the name of the element when characters are left out that XML forbids. */
	constructor(private readonly omitted: (element: string) => void = () => {}) {}

	/** Begins an element with children. */
	begin(name: string, attributes?: Readonly<Record<string, string>>): void {
		const tags = this.admit(name);
		this.text += attributes ? `${tags.openStart}${this.attributesText(name, attributes)}>` : tags.start;
		this.open.push(name);
		if (this.open.length > USUAL_LIMITS.depth) throw wrong(`<${name}> lies too deep`);
	}

	/** An element with a text alone, or with nothing. */
	leaf(name: string, text: string, attributes?: Readonly<Record<string, string>>): void {
		const tags = this.admit(name);
		const content = needsEscape(text) ? this.taken(name, escapeText(text)) : text;
		if (!attributes) this.text += tags.start + content + tags.end;
		// An element that has attributes and no text is known to be read in its short form.
		else this.text += `${tags.openStart}${this.attributesText(name, attributes)}${content === '' ? '/>' : `>${content}${tags.end}`}`;
		this.completeIfOutermost();
	}

	/** Ends an element that was begun; it has to be the last one that is open. */
	end(name: string): void {
		const open = this.open.pop();
		if (open !== name) throw wrong(`</${name}> instead of ${open === undefined ? 'the end' : `</${open}>`}`);
		this.text += '\n' + tagsOf(name).end;
		this.completeIfOutermost();
	}

	/** Whether enough waits to be taken. */
	get isFull(): boolean {
		return this.text.length >= FULL;
	}

	/** Bytes so far, where those that wait are counted as if each character took two. */
	get size(): number {
		return this.bytes + this.text.length * 2;
	}

	/** What was written since the last time. */
	take(): Uint8Array {
		const bytes = this.encoder.encode(this.text);
		this.bytes += bytes.length;
		this.text = '';
		return bytes;
	}

	/** The rest of the document, all of whose elements have to be ended. */
	finish(): Uint8Array {
		if (this.state !== 'complete') throw wrong(`<${this.open.at(-1) ?? 'the outermost element'}> is not ended`);
		this.text += '\n';
		this.state = 'taken';
		return this.take();
	}

	/** Counts an element that may stand here. */
	private admit(name: string): Tags {
		if (this.open.length === 0 && this.state !== 'new') throw wrong(`<${name}> after the outermost element`);
		this.state = 'begun';
		this.elements += 1;
		return tagsOf(name);
	}

	private attributesText(element: string, attributes: Readonly<Record<string, string>>): string {
		let text = '';
		for (const name in attributes) {
			const value = attributes[name] ?? '';
			text += tagsOf(name).attribute + (valueNeedsEscape(value) ? this.taken(element, escapeValue(value)) : value) + '"';
		}
		return text;
	}

	private taken(element: string, { text, isShortened }: Escaped): string {
		if (isShortened) this.omitted(element);
		return text;
	}

	private completeIfOutermost(): void {
		if (this.open.length === 0) this.state = 'complete';
	}
}

function tagsOf(name: string): Tags {
	const known = tagsByName.get(name);
	if (known) return known;
	if (!isXmlName(name) || name.includes(':')) throw wrong(`“${name}” is no name`);
	const tags = { start: `\n<${name}>`, openStart: `\n<${name}`, end: `</${name}>`, attribute: ` ${name}="` };
	tagsByName.set(name, tags);
	return tags;
}

const wrong = (reason: string): SyncError => new SyncError('XML_WRITTEN_WRONGLY', { reason });
