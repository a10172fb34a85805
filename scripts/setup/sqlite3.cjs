const { existsSync } = require('node:fs');
const path = require('node:path');
const { StepFailed } = require('./command.cjs');
const { failed, runLogged } = require('./logged.cjs');
const { withLock } = require('./lock.cjs');
const { nodeGypScript } = require('./npm.cjs');
const { say, withProgress } = require('./progress.cjs');

/** What compiling needs, each as the names under which it may be installed. */
const COMPILER = [
	['python3', 'python'],
	['make', 'gmake'],
	['c++', 'g++', 'clang++'],
];

const HOW_TO_INSTALL = {
	darwin: 'Install it with: xcode-select --install',
	win32: 'Install the Visual Studio Build Tools with "Desktop development with C++", and Python 3.',
	linux:
		'Install it: on Debian and Ubuntu `sudo apt-get install build-essential python3`, on Fedora `sudo dnf install gcc-c++ make python3`, on Alpine `apk add build-base python3`.',
};

const onPath = (name) =>
	(process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, name)));

/** The parts of a compiler that are not on the PATH; on Windows they are found through the registry, so not looked for. */
const missingTools = () =>
	process.platform === 'win32' ? [] : COMPILER.filter((names) => !names.some(onPath)).map(([name]) => name);

function compilerMissing(missing) {
	const why =
		'n8n keeps its data in SQLite. The ready driver could not be downloaded, and to compile it a C++ compiler is needed';
	return new StepFailed(
		`${why} (not found: ${missing.join(', ')}).\n${HOW_TO_INSTALL[process.platform] ?? HOW_TO_INSTALL.linux}`,
	);
}

/** Makes the driver with the steps of its own install script, which never runs since scripts are off. */
async function make(node, driver) {
	const inDriver = (name, script, ...args) => runLogged(name, node.program, [script, ...args], { cwd: driver });
	const download = path.join(driver, '..', 'prebuild-install', 'bin.js');
	if ((await inDriver('sqlite3-download', download, '--runtime', 'napi')) === 0) return;

	const missing = missingTools();
	if (missing.length > 0) throw compilerMissing(missing);
	const headers = existsSync(path.join(node.folder, 'include', 'node', 'node_api.h'))
		? [`--nodedir=${node.folder}`]
		: [];
	const code = await withProgress("Compiling n8n's SQLite driver (about 90 s, once per user)", () =>
		inDriver('sqlite3-compile', nodeGypScript(), 'rebuild', ...headers),
	);
	if (code !== 0) throw failed("n8n's SQLite driver could not be compiled.", 'sqlite3-compile');
}

/**
 * Makes the SQLite driver of an installed n8n ready: its ready binary when that can be downloaded, else compiled.
 * @param {{ program: string, folder: string }} node the Node that runs n8n
 * @param {string} n8n the folder of its installation
 */
async function prepareSqlite3(node, n8n) {
	const driver = path.join(n8n, 'node_modules', 'sqlite3');
	const binary = path.join(driver, 'build', 'Release', 'node_sqlite3.node');
	const loads = async () =>
		existsSync(binary) &&
		(await runLogged('sqlite3-load', node.program, ['-e', `require(${JSON.stringify(driver)})`])) === 0;
	if (await loads()) return;
	await withLock(
		`${n8n}.sqlite3.lock`,
		() => say("Another command is preparing n8n's SQLite driver; waiting for it"),
		async () => {
			if (await loads()) return;
			await make(node, driver);
			if (!(await loads())) throw failed("n8n's SQLite driver does not load.", 'sqlite3-load');
		},
	);
}

module.exports = { prepareSqlite3 };
