import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Of one picture, so that a page of the docs loads at once. */
const MOST_BYTES = 200_000;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** A folder of pictures: the one that `npm run screenshots` renews, else one that is thrown away, since a test leaves the working tree alone. */
export class Pictures {
	private readonly temporary = process.env.PICTURES_FOLDER ? undefined : mkdtempSync(path.join(tmpdir(), 'pictures-'));
	private readonly folder: string;

	/** @param kind the folder in it; none for what is neither */
	constructor(kind: 'nodes' | 'templates' | '' = '') {
		this.folder = path.join(process.env.PICTURES_FOLDER ?? (this.temporary as string), kind);
		mkdirSync(this.folder, { recursive: true });
	}

	/**
	 * @param clip the part of the window; by default the whole page, however high it is
	 * @throws Error when it is too large for the docs
	 */
	async take(page: Page, name: string, clip?: Box): Promise<void> {
		const file = path.join(this.folder, `${name}.png`);
		await page.screenshot({ path: file, ...(clip ? { clip } : { fullPage: true }), animations: 'disabled', caret: 'hide' });
		const { size } = statSync(file);
		if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes, more than ${MOST_BYTES}`);
	}

	remove(): void {
		if (this.temporary) rmSync(this.temporary, { recursive: true, force: true });
	}
}
