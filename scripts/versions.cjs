// Runs tests of the nodes on the engines of several n8n: `npm run versions -- 2.0.0 2.20.0`, or those below. Prints a table.
const { existsSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { cached } = require('./setup/cached.cjs');
const { cacheFolder } = require('./setup/cacheFolder.cjs');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { jestOn } = require('./setup/jestOn.cjs');
const { npmInstall } = require('./setup/npmInstall.cjs');
const { withProgress } = require('./setup/progress.cjs');

const WRONG_USE = 2;

/** The first of n8n 2, and some on the way to the one that is pinned. */
const USUAL = ['2.0.0', '2.10.0', '2.20.0', '2.30.0'];

/** A test of each node: reading, writing, triggers with their hooks, files of the exchange. */
const TESTS = [
	'MoySklad/moySkladEntity.read', 'MoySklad/moySkladEntity.write', 'MoySklad/moySkladTrigger.calls', 'MoySklad/moySkladTrigger.publishing',
	'MoySklad/moySkladWebhookManager', 'MoySklad/moySkladChangesTrigger', 'Bitrix/bitrixCatalogUpsert.newItems', 'Bitrix/bitrixOrderExport.pages',
	'Bitrix/bitrixOrderUpdate.rest', 'Bitrix/bitrixCrmUpsert.deals', 'Bitrix/bitrixTrigger', 'Bitrix/bitrixOfflineEvents', 'Sync/',
].map((name) => `test/nodes/${name}`);

const chosen = process.argv.slice(2);
const versions = chosen.length > 0 ? chosen : USUAL;

function checkVersions() {
	const odd = versions.find((version) => !/^\d+\.\d+\.\d+$/.test(version));
	if (odd !== undefined) throw new StepFailed(`"${odd}" is no version of n8n.`, WRONG_USE);
}

/** n8n's engine of a version without its server: the packages of which n8n itself is made, under the versions of n8n. */
async function engine(version) {
	const folder = path.join(cacheFolder(), `engine-${version}`);
	const fill = async (empty) => {
		writeFileSync(path.join(empty, 'package.json'), '{"private":true}');
		await withProgress(`Installing the engine of n8n ${version} (about 1 minute, 210 MB, once per user)`, () =>
			npmInstall(`engine-${version}`, empty, `The engine of n8n ${version} could not be installed.`, 'install', `n8n-core@${version}`, `n8n-workflow@${version}`),
		);
		return folder;
	};
	return await cached(`the engine of n8n ${version}`, `engine-${version}`, () => (existsSync(folder) ? folder : undefined), fill);
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
