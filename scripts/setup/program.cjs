const path = require('node:path');
const { run } = require('./children.cjs');
const root = require('./root.cjs');

/** Bundles a TypeScript program of this repository into `.build/` and runs it; resolves with its exit code. */
async function runProgram(source, args) {
	const { build } = require('esbuild');
	const name = source.replace(/[\\/]/g, '-').replace(/\.cts$/, '.cjs');
	const outfile = path.join(root, '.build', name);
	await build({
		entryPoints: [path.join(root, source)],
		outfile,
		absWorkingDir: root,
		logLevel: 'warning',
		bundle: true,
		packages: 'external',
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		sourcemap: true,
		keepNames: true,
	});
	return await run(process.execPath, ['--enable-source-maps', outfile, ...args], { cwd: root });
}

module.exports = { runProgram };
