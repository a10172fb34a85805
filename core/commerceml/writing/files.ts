import { unverified } from './check';
import { DocumentCount, type DocumentSize } from './counting';
import type { CmlDocument, DocumentKind } from './document';
import { silentReport, Writing, writeDocument, type WritingReport } from './streaming';

/** Objects that can be read again from any one on, and are the same each time. */
export interface Source<Item> {
	from(index: number): AsyncIterable<Item> | Iterable<Item>;
}

/** The objects of a list, each made when it is needed: never all of them at once. */
export const sourceOf = <One, Item>(list: readonly One[], make: (one: One) => Item): Source<Item> => ({
	*from(index) {
		for (let at = index; at < list.length; at += 1) yield make(list[at] as One);
	},
});

/** A document that was written once to see that it is sound, and is written again, the same, whenever it is opened. */
export interface CmlFile extends DocumentSize {
	/** As 1C calls it: import0_1.xml, import0_2.xml, … */
	name: string;
	kind: DocumentKind;
	/** The store deletes what it lacks: somebody confirmed that. */
	deletesOthers?: true;
	/** Its end throws COMMERCEML_UNVERIFIED when the objects are not the same any more. */
	open(): AsyncGenerator<Uint8Array>;
}

/** Where a document is cut into files; a file has at least one object, whatever that takes. */
export interface FileLimits {
	/** Of a file, which ends behind the object with which it becomes as large. */
	bytes: number;
	items: number;
}

/** 8 MiB, 10,000 objects. */
export const USUAL_FILE_LIMITS: FileLimits = { bytes: 8 * 1024 * 1024, items: 10_000 };

/**
 * The files of a document, each complete in itself, read again and counted before this returns; nothing of them is kept in memory.
 * Without objects there is none, or, `evenEmpty`, one with what stands before the objects.
 */
export async function planFiles<Item>(document: CmlDocument<Item>, source: Source<Item>, report: WritingReport, limits = USUAL_FILE_LIMITS, evenEmpty = false): Promise<CmlFile[]> {
	const files: CmlFile[] = [];
	let part: Part<Item> | undefined;
	let index = 0;
	for await (const item of source.from(0)) {
		part ??= new Part(document, report, index);
		part.add(item);
		index += 1;
		if (!part.isFull(limits)) continue;
		files.push(part.end(nameOf(document.kind, files.length + 1), source));
		part = undefined;
	}
	if (evenEmpty && files.length === 0) part ??= new Part(document, report, index);
	if (part && (part.items > 0 || (evenEmpty && files.length === 0))) files.push(part.end(nameOf(document.kind, files.length + 1), source));
	return files;
}

const nameOf = (kind: DocumentKind, part: number): string => `${kind}0_${part}.xml`;

/** A file that is being planned. */
class Part<Item> {
	private readonly writing: Writing<Item>;
	private readonly count: DocumentCount;
	/** Objects that were looked at. */
	private taken = 0;

	constructor(
		private readonly document: CmlDocument<Item>,
		report: WritingReport,
		private readonly start: number,
	) {
		this.writing = new Writing(document, report);
		this.count = new DocumentCount(document.kind);
	}

	get items(): number {
		return this.writing.items;
	}

	add(item: Item): void {
		this.taken += 1;
		this.writing.add(item);
		const chunk = this.writing.take();
		if (chunk) this.count.push(chunk);
	}

	isFull({ bytes, items }: FileLimits): boolean {
		return this.writing.items >= items || this.writing.bytes >= bytes;
	}

	end(name: string, source: Source<Item>): CmlFile {
		this.count.push(this.writing.end());
		const { size } = this.writing;
		this.count.endWith(size);
		const { document, start, taken } = this;
		return { name, kind: document.kind, ...size, open: () => reopened(document, firstOf(source.from(start), taken), size) };
	}
}

async function* firstOf<Item>(items: AsyncIterable<Item> | Iterable<Item>, count: number): AsyncGenerator<Item> {
	let left = count;
	if (left === 0) return;
	for await (const item of items) {
		yield item;
		left -= 1;
		if (left === 0) return;
	}
}

/** The document again, chunk by chunk. Throws COMMERCEML_UNVERIFIED at its end when it is not as large as it was. */
export async function* reopened<Item>(document: CmlDocument<Item>, items: AsyncIterable<Item> | Iterable<Item>, expected: DocumentSize): AsyncGenerator<Uint8Array> {
	const { items: count, elements, bytes } = yield* writeDocument(document, items, silentReport());
	if (count !== expected.items || elements !== expected.elements || bytes !== expected.bytes) throw unverified('it is not the same when it is written again');
}
