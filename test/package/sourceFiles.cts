import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The files of some folders whose names fit, relative to the repository. */
export const filesBelow = (root: string, folders: readonly string[], fitting: RegExp): string[] =>
	folders.flatMap((folder) => {
		const place = path.join(root, folder);
		if (!existsSync(place)) return [];
		const files = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((file) => fitting.test(file));
		return files.map((file) => path.posix.join(folder, file.split(path.sep).join('/')));
	});
