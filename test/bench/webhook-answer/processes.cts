import { startMoySklad, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { N8nApi } from '../../n8n/api.cts';
import { startN8n, type N8n, type N8nSetup } from '../../n8n/instance.cts';
import { packPackage } from '../../n8n/packed.cts';
import { freePorts } from '../../n8n/ports.cts';
import { waitFor } from '../../n8n/waiting.cts';
import { deployedSettings } from '../../queue/deployedSettings.cts';
import { Scratch } from '../../queue/scratch.cts';
import { giveWay } from '../../queue/shares.cts';

const DRAINED_WITHIN_MS = 600_000;
/** What an overloaded n8n stored and never put into its queue stays for ever: when nothing has ended for so long, nothing will. */
const STILL_AFTER_MS = 20_000;
const UNFINISHED = `SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running', 'waiting') AND "deletedAt" IS NULL`;

/** n8n in queue mode with the settings and shares of deploy/: one main process, one webhook process, one worker; and a MoySklad that has the webhooks. */
export class Processes {
	private constructor(
		readonly moySklad: RunningMoySklad,
		readonly api: N8nApi,
		private readonly scratch: Scratch,
		private readonly started: N8n[],
	) {}

	static async start(): Promise<Processes> {
		const scratch = await Scratch.make();
		const packed = await packPackage();
		const moySklad = await startMoySklad({ size: { products: 1 } });
		const started: N8n[] = [];
		const begin = async (setup: N8nSetup): Promise<N8n> => {
			const n8n = await startN8n({ packages: [packed.tarball], ...setup });
			started.unshift(n8n);
			giveWay(setup.command ?? 'start', n8n);
			return n8n;
		};
		try {
			const [port] = await freePorts(1);
			const publicUrl = `http://127.0.0.1:${port}`;
			const { database, queue } = scratch;
			const main = await begin({ database, queue, publicUrl, env: deployedSettings('main') });
			await begin({ sameAs: main, command: 'webhook', port, env: deployedSettings('webhook') });
			await begin({ sameAs: main, command: 'worker', env: deployedSettings('worker') });
			return new Processes(moySklad, await N8nApi.logIn(main), scratch, started);
		} catch (error) {
			await ended(started, moySklad, scratch);
			throw error;
		} finally {
			packed.remove();
		}
	}

	/** Where production calls go. */
	get publicUrl(): string {
		return (this.started[0] as N8n).place.publicUrl;
	}

	/** Until the worker has run everything that it will run. */
	async drained(): Promise<void> {
		let least = Infinity;
		let since = Date.now();
		await waitFor('No execution left', DRAINED_WITHIN_MS, async () => {
			const left = await this.scratch.count(UNFINISHED);
			if (left < least) [least, since] = [left, Date.now()];
			return left === 0 || Date.now() - since > STILL_AFTER_MS ? true : undefined;
		});
	}

	async stop(): Promise<void> {
		await ended(this.started, this.moySklad, this.scratch);
	}
}

async function ended(started: N8n[], moySklad: RunningMoySklad, scratch: Scratch): Promise<void> {
	for (const n8n of started) await n8n.stop();
	await moySklad.close();
	await scratch.remove();
}
