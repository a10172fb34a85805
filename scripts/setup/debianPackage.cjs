const { existsSync } = require('node:fs');
const path = require('node:path');
const { failed, runLogged } = require('./logged.cjs');
const { withProgress } = require('./progress.cjs');

/** On Debian and its relatives a package can be installed, when this runs as root: in containers, as those of CI are. */
const canInstall = () => process.getuid?.() === 0 && (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'apt-get')));

async function install(name) {
	const apt = (...args) => runLogged(name, 'apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
	const packages = ['install', '--yes', '--no-install-recommends', name];
	// A container often has no lists of packages yet.
	const code = (await apt(...packages)) === 0 ? 0 : (await apt('update')) || (await apt(...packages));
	if (code !== 0) throw failed(`${name} could not be installed.`, name);
}

/**
 * Installs a package of Debian where that is possible.
 * @param {string} name of the package and of the log
 * @param {string} seconds how long it takes, about
 * @throws StepFailed when apt-get fails
 */
async function installFromDebian(name, seconds) {
	if (canInstall()) await withProgress(`Installing ${name} (about ${seconds} s)`, () => install(name));
}

module.exports = { installFromDebian };
