import { SyncError, type ExchangeTerms } from '../../core';
import { isUndone } from './caller';
import { outcomeOf } from './outcome';
import { partsOf } from './parts';
import type { ExchangeSession } from './session';

/** A file to be sent. It is opened anew for every attempt and gives the same bytes each time. */
export interface ExchangeFile {
	/** Path below the upload folder, e.g. `import_files/ab/x.jpg`. */
	name: string;
	/** Of a document, where they are known. */
	bytes?: number;
	/** Of a document: the site deletes what it lacks, and somebody confirmed that. Any other one that would do so is not sent. */
	deletesOthers?: true;
	open(): AsyncIterable<Uint8Array>;
}

/** Files as the site is to get them. */
export interface Upload {
	files: readonly ExchangeFile[];
	/** One archive of all files, for sites that ask for it. */
	pack?(files: readonly ExchangeFile[]): AsyncIterable<Uint8Array>;
}

/** How files are cut, and who is told of each part. */
export interface UploadSettings {
	/** Bytes of a part at most. */
	partBytes: number;
	/** After each part. */
	progress(file: string, bytes: number): void;
}

const ARCHIVE = 'exchange.zip';

/** Attempts for a part that certainly did not arrive. */
const ATTEMPTS = 5;

/**
 * Sends all files part by part, into a folder that `init` has just emptied. The site appends, so a part of which nobody knows
 * whether it arrived is never sent again: then this throws, and everything begins anew. Throws EXCHANGE_ZIP_NEEDED,
 * EXCHANGE_FILE_EMPTY, and what calls of the session throw.
 */
export async function uploadAll(session: ExchangeSession, terms: ExchangeTerms, { files, pack }: Upload, settings: UploadSettings): Promise<void> {
	if (terms.zip && !pack) throw new SyncError('EXCHANGE_ZIP_NEEDED');
	const sent = terms.zip && pack ? [{ name: ARCHIVE, open: () => pack(files) }] : files;
	for (const file of sent) await uploadFile(session, file, settings);
}

async function uploadFile(session: ExchangeSession, { name, open }: ExchangeFile, { partBytes, progress }: UploadSettings): Promise<void> {
	let isEmpty = true;
	for await (const part of partsOf(open(), partBytes)) {
		isEmpty = false;
		await uploadPart(session, name, part);
		progress(name, part.length);
	}
	if (isEmpty) throw new SyncError('EXCHANGE_FILE_EMPTY', { file: name });
}

async function uploadPart(session: ExchangeSession, filename: string, part: Uint8Array): Promise<void> {
	for (let attempt = 1; ; attempt += 1) {
		const outcome = await outcomeOf(async () => await sendPart(session, filename, part));
		if ('value' in outcome) return;
		if (!isUndone(outcome.error) || attempt >= ATTEMPTS) throw outcome.error;
		await session.backOff(session.nameOf('file', { filename }), attempt);
	}
}

async function sendPart(session: ExchangeSession, filename: string, part: Uint8Array): Promise<void> {
	const answer = await session.ask('file', { filename }, part);
	if (answer.word === 'success') return;
	const call = session.nameOf('file', { filename });
	if (answer.word === 'failure' && (await session.refusesAll(answer))) throw new SyncError('EXCHANGE_SESSION_LOST', { call, reason: session.reasonOf(answer) });
	throw session.refusal(answer, call, 'EXCHANGE_UPLOAD_FAILED', { file: filename });
}
