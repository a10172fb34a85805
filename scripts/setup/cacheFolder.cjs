const { existsSync, readdirSync } = require('node:fs');
const { homedir, userInfo } = require('node:os');
const path = require('node:path');

/** The n8n for which the package is made: whose engine the tests use and on which the demo and the end-to-end tests run. */
const MADE_FOR_N8N = '2.41.1';

/** Another n8n on which to try the same, e.g. 2.11.2, may be named in TRY_N8N. */
const N8N_VERSION = process.env.TRY_N8N || MADE_FOR_N8N;
if (!/^\d+\.\d+\.\d+$/.test(N8N_VERSION)) throw new RangeError(`TRY_N8N is "${N8N_VERSION}", which is no version of n8n.`);

/** The oldest Node on which that n8n starts. */
const N8N_NODE_MAJOR = 24;

/** An empty HOME counts as none: everything would lie in whatever folder a command was started in. */
const home = () => homedir() || userInfo().homedir;

const USER_CACHES = {
	darwin: () => path.join(home(), 'Library', 'Caches'),
	win32: () => process.env.LOCALAPPDATA ?? path.join(home(), 'AppData', 'Local'),
};

/** What is downloaded once per user, by all clones of this repository. */
function cacheFolder() {
	const userCache = process.env.XDG_CACHE_HOME || (USER_CACHES[process.platform]?.() ?? path.join(home(), '.cache'));
	return path.join(userCache, 'n8n-nodes-moysklad-bitrix');
}

const n8nFolder = () => path.join(cacheFolder(), `n8n-${N8N_VERSION}`);

/** The program of a Node package as npm publishes it for this platform: `bin/node`, on Windows `bin/node.exe`. */
const nodeProgram = (folder) => path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The cached Node's folder, with `bin` and, but for Windows, `include`; undefined when there is none yet. */
function cachedNodeFolder() {
	const name = new RegExp(`^node-${N8N_NODE_MAJOR}\\.\\d+\\.\\d+-${process.platform}-${process.arch}$`);
	const found = existsSync(cacheFolder()) ? readdirSync(cacheFolder()).find((entry) => name.test(entry)) : undefined;
	return found && path.join(cacheFolder(), found);
}

/**
 * Whether n8n runs under the Node that runs this. Of the versions that n8n allows (24 and later) its isolated-vm
 * brings a binary only for those of long support, which are the even ones.
 */
function runsN8n() {
	const major = Number(process.versions.node.split('.')[0]);
	return major >= N8N_NODE_MAJOR && major % 2 === 0;
}

module.exports = { MADE_FOR_N8N, N8N_NODE_MAJOR, N8N_VERSION, cachedNodeFolder, cacheFolder, n8nFolder, nodeProgram, runsN8n };
