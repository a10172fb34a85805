import { SyncError } from '../../errors';
import type { XmlAttributes } from '../xml/attributes';
import { XmlScanner, type XmlHandler } from '../xml/scanner';
import { ROOT } from './document';

/** Elements of which the store deletes what they lack, unless they say that they have changes only. */
const LISTS = ['Каталог', 'ПакетПредложений', 'ИзмененияПакетаПредложений', 'ПользовательскиеСправочники'];

/**
 * Reads a document before it is sent: the store itself does not look whether it is whole. Throws COMMERCEML_UNVERIFIED unless it is
 * one of CommerceML that deletes nothing, and what XmlScanner throws.
 */
export class DocumentCheck implements XmlHandler {
	/** Taken so far. */
	bytes = 0;
	protected readonly path: string[] = [];
	private readonly scanner = new XmlScanner(this);

	/** `changesOnly`: what every list of the document has to say of itself. */
	constructor(private readonly changesOnly: 'true' | 'false' = 'true') {}

	/** Takes the next bytes of the document, whatever their borders. */
	push(chunk: Uint8Array): void {
		this.bytes += chunk.length;
		this.scanner.push(chunk);
	}

	/** Says that the document is complete. */
	end(): void {
		this.scanner.end();
	}

	open(name: string, _namespace: string, attributes: XmlAttributes): void {
		const { path } = this;
		if (path.length === 0 && name !== ROOT) throw unverified(`it begins with <${name.slice(0, 100)}>`);
		if (path.length === 1 && LISTS.includes(name)) this.list(name, attributes);
		path.push(name);
	}

	text(): void {}

	close(): void {
		this.path.pop();
	}

	protected list(_name: string, attributes: XmlAttributes): void {
		if (attributes.get('СодержитТолькоИзменения') !== this.changesOnly) throw unverified('it does not say that it changes only what it has');
	}
}

/** COMMERCEML_UNVERIFIED: the document is not sent, for that reason. */
export const unverified = (reason: string): SyncError => new SyncError('COMMERCEML_UNVERIFIED', { reason });
