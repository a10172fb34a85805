const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { run } = require('../children.cjs');
const { StepFailed } = require('../command.cjs');
const root = require('../root.cjs');
const { literally } = require('./table.cjs');

const usual = require(path.join(root, 'jest.config.cjs'));

/**
 * What to run: tests by their names, in files of one copy of the repository.
 * @typedef {{ folder: string, tests: Array<{ test: string, name: string }> }} Selection
 */

/** A project of Jest: its files, and in them only the tests of these names. */
function project({ folder, tests }) {
	const files = [...new Set(tests.map(({ test }) => path.join(folder, test)))];
	return {
		rootDir: folder,
		// Files that tests import need not lie there, and looking through whole copies takes its time.
		roots: [...new Set(files.map(path.dirname))],
		testMatch: files,
		testEnvironment: path.join(__dirname, 'environment.cjs'),
		testEnvironmentOptions: { names: tests.map(({ name }) => `(?:^| )${literally(name)}$`).join('|') },
		transform: { '^.+\\.c?ts$': path.join(__dirname, 'transform.cjs') },
		moduleFileExtensions: usual.moduleFileExtensions,
		moduleNameMapper: usual.moduleNameMapper,
		setupFiles: usual.setupFiles,
	};
}

/**
 * Runs all selections at once, which spares a start of Jest for each. Resolves with a function that gives what became of a test in a
 * folder: `passed`, `failed`, or in words why it is neither.
 * @param {Selection[]} selections
 * @param {string} scratch a folder for what Jest reads and writes
 */
async function runSelections(selections, scratch) {
	const [config, output] = [path.join(scratch, 'jest.config.json'), path.join(scratch, 'results.json')];
	writeFileSync(config, JSON.stringify({ projects: selections.map(project), maxWorkers: usual.maxWorkers }));
	const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = ['--config', config, '--json', '--outputFile', output, '--silent', '--forceExit', '--testTimeout', String(usual.testTimeout)];
	await run(process.execPath, [jest, ...options], { cwd: scratch, stdio: ['ignore', 'ignore', process.env.GUARDS_LOG ? 'inherit' : 'ignore'] });
	const files = new Map(resultsIn(output).map((result) => [result.name, result]));
	return (folder, { test, name }) => outcome(files.get(path.join(folder, test)), name);
}

function resultsIn(output) {
	try {
		return JSON.parse(readFileSync(output, 'utf8')).testResults;
	} catch {
		throw new StepFailed('Jest ended without results.');
	}
}

function outcome(file, name) {
	if (!file) return 'its file was not run';
	const found = file.assertionResults.filter(({ title, status }) => title === name && status !== 'pending');
	if (found.length === 0) return `it was not run. ${file.message}`.trim();
	return found.length > 1 ? `there are ${found.length} of that name` : found[0].status;
}

module.exports = { runSelections };
