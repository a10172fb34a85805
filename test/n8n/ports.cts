import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/**
 * Below the ports that Linux, macOS and Windows give to outgoing connections and to those who listen on 0: n8n
 * needs seconds until it listens, and a port of theirs is given away meanwhile.
 */
const FIRST = 20_000;
const PAST_LAST = 32_768;

/** A file for every port that a running test process has taken, with the number of that process. */
const CLAIMS = path.join(tmpdir(), `ports-of-tests-${userInfo().uid}`);

/** Ports of the loopback address that nobody listens on, all different, kept for this process until it ends. */
export async function freePorts(count: number): Promise<number[]> {
	mkdirSync(CLAIMS, { recursive: true });
	const ports: number[] = [];
	while (ports.length < count) {
		const port = randomInt(FIRST, PAST_LAST);
		if (claim(port) && (await isFree(port))) ports.push(port);
	}
	return ports;
}

function claim(port: number): boolean {
	const file = path.join(CLAIMS, String(port));
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch {
		// Whoever finds the claim of an ended process only removes it: two that took it over could both believe to own it.
		if (!isAlive(ownerOf(file))) rmSync(file, { force: true });
		return false;
	}
}

function ownerOf(file: string): number {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return NaN;
	}
}

/** A claim that is being written has no number yet: its owner lives. */
function isAlive(pid: number): boolean {
	if (!(pid > 0)) return true;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	const listening = once(server, 'listening').then(
		() => true,
		() => false,
	);
	server.listen(port, '127.0.0.1');
	if (!(await listening)) return false;
	await once(server.close(), 'close');
	return true;
}
