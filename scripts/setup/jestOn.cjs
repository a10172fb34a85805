const { spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { nodeForN8n } = require('./node24.cjs');
const root = require('./root.cjs');

/** Before 2.30 n8n looks for the nodes before a node along every path: that takes template 24 half a minute. */
const SLOWEST_TEST_MS = 120_000;

/**
 * Runs tests with another n8n engine than the one that is installed here.
 * @param folder in whose node_modules n8n-core and n8n-workflow lie
 * @param tests paths, as Jest takes them
 * @returns how many passed and failed, and the names of those that failed; a file that could not even be loaded counts as one
 */
async function jestOn(folder, tests) {
	const scratch = mkdtempSync(path.join(tmpdir(), 'jest-'));
	const file = path.join(scratch, 'report.json');
	try {
		const args = [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${file}`, '--silent', `--testTimeout=${SLOWEST_TEST_MS}`, ...tests];
		// Older engines get packages of today that are ES modules, which Jest can load only in the Node that n8n runs in.
		const { program } = await nodeForN8n();
		const env = { ...process.env, N8N_ENGINE_FOLDER: folder, NODE_OPTIONS: '--experimental-vm-modules' };
		const child = spawn(program, args, { cwd: root, stdio: 'ignore', env });
		await new Promise((closed) => child.once('close', closed));
		const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
		const broken = testResults.flatMap(({ name, message, assertionResults }) =>
			assertionResults.length === 0 ? [`${path.basename(name)}: ${message.trim().split('\n')[0]}`] : assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
		);
		return { passed: numPassedTests, failed: broken.length, broken };
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

module.exports = { jestOn };
