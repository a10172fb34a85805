import { Table } from './table.cts';

export type FileRow = { id: number; name: string; contentType: string; bytes: Buffer; created: number };

const TYPES: Record<string, string> = {
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	png: 'image/png',
	gif: 'image/gif',
	webp: 'image/webp',
	bmp: 'image/bmp',
	pdf: 'application/pdf',
	txt: 'text/plain',
};

const IMAGE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp'];

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export const isImageName = (name: string): boolean => IMAGE_EXTENSIONS.includes(extensionOf(name));

/** The portal's file storage. */
export class Files {
	private readonly table = new Table<FileRow>(6001);

	get count(): number {
		return this.table.size;
	}

	get(id: number): FileRow | undefined {
		return this.table.get(id);
	}

	/** `[name, base64]` or `[base64]`. Undefined when there is nothing in it. */
	save(fileData: readonly unknown[], now: number): FileRow | undefined {
		const [name, base64] = fileData.length > 1 ? fileData : ['', fileData[0]];
		if (typeof base64 !== 'string') return undefined;
		const bytes = Buffer.from(base64, 'base64');
		if (bytes.length === 0) return undefined;
		return this.add(typeof name === 'string' && name !== '' ? name : 'file', bytes, now);
	}

	add(name: string, bytes: Buffer, now: number): FileRow {
		return this.table.add({
			name,
			bytes,
			created: now,
			contentType: TYPES[extensionOf(name)] ?? 'application/octet-stream',
		});
	}

	remove(id: number): void {
		this.table.remove(id);
	}
}

/** Where a file can be had without credentials. */
export const publicPath = ({ id, name }: FileRow): string =>
	`/upload/iblock/${id.toString(16).padStart(3, '0')}/${encodeURIComponent(name)}`;
