const { copyFileSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { LAYERS, bundle, bundleOf, sourcesIn } = require('../bundles.cjs');
const root = require('../root.cjs');

/** What tests and the build read. */
const SOURCES = ['core', 'transport', 'nodes', 'credentials', 'scripts', 'test', 'workflows', 'package.json', 'tsconfig.json'];

/** Tests of these folders read the sources; all others load what was built of them. */
const READ_SOURCES = /^test\/(core|transport)\//;

/**
 * Copies this repository into a folder and breaks one guard there. Files are linked where that is possible, and those that change
 * are files of their own, so that nothing here is touched.
 */
async function makeBroken(folder, { file, text, broken, test }) {
	for (const name of SOURCES) place(name, folder);
	symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
	const source = readFileSync(path.join(root, file), 'utf8');
	rmSync(path.join(folder, file));
	writeFileSync(path.join(folder, file), source.replace(text, () => broken));
	if (READ_SOURCES.test(test)) return;
	place('dist', folder);
	for (const entry of await entriesOf(file)) {
		rmSync(path.join(folder, bundleOf(entry)));
		await bundle(folder, entry, { sourcemap: false });
	}
}

/** The entries whose bundles hold a file. */
async function entriesOf(file) {
	const layer = file.split('/')[0];
	if (LAYERS.includes(layer)) return [`${layer}/index.ts`];
	filesOfNodes ??= Promise.all(sourcesIn(root, 'nodes', '.node.ts').map(async (entry) => [entry, await bundle(root, entry, { write: false })]));
	return (await filesOfNodes).flatMap(([entry, files]) => (files.includes(file) ? [entry] : []));
}

let filesOfNodes;

/** Links or copies a file or folder of the repository to the same place in another folder. */
function place(name, folder) {
	const [from, to] = [path.join(root, name), path.join(folder, name)];
	mkdirSync(path.dirname(to), { recursive: true });
	if (!statSync(from).isDirectory()) link(from, to);
	else for (const entry of readdirSync(from)) place(path.join(name, entry), folder);
}

/** Another file system, or one without links, gets a copy. */
function link(from, to) {
	try {
		linkSync(from, to);
	} catch {
		copyFileSync(from, to);
	}
}

module.exports = { makeBroken };
