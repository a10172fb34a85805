const { failed, runLogged } = require('./logged.cjs');
const { npmScript } = require('./npm.cjs');

/** Said each time, since a child inherits other settings from the npm that started this command, such as to be silent. */
const SETTINGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=warn'];

/**
 * Runs npm's `install` or `ci` in a folder.
 * @param {string} name of the log
 * @param {string} fault what to say when it fails
 * @throws StepFailed with the last lines of the log
 */
async function npmInstall(name, folder, fault, ...args) {
	const code = await runLogged(name, process.execPath, [npmScript(), ...args, ...SETTINGS], { cwd: folder });
	if (code !== 0) throw failed(fault, name);
}

module.exports = { npmInstall };
