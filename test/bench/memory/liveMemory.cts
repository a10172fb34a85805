import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What this process still uses on the heap when all garbage is collected, in MB. */
export function liveMemory(): number {
	collect();
	return Math.round(process.memoryUsage().heapUsed / 1024 / 1024);
}
