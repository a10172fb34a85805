// Proves our guards: with each of them broken, the test that holds it fails. Arguments choose: `npm run guards -- T7 O6`.
const { mkdtempSync, realpathSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { build } = require('./setup/compile.cjs');
const { StepFailed, command } = require('./setup/command.cjs');
const { installDependencies } = require('./setup/dependencies.cjs');
const { makeBroken } = require('./setup/guards/copies.cjs');
const { installN8n } = require('./setup/n8n.cjs');
const { withProgress } = require('./setup/progress.cjs');
const root = require('./setup/root.cjs');

const WRONG_USE = 2;
/** Builds at a time. */
const BUILDS = 2;

const chosen = process.argv.slice(2);
let guards = [];

function readGuards() {
	const { faultOf, readTable } = require('./setup/guards/table.cjs');
	const all = readTable();
	const unknown = chosen.find((trap) => !all.some((guard) => guard.trap === trap));
	if (unknown) throw new StepFailed(`There is no guard against "${unknown}". There are: ${trapsOf(all).join(', ')}.`, WRONG_USE);
	guards = all.filter(({ trap }) => chosen.length === 0 || chosen.includes(trap));
	const faults = guards.flatMap((guard) => (faultOf(guard) ? [`${guard.trap}, ${guard.guard}: ${faultOf(guard)}`] : []));
	if (faults.length > 0) throw new StepFailed(faults.join('\n'));
}

const trapsOf = (some) => [...new Set(some.map(({ trap }) => trap))];

async function prove() {
	const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'guards-')));
	// Also when a signal ends this.
	process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
	const folders = guards.map((_, index) => path.join(scratch, String(index)));
	await withProgress(`Breaking ${guards.length} guards`, () => breakAll(folders));
	const { runSelections } = require('./setup/guards/jestRun.cjs');
	const selections = [{ folder: root, tests: guards }, ...guards.map((guard, index) => ({ folder: folders[index], tests: [guard] }))];
	const outcome = await withProgress('Running their tests, whole and broken', () => runSelections(selections, scratch));
	return report(guards.map((guard, index) => verdict(outcome(root, guard), outcome(folders[index], guard))));
}

async function breakAll(folders) {
	let next = 0;
	const work = async () => {
		while (next < guards.length) {
			const index = next++;
			await makeBroken(folders[index], guards[index]);
		}
	};
	await Promise.all(Array.from({ length: BUILDS }, work));
}

/** Undefined for a guard that its test holds, else what is wrong. */
function verdict(whole, broken) {
	if (whole !== 'passed') return `with the guard in place the test does not pass: ${whole}`;
	if (broken === 'failed') return undefined;
	return broken === 'passed' ? 'its test does not see that it is broken' : `with the guard broken the test could not be run: ${broken}`;
}

function report(verdicts) {
	guards.forEach(({ trap, guard }, index) => console.log(`${verdicts[index] ? 'UNGUARDED' : 'guarded  '}  ${trap.padEnd(8)} ${guard}${verdicts[index] ? `\n           ${verdicts[index]}` : ''}`));
	const traps = trapsOf(guards);
	const unguarded = new Set(guards.filter((_, index) => verdicts[index]).map(({ trap }) => trap));
	console.log(`${guards.length} guards`);
	console.log(JSON.stringify({ traps: traps.length, guarded: traps.length - unguarded.size, unguarded: unguarded.size }));
	return unguarded.size === 0 ? 0 : 1;
}

const prepareN8nNodes = async () => void (await installN8n());

command(installDependencies, readGuards, build, prepareN8nNodes, prove);
