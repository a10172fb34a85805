import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTable } from '../../scripts/setup/guards/table.cjs';
import { readCommandLine } from '../simulators/commandLine.cts';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { argumentFault, commandLines, namedCommands, scripts, singleCommands } from './commands.cts';
import { fences, page, pages, section } from './pages.cts';

const root = repositoryRoot();
const ALL = pages().flatMap(namedCommands);
const benchmarks = (): string[] => readdirSync(path.join(root, 'test', 'bench')).filter((file) => /^(?!.*\.test\.).+\.cts$/.test(file)).map((file) => file.replace('.cts', ''));
const traps = new Set(readTable().map(({ trap }: { trap: string }) => trap));

describe('The commands that the documents name', () => {
	it('are scripts of package.json', () => {
		expect(ALL.length).toBeGreaterThan(20);
		expect(ALL.filter(({ script }) => !(script in scripts())).map(({ page: file, script }) => `${file}: ${script}`)).toEqual([]);
	});

	it('run files that there are', () => {
		const files = Object.entries(scripts()).flatMap(([name, command]) => [...command.matchAll(/^node (\S+)/g)].map(([, file]) => ({ name, file: file ?? '' })));
		expect(files.length).toBeGreaterThan(5);
		expect(files.filter(({ file }) => !existsSync(path.join(root, file)))).toEqual([]);
	});

	it('take the arguments that stand behind them', () => {
		const faults = ALL.flatMap((command) => argumentFault(command, (name) => benchmarks().includes(name), (name) => traps.has(name)) ?? []);
		expect(faults).toEqual([]);
		expect(argumentFault({ page: '', script: 'bench', args: ['no-such'] }, (name) => benchmarks().includes(name), () => false)).toBe('bench does not take no-such');
		expect(argumentFault({ page: '', script: 'demo', args: ['--for-ever'] }, () => false, () => false)).toBe('demo does not take --for-ever');
	});

	it('of the simulators take their options as the program reads them', () => {
		for (const { args } of ALL.filter(({ script }) => script === 'simulators')) expect(() => readCommandLine(args)).not.toThrow();
	});

	it('are all told of in CONTRIBUTING.md: what each does, and what runs it', () => {
		const text = page('CONTRIBUTING.md').text;
		expect(Object.keys(scripts()).filter((name) => !text.includes(`\`npm run ${name}\``) && !text.includes(`\`npm ${name}\``))).toEqual([]);
	});
});

/** Rows of the table of CONTRIBUTING.md: a command, and where it is run. */
function runElsewhere(): Array<{ command: string; where: string }> {
	const text = section(page('CONTRIBUTING.md'), (heading) => heading === 'What runs where') ?? '';
	return [...text.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, command, where]) => ({ command: command ?? '', where: where ?? '' }));
}

/** What the blocks run here, in a copy of the repository and a home folder of their own: it takes seconds and no network. */
const CHEAP = [/^mkdir /, /^cd /, /^cp /, /^npm pack$/, /^npm install --ignore-scripts --legacy-peer-deps \/path\/to\/[\w.-]+\.tgz$/];
const isCheap = (command: string): boolean => CHEAP.some((form) => form.test(command));

describe('Blocks of commands', () => {
	const elsewhere = runElsewhere();

	it('have only commands that are run here or by what CONTRIBUTING.md says', () => {
		const known = (command: string): boolean => isCheap(command) || elsewhere.some((one) => command === one.command || command.startsWith(`${one.command} `));
		expect(pages().flatMap((one) => singleCommands(one).filter((command) => !known(command)).map((command) => `${one.path}: ${command}`))).toEqual([]);
	});

	it('what CONTRIBUTING.md says of a step of CI is a step of .ci/run, or it says why not', () => {
		const steps = [...readFileSync(path.join(root, '.ci', 'run'), 'utf8').matchAll(/^step '([^']+)'/gm)].map(([, name]) => name ?? '');
		expect(elsewhere.length).toBeGreaterThan(5);
		expect(elsewhere.filter(({ where }) => !where.startsWith('not in CI: ') && !steps.some((step) => where.includes(`“${step}”`))).map(({ command, where }) => `${command}: ${where}`)).toEqual([]);
		// Nor is a step forgotten.
		expect(steps.filter((step) => !elsewhere.some(({ where }) => where.includes(`“${step}”`)))).toEqual([]);
	});

	it('run as they are written, where they are cheap', () => {
		const scratch = mkdtempSync(path.join(tmpdir(), 'documents-'));
		try {
			const blocks = pages().flatMap(fences).filter(({ language }) => language === 'sh');
			expect(blocks.length).toBeGreaterThan(5);
			const copy = copyOfRepository(scratch);
			for (const [index, block] of blocks.entries()) {
				const home = path.join(scratch, String(index));
				mkdirSync(home);
				// Where a package is replaced, one was installed before.
				if (!/mkdir/.test(block.text)) mkdirSync(path.join(home, '.n8n', 'nodes'), { recursive: true });
				const packed = /npm pack/.test(block.text) || !/\/path\/to\//.test(block.text) ? '' : '[ -e *.tgz ] || npm pack >/dev/null\n';
				const lines = commandLines({ path: block.page, text: `\`\`\`sh\n${block.text}\`\`\`` }).map((line) => line.split('&&').map((one) => one.trim()).map((one) => (isCheap(one) ? one.replace('/path/to/', `${copy}/`) : ':')).join(' && '));
				execFileSync('sh', ['-ec', packed + lines.join('\n')], { cwd: copy, env: { PATH: process.env.PATH, HOME: home, npm_config_offline: 'true', npm_config_cache: path.join(scratch, 'cache') }, stdio: 'pipe' });
				if (!/\.tgz/.test(block.text)) continue;
				const modules = path.join(home, '.n8n', 'nodes', 'node_modules');
				expect({ page: block.page, modules: readdirSync(modules).filter((name) => !name.startsWith('.')) }).toEqual({ page: block.page, modules: [PACKAGE_NAME] });
				expect(readdirSync(path.join(modules, PACKAGE_NAME))).toEqual(expect.arrayContaining(['dist', 'workflows', 'package.json']));
			}
		} finally {
			rmSync(scratch, { recursive: true, force: true });
		}
	}, 120_000);
});

/** What a clone has after `npm ci && npm run build`, as far as the cheap commands need it. */
function copyOfRepository(scratch: string): string {
	const copy = path.join(scratch, 'clone');
	mkdirSync(copy);
	for (const name of ['package.json', '.npmrc', 'README.md', 'LICENSE.md']) cpSync(path.join(root, name), path.join(copy, name));
	for (const name of ['dist', 'workflows', 'deploy']) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
	symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
	return copy;
}
