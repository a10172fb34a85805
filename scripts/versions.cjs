// Runs tests of the nodes and of the templates on other versions of n8n: `npm run versions -- 2.6.4 2.20.0`, or those below. Prints a table.
const { execFileSync } = require('node:child_process');
const { existsSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { cached } = require('./setup/cached.cjs');
const { cacheFolder } = require('./setup/cacheFolder.cjs');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { jestOn } = require('./setup/jestOn.cjs');
const { npmScript } = require('./setup/npm.cjs');
const { OVERRIDES_OF_OLDER } = require('./setup/n8nOverrides.cjs');
const { npmInstall } = require('./setup/npmInstall.cjs');
const { withProgress } = require('./setup/progress.cjs');

const WRONG_USE = 2;

/** The first whose Data Table node has what the templates use, and some on the way to the one that is pinned. */
const USUAL = ['2.6.4', '2.11.2', '2.20.0', '2.30.0'];

/** A test of each node: reading, writing, triggers with their hooks, files of the exchange; then the templates of each release. */
const TESTS = [
	...['MoySklad/moySkladEntity.read', 'MoySklad/moySkladEntity.write', 'MoySklad/moySkladTrigger.calls', 'MoySklad/moySkladTrigger.publishing',
		'MoySklad/moySkladWebhookManager', 'MoySklad/moySkladChangesTrigger', 'Bitrix/bitrixCatalogUpsert.newItems', 'Bitrix/bitrixOrderExport.pages',
		'Bitrix/bitrixOrderUpdate.rest', 'Bitrix/bitrixCrmUpsert.deals', 'Bitrix/bitrixTrigger', 'Bitrix/bitrixOfflineEvents', 'Sync/',
	].map((name) => `test/nodes/${name}`),
	'test/package/stored',
];

/** What n8n runs workflows with. Its own packages have versions of their own. */
const PARTS = ['n8n-core', 'n8n-workflow', 'n8n-nodes-base'];

const chosen = process.argv.slice(2);
const versions = chosen.length > 0 ? chosen : USUAL;

function checkVersions() {
	const odd = versions.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
	if (odd !== undefined) throw new StepFailed(`"${odd}" is no version of n8n.`, WRONG_USE);
}

/** The parts of a version of n8n, as npm takes them. */
function partsOf(version) {
	try {
		const dependencies = JSON.parse(execFileSync(process.execPath, [npmScript(), 'view', `n8n@${version}`, 'dependencies', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
		return PARTS.map((name) => `${name}@${dependencies[name]}`);
	} catch {
		throw new StepFailed(`npm has no n8n ${version}, or does not answer.`);
	}
}

/** n8n's engine and nodes of a version, without its server. */
async function engine(version) {
	const name = `engine-and-nodes-${version}`;
	const folder = path.join(cacheFolder(), name);
	const fill = async (empty) => {
		writeFileSync(path.join(empty, 'package.json'), JSON.stringify({ private: true, overrides: OVERRIDES_OF_OLDER }));
		await withProgress(`Installing the engine and the nodes of n8n ${version} (about 1 minute, 650 MB, once per user)`, () =>
			npmInstall(name, empty, `The engine of n8n ${version} could not be installed.`, 'install', ...partsOf(version)),
		);
		return folder;
	};
	return await cached(`the engine of n8n ${version}`, name, () => (existsSync(folder) ? folder : undefined), fill);
}

async function tryAll() {
	const rows = [];
	for (const version of versions) {
		const folder = await engine(version);
		const { passed, failed, broken } = await withProgress(`Running tests on n8n ${version}`, () => jestOn(folder, TESTS));
		rows.push({ version, passed, failed, broken });
	}
	console.log('\nn8n        passed  failed');
	for (const { version, passed, failed } of rows) console.log(`${version.padEnd(9)}${String(passed).padStart(8)}${String(failed).padStart(8)}`);
	for (const { version, broken } of rows) for (const name of broken.slice(0, 10)) console.log(`${version}: ${name}`);
	console.log(JSON.stringify(Object.fromEntries(rows.map(({ version, passed, failed }) => [version, { passed, failed }]))));
	return rows.some(({ passed, failed }) => passed === 0 || failed > 0) ? 1 : 0;
}

command(checkVersions, installDependencies, build, tryAll);
