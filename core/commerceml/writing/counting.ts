import type { XmlAttributes } from '../xml/attributes';
import { DocumentCheck, unverified } from './check';
import type { DocumentKind } from './document';

/** What a document has. */
export interface DocumentSize {
	items: number;
	elements: number;
	bytes: number;
}

interface Shape {
	list: string;
	items: string;
	item: string;
}

const GOODS: Shape = { list: 'Каталог', items: 'Товары', item: 'Товар' };
const OFFERS: Shape = { list: 'ПакетПредложений', items: 'Предложения', item: 'Предложение' };

/**
 * Reads a document that was written, before it is sent: whether it is well-formed and of the right kind, whether it changes
 * only what it has, and how much that is. Throws COMMERCEML_UNVERIFIED, and what XmlScanner throws.
 */
export class DocumentCount extends DocumentCheck {
	private readonly shape: Shape;
	private readonly size: DocumentSize = { items: 0, elements: 0, bytes: 0 };
	private lists = 0;

	/** `changesOnly`: what every list of the document has to say of itself. */
	constructor(kind: DocumentKind, changesOnly: 'true' | 'false' = 'true') {
		super(changesOnly);
		this.shape = kind === 'import' ? GOODS : OFFERS;
	}

	/** Says that the document is complete, and what it has to have. */
	endWith(expected: DocumentSize): void {
		this.end();
		this.size.bytes = this.bytes;
		if (this.lists !== 1) throw unverified(`it has ${this.lists} lists`);
		for (const [what, count] of Object.entries(expected)) {
			const counted = this.size[what as keyof DocumentSize];
			if (counted !== count) throw unverified(`it has ${counted} ${what} instead of ${count}`);
		}
	}

	override open(name: string, namespace: string, attributes: XmlAttributes): void {
		const { path, shape, size } = this;
		if (path.length === 3 && name === shape.item && path[2] === shape.items && path[1] === shape.list) size.items += 1;
		size.elements += 1;
		super.open(name, namespace, attributes);
	}

	protected override list(name: string, attributes: XmlAttributes): void {
		this.lists += 1;
		if (name !== this.shape.list) throw unverified(`it has <${name}> instead of <${this.shape.list}>`);
		super.list(name, attributes);
	}
}
