// Keeps the workflows of the present version, so that later versions of the nodes are tested with them. To be called once a release.
const { existsSync } = require('node:fs');
const path = require('node:path');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');
const root = require('./setup/root.cjs');

const { version } = require('../package.json');

function checkVersion() {
	const folder = path.join('test', 'fixtures', 'workflows', version);
	if (existsSync(path.join(root, folder))) throw new StepFailed(`${folder} is there already: what users have imported is not changed any more.`);
}

command(checkVersion, installDependencies, build, () => runProgram('test/release/main.cts', [version]));
