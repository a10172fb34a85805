import { NO_ATTRIBUTES, type XmlAttributes } from './attributes';
import { isBlank } from './characters';

const NO_CHILDREN: readonly XmlElement[] = [];

/** An element with all that is in it. */
export class XmlElement {
	/** All its own text, as it stands; of an element with children only what is more than white space. */
	text = '';
	private inner: XmlElement[] | undefined;

	constructor(
		/** Without its prefix. In front of it in braces is its namespace, if that is another one than the outermost element's. */
		readonly name: string,
		readonly attributes: XmlAttributes = NO_ATTRIBUTES,
	) {}

	/** In their order; repeated ones as often as they come. */
	get children(): readonly XmlElement[] {
		return this.inner ?? NO_CHILDREN;
	}

	/** Puts a child behind those that are there. */
	add(child: XmlElement): void {
		if (this.inner) this.inner.push(child);
		else this.inner = [child];
	}

	/** The first child of that name. */
	child(name: string): XmlElement | undefined {
		return this.inner?.find((one) => one.name === name);
	}

	/** All children of that name, in their order. */
	all(name: string): XmlElement[] {
		return this.inner?.filter((one) => one.name === name) ?? [];
	}

	/** The text of the first child of that name: null when there is none, '' when there is only white space in it. */
	textOf(name: string): string | null {
		return this.child(name)?.value ?? null;
	}

	/** The text, where white space alone counts as nothing. */
	get value(): string {
		return isBlank(this.text) ? '' : this.text;
	}
}
