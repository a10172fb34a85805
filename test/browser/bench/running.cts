import type { Installation } from '../../demo/installation.cts';

/** Jest loads what it calls before and after all files one by one, but into one process. */
const place = globalThis as { browserBench?: Installation };

export function keep(installation: Installation): void {
	place.browserBench = installation;
}

export function kept(): Installation | undefined {
	return place.browserBench;
}
