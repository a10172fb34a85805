import { Installation, type InstallationSetup } from '../demo/installation.cts';
import { startN8n, type Command, type N8n, type N8nSetup } from '../n8n/instance.cts';
import { packPackage, type PackedPackage } from '../n8n/packed.cts';
import { Balancer } from './balancer.cts';
import { deployedSettings } from './deployedSettings.cts';
import { Inbox, INBOX_SETTINGS, type InboxKind } from './inbox.cts';
import { Scratch } from './scratch.cts';
import { giveWay } from './shares.cts';

export const MEMBERS = ['main', 'webhook 1', 'webhook 2', 'worker 1', 'worker 2'] as const;
export type Member = (typeof MEMBERS)[number];

/** Four of them start at the same time. */
const READY_WITHIN_MS = 300_000;

/** n8n in queue mode between both simulators: a main process, two webhook processes behind a balancer, and two workers. */
export class Cluster {
	private stopping?: Promise<void>;

	private constructor(
		readonly scratch: Scratch,
		readonly balancer: Balancer,
		readonly installation: Installation,
		readonly inbox: Inbox,
		private readonly members: Map<Member, N8n>,
		private readonly packed: PackedPackage,
	) {}

	/** Templates are imported, not published. */
	static async start(setup: Omit<InstallationSetup, 'n8n' | 'settings'>, kind: InboxKind): Promise<Cluster> {
		const balancer = await Balancer.start();
		const scratch = await Scratch.make();
		const packed = await packPackage();
		const common: N8nSetup = { packages: [packed.tarball], readyWithinMs: READY_WITHIN_MS };
		let installation: Installation | undefined;
		const members = new Map<Member, N8n>();
		try {
			installation = await Installation.start({
				...setup,
				settings: INBOX_SETTINGS,
				processes: MEMBERS.filter((member) => member.startsWith('worker')).length,
				n8n: { ...common, database: scratch.database, queue: scratch.queue, publicUrl: balancer.url, env: deployedSettings('main') },
			});
			const sameAs = installation.n8n;
			members.set('main', sameAs);
			balancer.main = sameAs.url;
			await Promise.all(
				MEMBERS.slice(1).map(async (member) => {
					const command = commandOf(member);
					members.set(member, await startN8n({ ...common, sameAs, command, env: deployedSettings(command === 'webhook' ? 'webhook' : 'worker') }));
				}),
			);
			balancer.webhooks = MEMBERS.filter((member) => member.startsWith('webhook')).map((member) => (members.get(member) as N8n).url);
			for (const [name, n8n] of members) giveWay(commandOf(name), n8n);
			return new Cluster(scratch, balancer, installation, new Inbox(installation, scratch, kind), members, packed);
		} catch (error) {
			await Promise.all([...members].map(async ([, n8n]) => await n8n.stop()));
			await installation?.stop();
			await balancer.close();
			await scratch.remove();
			packed.remove();
			throw error;
		}
	}

	member(name: Member): N8n {
		return this.members.get(name) as N8n;
	}

	/** Starts a process again that was killed. */
	async revive(name: Member): Promise<void> {
		await this.member(name).restart();
		giveWay(commandOf(name), this.member(name));
	}

	/** All processes end at once, as when the power fails. */
	async cutOff(): Promise<void> {
		await Promise.all(MEMBERS.map(async (name) => await this.member(name).kill()));
	}

	/** Starts all processes again. */
	async resume(): Promise<void> {
		await this.revive('main');
		await Promise.all(MEMBERS.slice(1).map(async (name) => await this.revive(name)));
	}

	/** May be asked twice, by a signal and at the end: both wait until all is cleaned up. */
	async stop(): Promise<void> {
		await (this.stopping ??= this.end());
	}

	private async end(): Promise<void> {
		await Promise.all(MEMBERS.slice(1).map(async (name) => await this.member(name).stop()));
		await this.installation.stop();
		await this.balancer.close();
		await this.scratch.remove();
		this.packed.remove();
	}
}

const commandOf = (name: Member): Command => (name === 'main' ? 'start' : name.startsWith('webhook') ? 'webhook' : 'worker');
