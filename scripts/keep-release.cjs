// Keeps the workflows of the present version, so that later versions of the nodes are tested with them. To be called before each release;
// until then as often as templates change.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runProgram } = require('./setup/program.cjs');
const root = require('./setup/root.cjs');

const { version } = require('../package.json');

/** As long as the list of changes says so, nobody can have imported anything of the version. */
const isReleased = () => !readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8').split(/\r?\n/).includes(`## ${version} (not released)`);

function checkVersion() {
	const folder = path.join('test', 'fixtures', 'workflows', version);
	if (isReleased() && existsSync(path.join(root, folder))) throw new StepFailed(`${folder} is there, and CHANGELOG.md does not call ${version} "not released": what users have imported is not changed any more.`);
}

command(checkVersion, installDependencies, build, () => runProgram('test/release/main.cts', [version]));
