const path = require('node:path');
const { run } = require('./children.cjs');
const root = require('./root.cjs');

const SCRIPTS = {
	eslint: 'eslint/bin/eslint.js',
	gulp: 'gulp/bin/gulp.js',
	jest: 'jest/bin/jest.js',
	knip: 'knip/bin/knip.js',
	'n8n-node': '@n8n/node-cli/bin/n8n-node.mjs',
	tsc: 'typescript/bin/tsc',
};

/** Runs one of the repository's development tools in its root, and resolves with the exit code. */
const tool = (name, ...args) =>
	run(process.execPath, [path.join(root, 'node_modules', ...SCRIPTS[name].split('/')), ...args], { cwd: root, env });

// n8n-node starts eslint by its bare name.
const env = { ...process.env, PATH: [path.join(root, 'node_modules', '.bin'), process.env.PATH].join(path.delimiter) };

module.exports = { tool };
