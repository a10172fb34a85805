import { joinedBytes } from '../../model/bytes';
import { XmlElement } from './element';
import { USUAL_LIMITS, type XmlLimits } from './limits';
import { XmlRecordHandler, type XmlRecordSink, type XmlRoute } from './recordHandler';
import { XmlScanner } from './scanner';

/** Bytes of a document in any pieces. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What is left out counts as usual. */
export interface XmlReadOptions {
	limits?: XmlLimits;
	/** Counts for a document that does not say its own encoding. */
	encoding?: string;
}

/** Bytes that are read at once: what fits into the cache of a processor. */
const PORTION = 16_384;

/** The same bytes in portions that are neither a byte each nor a whole file. Large chunks are not copied. */
async function* portions(chunks: ByteChunks, size = PORTION): AsyncGenerator<Uint8Array> {
	let small: Uint8Array[] = [];
	let waiting = 0;
	for await (const chunk of chunks) {
		if (waiting + chunk.length < size) {
			small.push(chunk);
			waiting += chunk.length;
			continue;
		}
		if (waiting > 0) yield joinedBytes(small, waiting);
		small = [];
		waiting = 0;
		for (let from = 0; from < chunk.length; from += size) yield chunk.subarray(from, from + size);
	}
	if (waiting > 0) yield joinedBytes(small, waiting);
}

/** What a sink collects while a document is read along a route. `drain` gives what was collected since it was last asked. */
export interface Collecting<Output> extends XmlRecordSink {
	drain(): Output[];
}

/** Reads a document along a route, and gives what the sink makes of its records as soon as it is there. Throws what XmlScanner throws. */
export async function* readRecords<Output>(chunks: ByteChunks, route: XmlRoute, sink: Collecting<Output>, options: XmlReadOptions = {}): AsyncGenerator<Output> {
	const { limits, encoding } = options;
	const scanner = new XmlScanner(new XmlRecordHandler(route, sink, limits), limits, encoding);
	for await (const portion of portions(chunks)) {
		scanner.push(portion);
		yield* sink.drain();
	}
	scanner.end();
	yield* sink.drain();
}

/** A small document as a whole. Throws what XmlScanner throws. */
export async function readXml(chunks: ByteChunks, options: XmlReadOptions = {}): Promise<XmlElement> {
	const { limits = USUAL_LIMITS, encoding } = options;
	const sink = new RootSink();
	const scanner = new XmlScanner(new XmlRecordHandler('take', sink, limits), limits, encoding);
	for await (const portion of portions(chunks)) scanner.push(portion);
	scanner.end();
	return sink.root;
}

/** The outermost element, which every document has that a scanner read to its end. */
class RootSink implements XmlRecordSink {
	root = new XmlElement('');

	enter(): void {}
	leave(): void {}
	unknown(): void {}
	strayText(): void {}

	record(element: XmlElement): void {
		this.root = element;
	}
}
