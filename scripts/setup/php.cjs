const { spawnSync } = require('node:child_process');
const { StepFailed } = require('./command.cjs');
const { installFromDebian } = require('./debianPackage.cjs');

const HOW_TO_INSTALL = {
	darwin: 'Install it with: brew install php',
	win32: 'Install it from https://windows.php.net and add its folder to the PATH.',
	linux: 'Install it: on Debian and Ubuntu `sudo apt-get install php-cli`, on Fedora `sudo dnf install php-cli`, on Alpine `apk add php`.',
};

const answers = () => spawnSync('php', ['--version'], { stdio: 'ignore' }).status === 0;

/** Makes sure that there is a PHP for the tests of what runs on a Bitrix site. */
async function findPhp() {
	if (answers()) return;
	await installFromDebian('php-cli', 30);
	if (!answers()) throw new StepFailed(`PHP was not found: the handler for Bitrix sites is written in it.\n${HOW_TO_INSTALL[process.platform] ?? HOW_TO_INSTALL.linux}`);
}

module.exports = { findPhp };
