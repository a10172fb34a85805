const { spawn } = require('node:child_process');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { cpus, release, totalmem, type } = require('node:os');
const path = require('node:path');
const { say } = require('./progress.cjs');
const root = require('./root.cjs');

const PAGE = path.join(root, 'docs', 'performance.md');

/** Sizes with which all of them together take a bearable time; a benchmark that is not here takes its own. */
const SHORT = { drift: ['5000'], 'full-import': ['2000'], inbox: ['1000'], 'inbox-lease': ['100000'], 'inbox-memory': ['20000'], 'shop-year': ['200'], 'webhook-answer': ['5'] };

const HEAD = `# Performance

Made by \`npm run bench -- all\`, which runs each benchmark of test/bench in a short size and writes this page; \`npm run bench -- NAME\` runs one in its usual size. What each measures stands at the top of its file, to which its name leads. The simulators keep the limits of MoySklad and Bitrix, so times in which somebody has to wait for these are as on a real account; all others are those of the machine. Counts of calls say more than times.
`;

/** One process a benchmark. Gives its last line as JSON, undefined when it failed. */
function run(name, args) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [path.join(root, 'scripts', 'bench.cjs'), name, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
		let text = '';
		child.stdout.on('data', (chunk) => {
			text += chunk;
			process.stdout.write(chunk);
		});
		child.once('close', (code) => resolve(code === 0 ? lastLine(text) : undefined));
	});
}

function lastLine(text) {
	try {
		return JSON.parse(text.trim().split('\n').at(-1));
	} catch {
		return undefined;
	}
}

/** The rows that the page has, by the name of the benchmark. */
function rowsOf(page) {
	const lines = page.split('\n').filter((line) => /^\| \[`[\w-]+`\]/.test(line));
	return new Map(lines.map((line) => [line.split('`')[1], line]));
}

/** Figures in words: `products 10000, seconds 12.3`. */
const shown = (value) =>
	typeof value !== 'object' || value === null ? String(value) : Object.entries(value).map(([name, one]) => (typeof one === 'object' && one !== null ? `${name}: ${shown(one)}` : `${name} ${shown(one)}`)).join(', ');

const machine = () => `${cpus().length} × ${cpus()[0]?.model.trim() || 'processor'}, ${Math.round(totalmem() / 1024 ** 3)} GB, ${type()} ${release().split('.').slice(0, 2).join('.')}, Node ${process.versions.node}`;

/**
 * Runs benchmarks and writes their rows into docs/performance.md; rows of others stay, each with its own day and machine.
 * @returns the exit code: 1 when one of them failed
 */
async function runBenchmarks(names) {
	const rows = existsSync(PAGE) ? rowsOf(readFileSync(PAGE, 'utf8')) : new Map();
	const failed = [];
	for (const name of names) {
		const args = SHORT[name] ?? [];
		say(`Benchmark ${[name, ...args].join(' ')}`);
		const began = Date.now();
		const figures = await run(name, args);
		if (figures === undefined) failed.push(name);
		else rows.set(name, `| [\`${name}\`](../test/bench/${name}.cts) | ${args.length > 0 ? args.join(' ') : 'usual'} | ${Math.round((Date.now() - began) / 1000)} s | ${shown(figures).replaceAll('|', '/')} | ${new Date().toISOString().slice(0, 10)} | ${machine()} |`);
		writeFileSync(PAGE, pageOf(rows));
	}
	if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
	return failed.length > 0 ? 1 : 0;
}

const pageOf = (rows) =>
	`${HEAD}\n| benchmark | size | takes in all | figures | day | machine |\n|---|---|---|---|---|---|\n${[...rows].sort(([one], [other]) => one.localeCompare(other)).map(([, line]) => line).join('\n')}\n`;

module.exports = { pageOf, rowsOf, runBenchmarks, shown };
