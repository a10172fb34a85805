import { readAttributes, type ReadAttributes } from './attributes';
import { detached } from './detached';
import { exceeded, malformed } from './fault';
import type { XmlLimits } from './limits';
import { XmlNames, type XmlName } from './names';

/** A start tag as it was read; the same object stands for all tags with the same text. */
export interface StartTag extends ReadAttributes {
	name: XmlName;
	/** Prefixes of its attributes. */
	prefixes: readonly string[];
	/** It is an end tag as well. */
	isEmpty: boolean;
}

/** Texts that are kept: the tags that a document repeats, not all of them. */
const MOST_KEPT = 4096;
const LONGEST_KEPT = 256;

/** Reads start tags. Documents repeat the same ones over and over, so that most of them need not be read again. */
export class StartTags {
	private readonly names = new XmlNames();
	/** By the text between their signs. None has a > in it, so that whatever stands before the first > can be looked up. */
	private readonly kept = new Map<string, StartTag>();

	constructor(private readonly limits: XmlLimits) {}

	/** A tag that was read before, by the text up to the first >. */
	known(text: string): StartTag | undefined {
		return this.kept.get(text);
	}

	/** A tag by the text between its signs, which begins at `offset` in what is being read. Throws XmlFault. */
	read(cut: string, offset: number): StartTag {
		const text = detached(cut);
		const isEmpty = text.endsWith('/');
		const inner = isEmpty ? text.slice(0, -1) : text;
		const nameLength = inner.search(/[\t\n\r ]|$/);
		const name = this.nameAt(offset, inner.slice(0, nameLength));
		const read = readAttributes(inner.slice(nameLength), offset + nameLength, this.limits);
		const prefixes = [...read.attributes.keys()].filter((name) => name.includes(':')).map((name) => name.slice(0, name.indexOf(':')));
		const tag = { name, ...read, prefixes, isEmpty };
		if (this.kept.size < MOST_KEPT && text.length <= LONGEST_KEPT && !text.includes('>')) this.kept.set(text, tag);
		return tag;
	}

	private nameAt(index: number, full: string): XmlName {
		if (full.length > this.limits.name) throw exceeded(index, 'name', this.limits);
		const name = this.names.read(full);
		if (!name) throw malformed(index, `“${full.slice(0, 40)}” is no name of an element`);
		return name;
	}
}
