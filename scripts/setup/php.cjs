const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const path = require('node:path');
const { StepFailed } = require('./command.cjs');
const { failed, runLogged } = require('./logged.cjs');
const { withProgress } = require('./progress.cjs');

const HOW_TO_INSTALL = {
	darwin: 'Install it with: brew install php',
	win32: 'Install it from https://windows.php.net and add its folder to the PATH.',
	linux: 'Install it: on Debian and Ubuntu `sudo apt-get install php-cli`, on Fedora `sudo dnf install php-cli`, on Alpine `apk add php`.',
};

const answers = () => spawnSync('php', ['--version'], { stdio: 'ignore' }).status === 0;

/** On Debian and its relatives the package can be installed, when this runs as root: in containers, as those of CI are. */
const canInstall = () => process.getuid?.() === 0 && (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'apt-get')));

const apt = (...args) => runLogged('php-cli', 'apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });

async function install() {
	const packages = ['install', '--yes', '--no-install-recommends', 'php-cli'];
	// A container often has no lists of packages yet.
	const code = (await apt(...packages)) === 0 ? 0 : (await apt('update')) || (await apt(...packages));
	if (code !== 0) throw failed('php-cli could not be installed.', 'php-cli');
}

/** Makes sure that there is a PHP for the tests of what runs on a Bitrix site. */
async function findPhp() {
	if (answers()) return;
	if (canInstall()) await withProgress('Installing php-cli (about 30 s)', install);
	if (!answers()) throw new StepFailed(`PHP was not found: the handler for Bitrix sites is written in it.\n${HOW_TO_INSTALL[process.platform] ?? HOW_TO_INSTALL.linux}`);
}

module.exports = { findPhp };
