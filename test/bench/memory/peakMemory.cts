import { readFileSync } from 'node:fs';

/** The most memory that a process has had resident so far, in MB. */
export function peakMemory(pid: number | undefined): number {
	const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Math.round(Number(kilobytes) / 1024);
}
