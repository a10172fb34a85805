import { SyncError } from '../../errors';
import type { XmlAttributes } from '../xml/attributes';
import { XmlScanner, type XmlHandler } from '../xml/scanner';
import { ROOT, type DocumentKind } from './document';

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

const LISTS = ['Каталог', 'ПакетПредложений', 'ИзмененияПакетаПредложений'];

/**
 * Reads a document that was written, before it is sent: whether it is well-formed and of the right kind, whether it changes
 * only what it has, and how much that is. Throws COMMERCEML_UNVERIFIED, and what XmlScanner throws.
 */
export class DocumentCount implements XmlHandler {
	private readonly scanner = new XmlScanner(this);
	private readonly shape: Shape;
	private readonly path: string[] = [];
	private readonly size: DocumentSize = { items: 0, elements: 0, bytes: 0 };
	private lists = 0;

	/** `changesOnly`: what every list of the document has to say of itself. */
	constructor(
		kind: DocumentKind,
		private readonly changesOnly: 'true' | 'false' = 'true',
	) {
		this.shape = kind === 'import' ? GOODS : OFFERS;
	}

	push(chunk: Uint8Array): void {
		this.size.bytes += chunk.length;
		this.scanner.push(chunk);
	}

	/** Says that the document is complete, and what it has to have. */
	end(expected: DocumentSize): void {
		this.scanner.end();
		if (this.lists !== 1) throw unverified(`it has ${this.lists} lists`);
		for (const [what, count] of Object.entries(expected)) {
			const counted = this.size[what as keyof DocumentSize];
			if (counted !== count) throw unverified(`it has ${counted} ${what} instead of ${count}`);
		}
	}

	open(name: string, _namespace: string, attributes: XmlAttributes): void {
		const { path, shape, size } = this;
		if (path.length === 0 && name !== ROOT) throw unverified(`it begins with <${name}>`);
		if (path.length === 1 && LISTS.includes(name)) this.countList(name, attributes);
		if (path.length === 3 && name === shape.item && path[2] === shape.items && path[1] === shape.list) size.items += 1;
		size.elements += 1;
		path.push(name);
	}

	private countList(name: string, attributes: XmlAttributes): void {
		this.lists += 1;
		if (name !== this.shape.list) throw unverified(`it has <${name}> instead of <${this.shape.list}>`);
		if (attributes.get('СодержитТолькоИзменения') !== this.changesOnly) throw unverified('it does not say that it changes only what it has');
	}

	text(): void {}

	close(): void {
		this.path.pop();
	}
}

export const unverified = (reason: string): SyncError => new SyncError('COMMERCEML_UNVERIFIED', { reason });
