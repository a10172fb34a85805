import { execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** The ids of the processes that a process has started, theirs included. */
function descendants(pid: number): number[] {
	const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
	const parents = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
	const childrenOf = (parent: number): number[] =>
		parents.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...childrenOf(child)]);
	return childrenOf(pid);
}

function kill(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Kills a process that this one started, with all that it started in turn; waits until it has ended. */
export async function killTree(child: ChildProcess): Promise<void> {
	if (child.pid === undefined || hasEnded(child)) return;
	const exit = once(child, 'exit');
	if (process.platform === 'win32') execFileSync('taskkill', ['/PID', String(child.pid), '/T', '/F']);
	else for (const pid of [child.pid, ...descendants(child.pid)]) kill(pid);
	await exit;
}

/** Asks a process to end; what has not ended after the given time is killed with all that it started. */
export async function endTree(child: ChildProcess, patienceMs: number): Promise<void> {
	if (hasEnded(child)) return;
	const exit = once(child, 'exit');
	const patience = new AbortController();
	child.kill('SIGTERM');
	await Promise.race([exit, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
	patience.abort();
	await killTree(child);
}
