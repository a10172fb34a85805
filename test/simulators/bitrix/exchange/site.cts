import type { Portal } from '../portal.cts';
import { accountsOf, type Account } from './accounts.cts';
import { UploadDirectory } from './uploadDirectory.cts';
import type { Directory } from './import/directories.cts';
import { TemporaryTable } from './import/table.cts';
import { ExportMark } from './sale/exportMark.cts';
import { Sessions } from './sessions.cts';
import type { ExchangeSettings } from './settings.cts';

/** A request that dies in PHP: the answer is an empty 500, and the session stays as it was before. */
export class PhpFatal extends Error {}

/** Where requests are to die, after their work was done and before the session is written. */
export interface Crash {
	/** A step of the import: `read`, `elements`, … */
	step: string;
	times: number;
}

/** What an upload brought, for tests of clients that have to keep limits. */
export interface UploadCount {
	calls: number;
	/** Bytes of the greatest one. */
	largest: number;
	/** Uploads of more than `fileLimit`. */
	aboveLimit: number;
}

/** Everything that the exchange keeps beside the shop's own data, for all sessions together. */
export class ExchangeSite {
	readonly sessions: Sessions;
	/** `/upload/1c_catalog/` and `/upload/1c_exchange/`. */
	readonly goodsFiles = new UploadDirectory();
	readonly orderFiles = new UploadDirectory();
	readonly table = new TemporaryTable();
	/** The checksum with which an element was imported last, by element. */
	readonly checksums = new Map<number, string>();
	/** The code of the path from which a file came, by file. */
	readonly pictureCodes = new Map<number, string>();
	/** When a file was last imported into a block, and when a section was last in one. */
	readonly blockImports = new Map<number, number>();
	readonly sectionImports = new Map<number, number>();
	/** Directories by their ids; they are no part of the shop's catalog. */
	readonly directories = new Map<string, Directory>();
	readonly exportMark: ExportMark;
	readonly uploads: UploadCount = { calls: 0, largest: 0, aboveLimit: 0 };
	/** How often each step was done. */
	readonly steps: Record<string, number> = {};
	crash: Crash | null = null;

	private readonly exportedShipments = new Map<number, Set<number>>();

	constructor(
		readonly portal: Portal,
		readonly settings: ExchangeSettings,
	) {
		this.sessions = new Sessions(portal.clock, settings);
		this.exportMark = new ExportMark();
	}

	get accounts(): Account[] {
		return accountsOf(this.settings);
	}

	/** Counts a step. Throws when a request that does it is to die. */
	stepDone(step: string): void {
		this.steps[step] = (this.steps[step] ?? 0) + 1;
		if (this.crash?.step !== step || this.crash.times <= 0) return;
		this.crash.times -= 1;
		throw new PhpFatal(`The request dies after the step “${step}”`);
	}

	/** Remembers the shipments of an order that is given out; returns those that were given out earlier and are no more. */
	removedShipments(orderId: number, present: readonly number[]): number[] {
		const known = this.exportedShipments.get(orderId) ?? new Set();
		for (const id of present) known.add(id);
		this.exportedShipments.set(orderId, known);
		return [...known].filter((id) => !present.includes(id));
	}

	countUpload(bytes: number): void {
		this.uploads.calls += 1;
		this.uploads.largest = Math.max(this.uploads.largest, bytes);
		if (bytes > this.settings.fileLimit) this.uploads.aboveLimit += 1;
	}
}
