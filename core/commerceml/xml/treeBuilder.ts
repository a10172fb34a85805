import type { XmlAttributes } from './attributes';
import { isBlank } from './characters';
import { detached } from './detached';
import { XmlElement } from './element';
import { exceeded } from './fault';
import type { XmlLimits } from './limits';

/** Builds one element after the other from what a scanner tells. Throws XmlFault. */
export class XmlTreeBuilder {
	private readonly open: XmlElement[] = [];
	private elements = 0;
	private characters = 0;

	constructor(private readonly limits: XmlLimits) {}

	/** Whether an element is being built. */
	get isBuilding(): boolean {
		return this.open.length > 0;
	}

	/** An element begins, inside of the one that is open. Throws XmlFault when the object becomes too large. */
	start(name: string, attributes: XmlAttributes): void {
		this.elements += 1;
		if (this.elements > this.limits.elements) throw exceeded(undefined, 'elements', this.limits);
		for (const value of attributes.values()) this.count(value);
		const element = new XmlElement(name, attributes);
		this.open.at(-1)?.add(element);
		this.open.push(element);
	}

	/** A piece of the text of the open element. Throws XmlFault when the object becomes too large. */
	text(piece: string): void {
		const element = this.open.at(-1);
		if (!element) return;
		this.count(piece);
		element.text = element.text === '' ? piece : element.text + piece;
	}

	/** The element that is complete now, if it is the outermost one. */
	close(): XmlElement | undefined {
		const element = this.open.pop();
		if (!element) return undefined;
		element.text = element.children.length > 0 && isBlank(element.text) ? '' : detached(element.text);
		if (this.open.length > 0) return undefined;
		this.elements = 0;
		this.characters = 0;
		return element;
	}

	private count({ length }: string): void {
		this.characters += length;
		if (this.characters > this.limits.texts) throw exceeded(undefined, 'texts', this.limits);
	}
}
