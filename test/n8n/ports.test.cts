import crypto from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { freePorts } from './ports.cts';

const claimOf = (port: number) => path.join(tmpdir(), `ports-of-tests-${userInfo().uid}`, String(port));

describe('Free ports', () => {
	const random = jest.spyOn(crypto as { randomInt(from: number, below: number): number }, 'randomInt');
	beforeEach(() => random.mockClear());
	afterAll(() => random.mockRestore());

	it('are all different, and not those of outgoing connections', async () => {
		const ports = (await Promise.all(Array.from({ length: 50 }, () => freePorts(4)))).flat();
		expect(new Set(ports).size).toBe(200);
		for (const port of ports) expect(port).toBeLessThan(32_768);
	});

	it('are given to nobody else while their process lives', async () => {
		const [port] = (await freePorts(1)) as [number];
		random.mockReturnValueOnce(port);
		expect(await freePorts(1)).not.toEqual([port]);
		expect(random.mock.calls.length).toBeGreaterThanOrEqual(3);
	});

	it('come back when their process has ended', async () => {
		const ended = spawn(process.execPath, ['--eval', '']);
		await once(ended, 'exit');
		const [port] = (await freePorts(1)) as [number];
		writeFileSync(claimOf(port), String(ended.pid));
		random.mockReturnValueOnce(port).mockReturnValueOnce(port);
		expect(await freePorts(1)).toEqual([port]);
		expect(readFileSync(claimOf(port), 'utf8')).toBe(String(process.pid));
	});
});
