import { createHash } from 'node:crypto';
import { stableUuid } from '../../kernel/random.cts';
import { fieldRefusal } from '../errors.cts';
import { wrongType } from '../engine/kinds.cts';
import { isObject, type Json, type Place } from '../engine/schema.cts';
import type { Session } from '../session.cts';

/** Bytes that can be downloaded: files of attributes and pictures. */
export interface StoredFile {
	id: string;
	filename: string;
	/** Bytes of the content, known without making it. */
	size: number;
	content(): Buffer;
}

/** The same name and content give the same id. */
export const fileId = (filename: string, content: Buffer): string =>
	stableUuid('file', filename, createHash('sha256').update(content).digest('hex'));

/** `{filename, content}` with base64 content. Throws 1076 and 1077. */
export function readFile(value: unknown, place: Place): StoredFile {
	if (!isObject(value)) throw wrongType(place, 'Object');
	const { filename, content } = value;
	if (typeof filename !== 'string' || filename === '') throw fieldRefusal(1076, 'filename');
	if (typeof content !== 'string' || content === '') throw fieldRefusal(1077, 'content');
	const bytes = Buffer.from(content, 'base64');
	const file: StoredFile = { id: fileId(filename, bytes), filename, size: bytes.length, content: () => bytes };
	place.session.account.files.set(file.id, file);
	return file;
}

/** `value` is the name; `download` says where the bytes are. */
export function showFile(value: unknown, session: Session): Json {
	const file = value as StoredFile;
	return {
		value: file.filename,
		download: { href: `${session.account.base}/download/${file.id}`, mediaType: 'application/octet-stream' },
	};
}
