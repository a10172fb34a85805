import { isQualifiedName } from './characters';

/** The name of elements, read once for all of them. */
export interface XmlName {
	/** As it is written, with its prefix. */
	full: string;
	prefix: string;
	local: string;
	/** The end tag as it is usually written. */
	endTag: string;
}

/** Names that are kept: more than any real document has. */
const MOST_KEPT = 4096;

/** Names that were met in a document. */
export class XmlNames {
	private readonly kept = new Map<string, XmlName>();

	/** The parts of a name as it is written; undefined for what is no name. */
	read(full: string): XmlName | undefined {
		const known = this.kept.get(full);
		if (known || !isQualifiedName(full)) return known;
		const colon = full.indexOf(':');
		const name = { full, prefix: full.slice(0, Math.max(0, colon)), local: full.slice(colon + 1), endTag: `</${full}>` };
		if (this.kept.size < MOST_KEPT) this.kept.set(full, name);
		return name;
	}
}
