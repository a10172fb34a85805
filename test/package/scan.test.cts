import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { packPackage, type PackedPackage } from '../n8n/packed.cts';
import { repositoryRoot } from '../n8n/repository.cts';

/** The scanner lints the sources at the published commit, and what npm delivers. */
const SOURCE = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];
const DELIVERED = ['**/*.js', 'package.json'];

interface Result {
	passed: boolean;
	text: string;
}

async function scan(...legs: Array<{ folder: string; patterns: string[] }>): Promise<Result[]> {
	const program = path.join(repositoryRoot(), 'test', 'package', 'scan.mjs');
	// In Jest's environment, `test`, the rules take every file for one of their own tests.
	const options = { env: { ...process.env, NODE_ENV: 'production' }, maxBuffer: 64 * 1024 * 1024 };
	const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(legs)], options);
	return JSON.parse(stdout) as Result[];
}

describe("n8n's scanner of community packages", () => {
	let packed: PackedPackage;

	beforeAll(async () => {
		packed = await packPackage();
	}, 60_000);
	afterAll(() => packed.remove());

	it('passes the sources and the packed package', async () => {
		const legs = [
			{ folder: repositoryRoot(), patterns: SOURCE },
			{ folder: packed.folder, patterns: DELIVERED },
		];
		expect(await scan(...legs)).toEqual([
			{ passed: true, text: '' },
			{ passed: true, text: '' },
		]);
	}, 120_000);

	it('would see what is not allowed', async () => {
		appendFileSync(
			path.join(packed.folder, 'dist', 'shared', 'core.js'),
			'\nsetTimeout(() => console.log(process.env), 1);\n',
		);
		const [delivered] = await scan({ folder: packed.folder, patterns: DELIVERED });
		expect(delivered?.passed).toBe(false);
		expect(delivered?.text).toMatch(/setTimeout[^]*process/);
	}, 120_000);
});
