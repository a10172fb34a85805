import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The name under which n8n knows this package: the first part of its node types. */
export const PACKAGE_NAME = 'n8n-nodes-moysklad-bitrix';

const isRoot = (folder: string): boolean => {
	const manifest = path.join(folder, 'package.json');
	return (
		existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === PACKAGE_NAME
	);
};

/** The repository's folder; searched upwards, because programs run from their bundle in `.build/`. */
export function repositoryRoot(): string {
	let folder = __dirname;
	while (!isRoot(folder)) {
		if (path.dirname(folder) === folder) throw new Error(`No package.json of ${PACKAGE_NAME} above ${__dirname}`);
		folder = path.dirname(folder);
	}
	return folder;
}
