import type { SyncError } from '../../errors';
import { Findings } from '../codec/findings';
import { XmlWriter } from '../xml/writer';
import type { DocumentSize } from './counting';
import type { CmlDocument } from './document';

/** What is told of the objects of a document while it is being written. */
export interface WritingReport {
	/** An object that was not written, and why; the others are. */
	refuse(id: string, fault: SyncError): void;
	/** What was changed in objects that were written. */
	findings: Findings;
}

/** Nobody is told: for what was told before. */
export const silentReport = (): WritingReport => ({ refuse: () => {}, findings: new Findings() });

/** A document that is being written, object by object. */
export class Writing<Item> {
	items = 0;
	private readonly writer: XmlWriter;
	private object: string | null = null;

	/** Throws when what stands before the objects cannot be written. */
	constructor(
		private readonly document: CmlDocument<Item>,
		private readonly report: WritingReport,
	) {
		this.writer = new XmlWriter((element) => report.findings.add('COMMERCEML_CHARACTERS_OMITTED', element, this.object, { element }));
		document.begin(this.writer);
	}

	/** Objects that would do damage are refused. */
	add(item: Item): void {
		const fault = this.document.fault(item);
		this.object = this.document.idOf(item);
		if (fault) return this.report.refuse(this.object, fault);
		this.document.item(this.writer, item);
		this.items += 1;
	}

	/** The next chunk, if there is enough for one. */
	take(): Uint8Array | undefined {
		return this.writer.isFull ? this.writer.take() : undefined;
	}

	/** Bytes until now, about. */
	get bytes(): number {
		return this.writer.size;
	}

	/** The last chunk. */
	end(): Uint8Array {
		this.object = null;
		this.document.end(this.writer);
		return this.writer.finish();
	}

	/** Of the whole document, at its end. */
	get size(): DocumentSize {
		return { items: this.items, elements: this.writer.elements, bytes: this.writer.bytes };
	}
}

/** One document of any size, chunk by chunk; at its end, how large it is. */
export async function* writeDocument<Item>(
	document: CmlDocument<Item>,
	items: AsyncIterable<Item> | Iterable<Item>,
	report: WritingReport,
): AsyncGenerator<Uint8Array, DocumentSize, undefined> {
	const writing = new Writing(document, report);
	for await (const item of items) {
		writing.add(item);
		const chunk = writing.take();
		if (chunk) yield chunk;
	}
	yield writing.end();
	return writing.size;
}
