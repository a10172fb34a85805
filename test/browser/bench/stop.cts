import { kept } from './running.cts';

/** Jest calls it once after all files. */
export default async function stop(): Promise<void> {
	await kept()?.stop();
}
