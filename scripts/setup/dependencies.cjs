const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { withLock } = require('./lock.cjs');
const { npmInstall } = require('./npmInstall.cjs');
const { say, withProgress } = require('./progress.cjs');
const root = require('./root.cjs');

const marker = path.join(root, 'node_modules', '.package-lock.sha256');

const wanted = () =>
	createHash('sha256')
		.update(readFileSync(path.join(root, 'package-lock.json')))
		.digest('hex');

const installed = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted();

/** Installs `node_modules` when it is missing or was made from another package-lock.json. */
async function installDependencies() {
	if (installed()) return;
	const waiting = () => say('Another command is installing the dependencies; waiting for it');
	await withLock(path.join(root, '.build', 'node_modules.lock'), waiting, async () => {
		if (installed()) return;
		await withProgress('Installing the dependencies (about 2 minutes, 1 GB)', () =>
			npmInstall('dependencies', root, 'The dependencies could not be installed.', 'ci'),
		);
		writeFileSync(marker, wanted());
	});
}

module.exports = { installDependencies };
