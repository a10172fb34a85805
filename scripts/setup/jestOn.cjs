const { spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const root = require('./root.cjs');

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
		const args = [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${file}`, '--silent', ...tests];
		const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', env: { ...process.env, N8N_ENGINE_FOLDER: folder } });
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
