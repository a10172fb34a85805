// Runs a benchmark of test/bench/ by its name: `npm run bench -- NAME`. `all`, with names behind it for some of them, runs them one after
// the other in short sizes and writes docs/performance.md.
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { runBenchmarks } = require('./setup/performance.cjs');
const { runProgram } = require('./setup/program.cjs');
const { prepareN8n } = require('./setup/realN8n.cjs');
const root = require('./setup/root.cjs');

const WRONG_USE = 2;

const [name, ...args] = process.argv.slice(2);

/** The benchmarks that there are: each `.cts` file directly in test/bench is one. */
function benchmarks() {
	const folder = path.join(root, 'test', 'bench');
	const files = existsSync(folder) ? readdirSync(folder) : [];
	return files.filter((file) => /^(?!.*\.test\.).+\.cts$/.test(file)).map((file) => file.replace(/\.cts$/, ''));
}

function checkName() {
	const unknown = name === 'all' ? args.find((one) => !benchmarks().includes(one)) : undefined;
	if (unknown === undefined && (name === 'all' || benchmarks().includes(name))) return;
	const known = `There are: ${benchmarks().join(', ') || 'none yet'}.`;
	throw new StepFailed(
		name ? `There is no benchmark "${unknown ?? name}". ${known}` : `Usage: npm run bench -- NAME. ${known}`,
		WRONG_USE,
	);
}

const runAll = () => runBenchmarks(args.length > 0 ? args : benchmarks());
const runOne = () => runProgram(`test/bench/${name}.cts`, args);

command(checkName, installDependencies, build, prepareN8n, name === 'all' ? runAll : runOne);
