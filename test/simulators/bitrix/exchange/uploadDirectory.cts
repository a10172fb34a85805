import { readZip } from './zip.cts';

/** An upload directory of the site: one for goods, one for orders, each shared by all sessions. */
export class UploadDirectory {
	private files = new Map<string, Buffer[]>();

	/** `init` empties the directory whoever had files in it. */
	empty(): void {
		this.files.clear();
	}

	get names(): string[] {
		return [...this.files.keys()];
	}

	append(path: string, bytes: Buffer): void {
		const parts = this.files.get(path);
		if (parts) parts.push(bytes);
		else this.files.set(path, [bytes]);
	}

	read(path: string): Buffer | undefined {
		const parts = this.files.get(path);
		if (!parts) return undefined;
		const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts);
		if (whole) this.files.set(path, [whole]);
		return whole;
	}

	remove(path: string): void {
		this.files.delete(path);
	}

	/** Puts the archive's files beside it, over those of the same name. False when it is no archive. */
	unpack(path: string): boolean {
		const entries = readZip(this.read(path) ?? Buffer.alloc(0));
		if (!entries) return false;
		const folder = path.slice(0, path.lastIndexOf('/') + 1);
		for (const { name, bytes } of entries) this.files.set(`${folder}${name}`, [bytes]);
		return true;
	}
}
