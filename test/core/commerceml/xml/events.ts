import { SyncError, XmlScanner, type XmlHandler, type XmlLimits } from '../../../../core';

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Byte by character of windows-1251, which the platform can only decode. */
const CYRILLIC = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1251').decode(new Uint8Array([byte])), byte]));
export const windows1251 = (text: string): Uint8Array => Uint8Array.from([...text].map((character) => CYRILLIC.get(character) ?? 0x3f));

/** Bytes in chunks that end at the given places. */
export function cut(bytes: Uint8Array, borders: readonly number[]): Uint8Array[] {
	const places = [...new Set([0, ...borders.map((border) => border % (bytes.length + 1)), bytes.length])].sort((one, other) => one - other);
	return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

export const everyByte = (bytes: Uint8Array): Uint8Array[] => cut(bytes, Array.from({ length: bytes.length }, (_, index) => index));

/** What a scanner tells, in one line an event; pieces of a text are joined. */
export function eventsOf(chunks: Iterable<Uint8Array>, limits?: XmlLimits, encoding?: string): string[] {
	const events: string[] = [];
	let text = '';
	const told = (event: string): void => {
		if (text !== '') events.push(`text ${JSON.stringify(text)}`);
		text = '';
		events.push(event);
	};
	const handler: XmlHandler = {
		open: (name, namespace, attributes) => told(['open', ...(namespace === '' ? [] : [`{${namespace}}`]), name, ...[...attributes].map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ')),
		text: (piece) => (text += piece),
		close: () => told('close'),
	};
	const scanner = new XmlScanner(handler, limits, encoding);
	for (const chunk of chunks) scanner.push(chunk);
	scanner.end();
	return events;
}

/** The code of the error and where it was found, or the events. */
export function outcomeOf(chunks: Iterable<Uint8Array>, limits?: XmlLimits): { code: string; position: unknown } | string[] {
	try {
		return eventsOf(chunks, limits);
	} catch (error) {
		return error instanceof SyncError ? { code: error.code, position: error.details.position } : { code: String(error), position: undefined };
	}
}
