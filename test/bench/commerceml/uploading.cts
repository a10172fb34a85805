import { setTimeout as sleep } from 'node:timers/promises';
import { exchangeAddress, zipped, type CmlFile } from '../../../core/index.ts';
import { ExchangeHold, ExchangeSession, ProcessLock, transfer, type Clock } from '../../../transport/index.ts';
import { basic } from '../../simulators/bitrix/exchangeClient.cts';
import { startBitrix } from '../../simulators/bitrix/start.cts';
import { httpSend } from '../../transport/exchange/exchangeBench.cts';

/** A simulated site, in a process of its own: what it keeps is not what an upload takes. */
export interface Site {
	url: string;
	login: string;
	password: string;
}

const REQUEST = 60_000;
const PART = 1_000_000;

/** Runs until the process is ended. */
export async function serveSite(zip: boolean): Promise<Site> {
	const { exchange } = await startBitrix({ edition: 'site', exchange: { zip, fileLimit: PART } });
	return { url: exchange.url, login: exchange.login, password: exchange.password };
}

const clock: Clock = { now: () => Date.now(), sleep: async (milliseconds) => await sleep(milliseconds) };

/** Sends files through a session, as a run does before the import: each on its own, or all in one archive if the site wants that. */
export async function upload(files: readonly CmlFile[], { url, login, password }: Site): Promise<{ bytes: number; seconds: number; archive: boolean }> {
	const address = exchangeAddress(new URL(url).origin);
	const hold = await ExchangeHold.take({ site: address.site, owner: 'bench', process: new ProcessLock(clock), onlyProcess: true, clock, requestMilliseconds: REQUEST, waitMilliseconds: 0 });
	const session = await ExchangeSession.open({ send: httpSend(basic(login, password)), clock, address, hold, timeoutMilliseconds: REQUEST }, 'catalog');
	const started = performance.now();
	const { bytes, archive } = await transfer(session, { files, documents: [], pack: (all) => zipped(all, new Date()) });
	return { bytes, archive, seconds: (performance.now() - started) / 1000 };
}
