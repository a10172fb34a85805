import { pictureName, SyncError, warning, type CmlPicture, type ExchangeLink, type Goods, type Picture, type Policy, type Warning } from '../../../../core';
import type { ExchangeFile } from '../../../../transport';
import type { ExchangeRun } from './run';

const FOLDER = 'import_files';

/** Bytes of pictures that are kept until they are sent; the others are fetched again. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** What is said of the pictures of an item. */
export interface SaidPictures {
	/** Undefined: nothing, and the site keeps what it has. */
	said: CmlPicture[] | undefined;
	/** Those that the site has after this, with their time of change. */
	after: Record<string, string>;
	warnings: Warning[];
}

/** Pictures of one run: which of them are said, and which bytes go along (rule C6). */
export class PictureFiles {
	private readonly byPath = new Map<string, ExchangeFile>();
	private readonly kept = new Map<string, Uint8Array>();
	private bytes = 0;

	constructor(private readonly run: ExchangeRun) {}

	get files(): ExchangeFile[] {
		return [...this.byPath.values()];
	}

	/**
	 * Says all pictures of an item when one of them is another than before. Those of which the link proves that they were imported
	 * are only named, by their path, which carries their id and time of change.
	 */
	async say({ pictures }: Goods, link: ExchangeLink | undefined, policy: Policy, isOnSite: boolean): Promise<SaidPictures> {
		const before = link?.pictures ?? {};
		const nothing = { said: undefined, after: before, warnings: [] };
		if (policy === 'never' || !pictures?.length || (isOnSite && policy !== 'always')) return nothing;
		const isSame = pictures.length === Object.keys(before).length && pictures.every(({ id, updated }) => before[id] === updated);
		if (isSame && this.run.settings.version === undefined) return nothing;
		if (!this.run.moySklad && !this.run.settings.preview) {
			this.run.hint('Pictures were left out: choose a MoySklad API credential in this node, so that they can be fetched.');
			return nothing;
		}
		const result: SaidPictures = { said: [], after: {}, warnings: [] };
		for (const picture of pictures) await this.add(result, picture, before[picture.id] === picture.updated && this.run.settings.version === undefined);
		// A list without any would take away what the site has.
		return result.said?.length === 0 ? { ...nothing, warnings: result.warnings } : result;
	}

	private async add(result: SaidPictures, picture: Picture, isImported: boolean): Promise<void> {
		const path = `${FOLDER}/${pictureName(picture)}`;
		try {
			if (!isImported) await this.take(path, picture);
			result.said?.push({ path, description: null });
			result.after[picture.id] = picture.updated;
		} catch (error) {
			result.warnings.push(pictureFinding(error));
		}
	}

	/** Looks that the picture can be had before its path is said: a path without a file takes the old picture away. */
	private async take(path: string, picture: Picture): Promise<void> {
		if (this.byPath.has(path) || this.run.settings.preview) return;
		const bytes = await this.fetch(picture);
		if (this.bytes + bytes.length <= KEPT_BYTES) {
			this.kept.set(path, bytes);
			this.bytes += bytes.length;
		}
		const open = async function* (this: PictureFiles): AsyncGenerator<Uint8Array> {
			yield this.kept.get(path) ?? (await this.fetch(picture));
		};
		this.byPath.set(path, { name: path, open: open.bind(this) });
	}

	private async fetch({ downloadHref, filename }: Picture): Promise<Uint8Array> {
		if (!this.run.moySklad || downloadHref === null) throw new SyncError('CATALOG_PICTURE', { reason: `MoySklad does not say where ${filename} is` });
		const { bytes, contentType } = await this.run.moySklad.download(downloadHref);
		if (bytes.length === 0 || !/^(image\/|application\/octet-stream)/.test(contentType)) throw new SyncError('CATALOG_PICTURE', { reason: `${filename} is no picture (${contentType})` });
		return bytes;
	}
}

/** Without a picture the item is sent all the same. Throws what ends the run. */
function pictureFinding(error: unknown): Warning {
	if (!(error instanceof SyncError) || error.code === 'STOPPED' || error.kind === 'auth') throw error;
	return error.code === 'CATALOG_PICTURE' ? warning(error.code, error.details) : warning('CATALOG_PICTURE', { reason: error.message });
}
