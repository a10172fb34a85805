import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../n8n/repository.cts';

const SCRIPTS = path.join(repositoryRoot(), 'scripts');
const CHILDREN = JSON.stringify(path.join(SCRIPTS, 'setup', 'children.cjs'));

/** A command that runs a child and ends with its exit code. */
const parentOf = (child: string): string =>
	`require(${CHILDREN}).run(process.execPath, ['-e', ${JSON.stringify(child)}]).then((code) => process.exit(code));`;

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

describe('The commands', () => {
	it('end with the exit code of what they ran', async () => {
		await expect(promisify(execFile)(process.execPath, ['-e', parentOf('process.exit(7)')])).rejects.toMatchObject({
			code: 7,
		});
	});

	it.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('pass %s on to what they run, and end after it', async (signal, code) => {
		const child = 'console.log(process.pid); setInterval(() => {}, 1000)';
		const parent = spawn(process.execPath, ['-e', parentOf(child)], { stdio: ['ignore', 'pipe', 'inherit'] });
		const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
		parent.kill(signal);
		expect(await once(parent, 'exit')).toEqual([code, null]);
		expect(isAlive(Number(pid))).toBe(false);
	});

	it('kill at the second signal what does not end at the first', async () => {
		const child =
			"process.on('SIGTERM', () => console.log('no')); console.log(process.pid); setInterval(() => {}, 1000)";
		const parent = spawn(process.execPath, ['-e', parentOf(child)], { stdio: ['ignore', 'pipe', 'inherit'] });
		const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
		parent.kill('SIGTERM');
		await once(parent.stdout, 'data');
		expect(isAlive(Number(pid))).toBe(true);
		parent.kill('SIGTERM');
		expect(await once(parent, 'exit')).toEqual([143, null]);
		expect(isAlive(Number(pid))).toBe(false);
	});

	it('know no benchmark of any name', async () => {
		const bench = promisify(execFile)(process.execPath, [path.join(SCRIPTS, 'bench.cjs'), 'no-such']);
		await expect(bench).rejects.toMatchObject({
			code: 2,
			stderr: expect.stringMatching(/There is no benchmark "no-such"\. There are: /),
		});
	});
});
