const { copyFileSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { StepFailed } = require('../command.cjs');
const root = require('../root.cjs');
const { run } = require('../children.cjs');

/** What tests and the build read. */
const SOURCES = ['core', 'transport', 'nodes', 'credentials', 'icons', 'test', 'workflows', 'gulpfile.js', 'package.json', 'tsconfig.json'];

/** Tests of these folders read the sources; all others load what was built of them. */
const READ_SOURCES = /^test\/(core|transport)\//;

/**
 * Copies this repository into a folder and breaks one guard there. Files are linked where that is possible, and the one that changes
 * is a file of its own, so that nothing here is touched.
 */
async function makeBroken(folder, { file, text, broken, test }) {
	for (const name of SOURCES) place(name, folder);
	symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
	const source = readFileSync(path.join(root, file), 'utf8');
	rmSync(path.join(folder, file));
	writeFileSync(path.join(folder, file), source.replace(text, () => broken));
	if (!READ_SOURCES.test(test)) await rebuild(folder, file.startsWith('nodes/') ? 'nodes' : 'shared');
}

/** Bundles one part of `dist/` anew; the other parts are as they were built here. */
async function rebuild(folder, part) {
	for (const name of readdirSync(path.join(root, 'dist'))) if (name !== part) place(path.join('dist', name), folder);
	const gulp = path.join(root, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const code = await run(process.execPath, [gulp, '-LL', part], { cwd: folder });
	if (code !== 0) throw new StepFailed(`A broken guard could not be built in ${folder}.`);
}

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
