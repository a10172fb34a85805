import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { N8N_VERSION, cachedNodeFolder, n8nFolder, nodeProgram, runsN8n } from '../../scripts/setup/cacheFolder.cjs';

const notInstalled = (): Error =>
	new Error(
		`n8n ${N8N_VERSION} is not installed for this user: "npm test" installs its nodes, "npm run test:e2e" and "npm run demo" all of it`,
	);

/** The folder of a package that came with the cached n8n, such as `n8n-nodes-base`; with the engine of another n8n, if that is tried (`npm run versions`). */
export function packageOfN8n(name: string): string {
	const { N8N_ENGINE_FOLDER: engine } = process.env;
	const places = [...(engine ? [engine] : []), n8nFolder()].map((folder) => path.join(folder, 'node_modules', ...name.split('/')));
	const found = places.find((folder) => existsSync(folder));
	if (!found) throw notInstalled();
	return found;
}

/** Requires a module that n8n itself uses, in the version that it uses. */
export const requireOfN8n = <Module,>(name: string): Module =>
	createRequire(path.join(packageOfN8n('n8n'), 'package.json'))(name) as Module;

/** The program of the Node that runs n8n. */
export function nodeForN8n(): string {
	if (runsN8n()) return process.execPath;
	const folder = cachedNodeFolder();
	if (!folder) throw notInstalled();
	return nodeProgram(folder);
}
