const { existsSync } = require('node:fs');
const path = require('node:path');
const { StepFailed } = require('./command.cjs');

/** Where the npm that came with this Node lies. */
const BESIDE_NODE = [
	['..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'],
	['node_modules', 'npm', 'bin', 'npm-cli.js'],
	['..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'],
];

/**
 * npm's program as a script for Node: started so, it needs no shell on any platform and runs under a chosen Node.
 * @throws StepFailed when there is no npm
 */
function npmScript() {
	const runner = process.env.npm_execpath;
	const candidates = BESIDE_NODE.map((parts) => path.resolve(path.dirname(process.execPath), ...parts));
	if (runner?.endsWith('npm-cli.js')) candidates.unshift(runner);
	const found = candidates.find((file) => existsSync(file));
	if (!found)
		throw new StepFailed(`npm was not found beside ${process.execPath}. Install Node 20 or later together with npm.`);
	return found;
}

/** node-gyp, which comes with npm. */
const nodeGypScript = () => path.resolve(npmScript(), '..', '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');

module.exports = { nodeGypScript, npmScript };
