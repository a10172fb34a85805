const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { cached } = require('./cached.cjs');
const { MADE_FOR_N8N, N8N_VERSION, n8nFolder } = require('./cacheFolder.cjs');
const { OVERRIDES, OVERRIDES_OF_OLDER } = require('./n8nOverrides.cjs');
const { npmInstall } = require('./npmInstall.cjs');
const { withProgress } = require('./progress.cjs');

const MANIFEST = { private: true, overrides: N8N_VERSION === MADE_FOR_N8N ? OVERRIDES : OVERRIDES_OF_OLDER, dependencies: { n8n: N8N_VERSION } };

async function fill(folder) {
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(MANIFEST));
	await withProgress(`Installing n8n ${N8N_VERSION} (about 5 minutes, 2.9 GB, once per user)`, () =>
		npmInstall('n8n', folder, `n8n ${N8N_VERSION} could not be installed.`, 'install'),
	);
	return n8nFolder();
}

/** n8n with its nodes, installed once per user: enough for tests that use its nodes in the engine. Gives its folder. */
const installN8n = async () => await cached(`n8n ${N8N_VERSION}`, path.basename(n8nFolder()), n8nFolder, fill);

module.exports = { installN8n };
