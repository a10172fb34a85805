import { Zip, ZipDeflate, ZipPassThrough } from 'fflate/browser';
import { SyncError } from '../errors';
import { checkExchangeFileName } from '../exchange/fileName';

/** A file for an archive. */
export interface ZipEntry {
	/** Path in the archive, in ASCII: sites read names in an old code page. */
	name: string;
	open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Larger archives need a form that PHP's reader does not know everywhere. */
const MOST_ENTRIES = 65_535;
const MOST_BYTES = 0xffff_ffff;

/** Pictures and archives do not get smaller. */
const PACKED = /\.(jpe?g|png|gif|webp|zip|gz|pdf)$/i;
/** Stronger levels take twice the time for a hundredth less. */
const LEVEL = 4;

/**
 * An archive of files, chunk by chunk, of which nothing is kept in memory but the chunk. `changed` is the time of all files.
 * Throws ZIP_TOO_LARGE, ZIP_NAME_REPEATED, EXCHANGE_FILE_NAME.
 */
export async function* zipped(files: Iterable<ZipEntry>, changed: Date): AsyncGenerator<Uint8Array> {
	const archive = new Archive(changed);
	for (const { name, open } of files) {
		archive.begin(name);
		for await (const chunk of open()) {
			archive.push(chunk);
			yield* archive.drain();
		}
		archive.endFile();
		yield* archive.drain();
	}
	archive.end();
	yield* archive.drain();
}

class Archive {
	private readonly names = new Set<string>();
	private readonly zip: Zip;
	private chunks: Uint8Array[] = [];
	private file: ZipPassThrough | ZipDeflate | undefined;
	/** Of the archive and of the files in it. */
	private bytes = 0;
	private unpacked = 0;

	constructor(private readonly changed: Date) {
		this.zip = new Zip((error, chunk) => {
			// All that is called here is called by push and end, which throw it on.
			if (error) throw error;
			this.chunks.push(chunk);
			this.bytes += chunk.length;
		});
	}

	begin(name: string): void {
		checkExchangeFileName(name);
		if (this.names.has(name)) throw new SyncError('ZIP_NAME_REPEATED', { file: name });
		if (this.names.size >= MOST_ENTRIES) throw new SyncError('ZIP_TOO_LARGE', { limit: `${MOST_ENTRIES} files` });
		this.names.add(name);
		this.file = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
		this.file.mtime = this.changed;
		this.zip.add(this.file);
	}

	push(chunk: Uint8Array): void {
		this.unpacked += chunk.length;
		if (this.bytes > MOST_BYTES || this.unpacked > MOST_BYTES) throw new SyncError('ZIP_TOO_LARGE', { limit: '4 GiB' });
		if (chunk.length > 0) this.file?.push(chunk);
	}

	endFile(): void {
		this.file?.push(new Uint8Array(0), true);
	}

	end(): void {
		this.zip.end();
	}

	drain(): Uint8Array[] {
		const { chunks } = this;
		this.chunks = [];
		return chunks.filter(({ length }) => length > 0);
	}
}
