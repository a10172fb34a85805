import { SyncError } from '../../core';
import { canPass, isSessionLost, isTimeout, type ExchangeConnection } from './caller';
import { checkPackage } from './checking';
import { importDocument, type ImportedDocument } from './importing';
import type { ImportRemark } from './remarks';
import { ExchangeSession } from './session';
import { uploadAll, type Upload } from './upload';

/** Files for a site, of which some are imported. */
export interface TransferPackage extends Upload {
	/** Names of those files that are imported, in this order: goods, offers, prices, rests. The others are what they refer to. */
	documents: readonly string[];
}

/** What a run shows while it goes on. */
export interface TransferProgress {
	stage: 'upload' | 'import';
	file: string;
	/** Sent so far in this attempt, of all files. */
	bytes: number;
	/** Calls of the import of this file. */
	calls: number;
	/** What the site says, in its own words. */
	text: string;
	/** How often everything began anew. */
	restarts: number;
}

/** How a package was sent, and what the site remarked on each document. */
export interface TransferResult {
	/** Whether the files went as one archive. */
	archive: boolean;
	/** Sent in the last attempt. */
	bytes: number;
	parts: number;
	restarts: number;
	documents: Array<{ name: string; calls: number; remarks: ImportRemark[]; moreRemarks: number }>;
}

/** Web servers take 1 MiB unless they are told otherwise. */
const USUAL_PART = 1_000_000;
const SMALLEST_PART = 16_384;

const RESTARTS = 8;
const LOGINS = 1;
/** Each of them took many minutes already. */
const TIMEOUTS = 2;
/** A table or a folder that is gone may have been somebody's whose exchange is at its end; twice it is somebody who goes on. */
const COLLISIONS = 1;
const AFTER_COLLISION = 60_000;

/**
 * Looks at a package, sends it and has it imported: `init`, all files, then each document until the site is done with it. After
 * any doubt everything is sent anew; documents that were imported to their end are not imported again. Throws what
 * `checkPackage`, `uploadAll` and `importDocument` throw.
 */
export async function transfer(session: ExchangeSession, content: TransferPackage, show: (progress: TransferProgress) => void = () => undefined): Promise<TransferResult> {
	await checkPackage(content);
	return await new Transfer(session, content, show).run();
}

/** The version of the classic path, in which every site takes documents of orders. */
const ORDERS_VERSION = '2.08';

/**
 * Sends documents of orders and has them imported, in a session of its own: not the one that read orders, whose version is
 * another. Throws as `transfer` does.
 */
export async function transferOrders(connection: ExchangeConnection, content: TransferPackage, show?: (progress: TransferProgress) => void): Promise<TransferResult> {
	return await transfer(await ExchangeSession.open(connection, 'sale', ORDERS_VERSION), content, show);
}

class Transfer {
	private restarts = 0;
	private logins = 0;
	private collisions = 0;
	private timeouts = 0;
	private partBytes: number;
	private bytes = 0;
	private parts = 0;
	private readonly imported = new Map<string, ImportedDocument>();

	constructor(
		private readonly session: ExchangeSession,
		private readonly content: TransferPackage,
		private readonly show: (progress: TransferProgress) => void,
	) {
		this.partBytes = session.connection.partBytes ?? USUAL_PART;
	}

	async run(): Promise<TransferResult> {
		for (;;) {
			try {
				return await this.attempt();
			} catch (error) {
				await this.prepareAnother(error);
			}
		}
	}

	private async attempt(): Promise<TransferResult> {
		const terms = await this.session.begin();
		this.partBytes = Math.min(this.partBytes, terms.fileLimit);
		this.bytes = 0;
		this.parts = 0;
		await uploadAll(this.session, terms, this.content, { partBytes: this.partBytes, progress: (file, bytes) => this.sent(file, bytes) });
		let archive = terms.zip;
		for (const name of this.content.documents) {
			if (this.imported.has(name)) continue;
			const progress = (calls: number, text: string): void => this.tell('import', name, calls, text);
			this.imported.set(name, await importDocument(this.session, name, { archive, progress }));
			archive = false;
		}
		return this.result(terms.zip);
	}

	/** Does what has to be done before everything begins anew; throws when that is of no use. */
	private async prepareAnother(error: unknown): Promise<void> {
		if (!(error instanceof SyncError) || this.restarts >= RESTARTS) throw error;
		if (isSessionLost(error)) {
			if (this.logins >= LOGINS) throw error;
			this.logins += 1;
			await this.session.logIn();
		} else if (error.code === 'EXCHANGE_BODY_LIMIT') {
			this.smallerParts(error);
		} else if (error.code === 'EXCHANGE_FOREIGN' || error.code === 'EXCHANGE_UPLOAD_FAILED') {
			await this.letPass(error);
		} else if (!canPass(error) || (isTimeout(error) && this.timeouts >= TIMEOUTS)) {
			throw error;
		}
		if (isTimeout(error)) this.timeouts += 1;
		this.restarts += 1;
		await this.session.backOff(this.session.nameOf('init'), this.restarts);
	}

	private smallerParts(error: SyncError): void {
		const half = Math.floor(Math.min(this.partBytes, Number(error.details.bytes)) / 2);
		if (half < SMALLEST_PART) throw error;
		this.partBytes = half;
	}

	private async letPass(error: SyncError): Promise<void> {
		if (this.collisions >= COLLISIONS) throw error;
		this.collisions += 1;
		await this.session.wait(this.session.nameOf('init'), AFTER_COLLISION);
	}

	private sent(file: string, bytes: number): void {
		this.bytes += bytes;
		this.parts += 1;
		this.tell('upload', file, 0, '');
	}

	private tell(stage: TransferProgress['stage'], file: string, calls: number, text: string): void {
		this.show({ stage, file, bytes: this.bytes, calls, text, restarts: this.restarts });
	}

	private result(archive: boolean): TransferResult {
		const documents = [...this.imported.values()].map(({ name, calls, remarks }) => ({ name, calls, remarks: remarks.all, moreRemarks: remarks.more }));
		return { archive, bytes: this.bytes, parts: this.parts, restarts: this.restarts, documents };
	}
}
