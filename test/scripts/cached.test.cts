import { execFile } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../n8n/repository.cts';

const SETUP = path.join(repositoryRoot(), 'scripts', 'setup');

/** Fills `thing` in the way that is told, and notes each filling and what came out. */
const PROGRAM = `
	const { appendFileSync, writeFileSync } = require('node:fs');
	const path = require('node:path');
	const { cacheFolder } = require(${JSON.stringify(path.join(SETUP, 'cacheFolder.cjs'))});
	const { cached } = require(${JSON.stringify(path.join(SETUP, 'cached.cjs'))});
	const thing = () => path.join(cacheFolder(), 'thing');
	cached('a thing', 'thing', thing, async (folder) => {
		appendFileSync(path.join(cacheFolder(), 'fillings'), 'x');
		await new Promise((done) => setTimeout(done, 1_500));
		if (process.argv[1] === 'fail') throw new Error('it went wrong');
		writeFileSync(path.join(folder, 'content'), 'complete');
		return thing();
	}).then(console.log, (error) => { console.error(error.message); process.exitCode = 1; });
`;

describe('The cache of what is downloaded once per user', () => {
	let home: string;
	let cache: string;

	beforeEach(() => {
		home = mkdtempSync(path.join(tmpdir(), 'cache-'));
		cache = path.join(home, 'n8n-nodes-moysklad-bitrix');
		mkdirSync(cache);
	});
	afterEach(() => rmSync(home, { recursive: true }));

	const fill = async (how = 'well') =>
		await promisify(execFile)(process.execPath, ['-e', PROGRAM, how], {
			env: { ...process.env, XDG_CACHE_HOME: home },
		});
	const fillings = (): number => readFileSync(path.join(cache, 'fillings'), 'utf8').length;
	const entries = (): string[] => readdirSync(cache).sort();

	it('is filled once by two commands at a time, and the second says that it waits', async () => {
		const [one, other] = await Promise.all([fill(), fill()]);
		expect([one.stdout.trim(), other.stdout.trim()]).toEqual([path.join(cache, 'thing'), path.join(cache, 'thing')]);
		expect(one.stderr + other.stderr).toBe('Another command is installing a thing; waiting for it\n');
		expect(fillings()).toBe(1);
		expect(entries()).toEqual(['fillings', 'thing']);

		await fill();
		expect(fillings()).toBe(1);
	});

	it('takes over from a filler that died, and removes what that left', async () => {
		const lock = path.join(cache, 'thing.lock');
		writeFileSync(lock, 'somebody');
		utimesSync(lock, new Date(), new Date(Date.now() - 60_000));
		mkdirSync(path.join(cache, 'thing.filling-abc'));
		await fill();
		expect(readFileSync(path.join(cache, 'thing', 'content'), 'utf8')).toBe('complete');
		expect(entries()).toEqual(['fillings', 'thing']);
	});

	it('does not take over from a filler that lives', async () => {
		const lock = path.join(cache, 'thing.lock');
		writeFileSync(lock, 'somebody');
		const waiting = fill();
		await new Promise((waited) => setTimeout(waited, 1_500));
		expect(existsSync(path.join(cache, 'fillings'))).toBe(false);
		rmSync(lock);
		await waiting;
		expect(fillings()).toBe(1);
	});

	it('keeps nothing of a filling that failed', async () => {
		await expect(fill('fail')).rejects.toMatchObject({ code: 1, stderr: 'it went wrong\n' });
		expect(entries()).toEqual(['fillings']);
		await fill();
		expect(entries()).toEqual(['fillings', 'thing']);
	});
});
