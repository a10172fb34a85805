import { setPriority } from 'node:os';
import type { Command, N8n } from '../n8n/instance.cts';

/** Of Unix: a third of the share that processes have which are in no hurry to give way. */
const BEHIND = 5;

/** All share one machine in the tests: as by the shares in deploy/docker-compose.yml, the processes that answer MoySklad come first. */
export function giveWay(command: Command, { pid }: N8n): void {
	if (pid !== undefined && command !== 'webhook') setPriority(pid, BEHIND);
}
