import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { OLDEST_N8N } from '../../core/check/n8n';
import { MADE_FOR_N8N } from '../../scripts/setup/cacheFolder.cjs';
import { requireOfN8n } from '../n8n/cachedN8n.cts';
import { repositoryRoot } from '../n8n/repository.cts';

interface Step {
	uses?: string;
	run?: string;
	env?: Record<string, string>;
	with?: Record<string, string>;
}

interface Job {
	steps: Step[];
	permissions?: Record<string, string>;
	strategy?: { matrix: Record<string, string[]> };
	'timeout-minutes'?: number;
}

interface Flow {
	on: { push?: { tags?: string[]; branches?: string[] } };
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

const FOLDER = path.join(repositoryRoot(), '.github', 'workflows');

const { parse } = requireOfN8n<{ parse(text: string): Flow }>('yaml');

const flows = new Map(readdirSync(FOLDER).map((file) => [file, parse(readFileSync(path.join(FOLDER, file), 'utf8'))]));

const flow = (file: string): Flow => {
	const found = flows.get(file);
	if (!found) throw new RangeError(`There is no ${file}`);
	return found;
};

const stepsOf = ({ jobs }: Flow): Step[] => Object.values(jobs).flatMap(({ steps }) => steps);
const commandsOf = (some: Flow): string[] => stepsOf(some).flatMap(({ run }) => (run === undefined ? [] : run.trim().split('\n')));

const manifest = JSON.parse(readFileSync(path.join(repositoryRoot(), 'package.json'), 'utf8')) as { scripts: Record<string, string>; version: string; engines: { node: string } };

describe('The workflows of GitHub Actions', () => {
	it('run only commands that there are', () => {
		const commands = [...flows.values()].flatMap(commandsOf);
		const called = commands.flatMap((line) => /^npm (?:run )?([\w:-]+)/.exec(line)?.[1] ?? []);
		expect(called.length).toBeGreaterThan(8);
		expect(called.filter((name) => !(name in manifest.scripts))).toEqual([]);
		const endToEnd = commands.flatMap((line) => /^npm run test:e2e -- (.+)$/.exec(line)?.[1]?.split(' ') ?? []);
		expect(endToEnd).toContain('mainJob');
		expect(endToEnd.filter((name) => !existsSync(path.join(repositoryRoot(), 'test', 'e2e', `${name}.test.cts`)))).toEqual([]);
		// Whatever is not one of our commands is written out here, so that somebody looks at it.
		expect(commands.filter((line) => !/^npm (run )?[\w:-]+( --( \w+)+)?$/.test(line))).toEqual([
			'test "$GITHUB_REF_NAME" = "$(node -p \'require("./package.json").version\')"',
		]);
	});

	it('use actions in a version, and none but those of GitHub itself', () => {
		const used = [...flows.values()].flatMap(stepsOf).flatMap(({ uses }) => uses ?? []);
		expect(used.length).toBeGreaterThan(5);
		expect(used.filter((name) => !/^actions\/[a-z-]+@v\d+\.\d+\.\d+$/.test(name))).toEqual([]);
	});

	it('may read, and to publish sign; no secret is in them', () => {
		for (const [file, { permissions, jobs }] of flows) {
			expect([file, permissions]).toEqual([file, file === 'publish.yml' ? {} : { contents: 'read' }]);
			const more = Object.values(jobs).map((job) => job.permissions).filter(Boolean);
			expect([file, more]).toEqual([file, file === 'publish.yml' ? [{ contents: 'read', 'id-token': 'write' }] : []]);
			expect(readFileSync(path.join(FOLDER, file), 'utf8')).not.toMatch(/secrets\./);
		}
	});

	it('end when something hangs', () => {
		for (const [file, { jobs }] of flows)
			for (const [name, job] of Object.entries(jobs)) expect([file, name, job['timeout-minutes']]).toEqual([file, name, expect.any(Number)]);
	});

	it('check on each Node that the package names, and end to end on the one for n8n', () => {
		const { jobs } = flow('ci.yml');
		expect(jobs.units?.strategy?.matrix.node).toEqual(['20', '22', '24']);
		expect(manifest.engines.node).toMatch(/^>=20\./);
		expect(jobs['end-to-end']?.steps.map((step) => step.with?.['node-version']).filter(Boolean)).toEqual(['24']);
	});

	it('run end to end on the n8n for which the package is made, and on the oldest that README names and Sync Check takes', () => {
		const [, oldest = ''] = /oldest n8n that it works with is ([\d.]+):/.exec(readFileSync(path.join(repositoryRoot(), 'README.md'), 'utf8')) ?? [];
		expect(flow('ci.yml').jobs['end-to-end']?.strategy?.matrix.n8n).toEqual([MADE_FOR_N8N, oldest]);
		expect(OLDEST_N8N).toBe(oldest);
	});

	it('run all that .ci/run runs', () => {
		const local = readFileSync(path.join(repositoryRoot(), '.ci', 'run'), 'utf8').matchAll(/npm (?:run (?:--silent )?)?([\w:-]+)(?: --silent)?$/gm);
		const wanted = [...local].map(([, name]) => name);
		expect(wanted).toContain('test:queue');
		const called = commandsOf(flow('ci.yml')).flatMap((line) => /^npm (?:run )?([\w:-]+)/.exec(line)?.[1] ?? []);
		expect(wanted.filter((name) => !called.includes(name as string))).toEqual([]);
	});

	it('publish what a tag names, tested, by the release command of n8n', () => {
		const publish = flow('publish.yml');
		expect(publish.on).toEqual({ push: { tags: ['[0-9]+.[0-9]+.[0-9]+', '[0-9]+.[0-9]+.[0-9]+-*'] } });
		expect(commandsOf(publish).slice(-3)).toEqual(['npm test', 'npm run audit', 'npm run release']);
		expect(manifest.scripts).toMatchObject({ release: 'n8n-node release', prepublishOnly: 'n8n-node prerelease' });
	});

	it('take a folder of stored workflows that there is', () => {
		const named = stepsOf(flow('ci.yml')).flatMap(({ env }) => env?.STORED_WORKFLOWS ?? []);
		expect(named).not.toEqual([]);
		const stored = readdirSync(path.join(repositoryRoot(), 'test', 'fixtures', 'workflows'));
		expect(named.filter((version) => !stored.includes(version))).toEqual([]);
	});
});
