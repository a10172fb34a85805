import type { INodeParameters } from 'n8n-workflow';
import type { Installation } from '../demo/installation.cts';
import type { ApiCredential, ApiWorkflow } from '../n8n/api.cts';
import { withSettings } from '../n8n/filledIn.cts';
import type { Template } from '../n8n/templates.cts';
import { waitFor } from '../n8n/waiting.cts';
import type { Scratch } from './scratch.cts';

export const KINDS = ['postgresql', 'tables'] as const;
export type InboxKind = (typeof KINDS)[number];

const CATCH_UP = '12';
const GUARDIAN = '13';

/** The numbers of the templates that make up an inbox. */
const TEMPLATES: Record<InboxKind, { receiver: string; worker: string }> = {
	postgresql: { receiver: '10b', worker: '11b' },
	tables: { receiver: '10', worker: '11' },
};

/** A killed run blocks its rows for a minute, so that a test need not wait longer. */
const SHORT_LEASE = { leaseMinutes: 1 };

/** What is set in the templates' node *Settings*. The shop has no flow for what is not goods. */
export const INBOX_SETTINGS = { '11': SHORT_LEASE, '11b': SHORT_LEASE, '12': { ...SHORT_LEASE, sources: 'assortment, productFolder' } };

const WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 250;
/** Longer than the lease of a killed run and the minute until the worker looks again. */
const STILL_FOR_MS = 180_000;

/** In this shop the names of the store follow MoySklad, so that they can be compared as well. */
const NAMES_FOLLOW: INodeParameters = {
	change: [{ target: { __rl: true, mode: 'id', value: 'name' }, value: 'field', field: { __rl: true, mode: 'id', value: 'name' }, policy: 'always' }],
};

/** The inbox of the templates in a database that the tests can look into. */
export class Inbox {
	constructor(
		private readonly installation: Installation,
		private readonly scratch: Scratch,
		private readonly kind: InboxKind,
	) {}

	/** Sets the receiver and the worker up as a user does, and publishes them. */
	async open(): Promise<void> {
		const database = await this.databaseCredential();
		const { receiver, worker } = TEMPLATES[this.kind];
		for (const number of [receiver, worker]) {
			const workflow = this.installation.workflow(number);
			await this.installation.api.update(withNames(withCredential(workflow, database)));
			await this.installation.publish(number);
		}
		await waitFor('The table of the inbox', WITHIN_MS, async () => ((await this.table()) === undefined ? undefined : true));
	}

	/** Events that wait to be written. */
	async size(): Promise<number> {
		const table = await this.table();
		return table === undefined ? 0 : await this.scratch.count(`SELECT count(*) FROM ${table}`);
	}

	/** Waits until all that was stored is written. */
	async emptied(): Promise<void> {
		await this.comesToRest('the inbox', async () => [await this.size()]);
	}

	/** Waits until nothing is on its way any more, neither in the queue nor in the inbox. */
	async drained(): Promise<void> {
		await this.comesToRest('executions and the inbox', async () => [await this.executions(), await this.size(), await this.executions()]);
	}

	/** How long that takes depends on the machine: what counts is that it goes on. */
	private async comesToRest(what: string, left: () => Promise<number[]>): Promise<void> {
		let before = '';
		let moved = Date.now();
		for (;;) {
			const now = await left();
			if (now.every((number) => number === 0)) return;
			if (now.join() !== before) [before, moved] = [now.join(), Date.now()];
			if (Date.now() - moved > STILL_FOR_MS) throw new Error(`${what} did not come to an end: for ${STILL_FOR_MS / 1_000} s there are ${before} left`);
			await new Promise((waited) => setTimeout(waited, LOOK_EVERY_MS));
		}
	}

	/** Publishes the catch-up, which begins with all that is there. */
	async openCatchUp(): Promise<void> {
		await this.installation.publish(CATCH_UP);
		await this.caughtUp();
	}

	/** Asks MoySklad what has changed, and waits until it is written. */
	async caughtUp(): Promise<void> {
		const { id } = this.installation.workflow(CATCH_UP);
		await waitFor('A run of the catch-up', WITHIN_MS, async () => {
			const { run } = await this.installation.api.run(id, 'Run Now', undefined, WITHIN_MS);
			if (run.error) throw run.error;
			// Another run may have it in hand: that of n8n's start, or one that was killed and whose lease runs.
			return run.executed.includes('Release the Lock') ? true : undefined;
		});
		await this.emptied();
	}

	/**
	 * Lets *Webhook guardian* look after the webhooks.
	 * @param publicUrl the address of n8n that MoySklad knows
	 */
	async guardHooks(publicUrl: string): Promise<void> {
		const { api, n8n } = this.installation;
		const address = await api.webhookUrl(this.installation.workflow(TEMPLATES[this.kind].receiver), 'Something Changed');
		const guardian = this.installation.workflow(GUARDIAN);
		await api.update({ ...guardian, ...withSettings(guardian as unknown as Template, { triggerUrl: address.replace(n8n.url, publicUrl) }) } as ApiWorkflow);
		const { run } = await api.run(guardian.id, 'Run Now', undefined, WITHIN_MS);
		if (run.error) throw run.error;
	}

	/** Events that were given up. */
	async deadLetters(): Promise<number> {
		const table = await this.table('msbx_dead_letters');
		return table === undefined ? 0 : await this.scratch.count(`SELECT count(*) FROM ${table}`);
	}

	/** Executions that have not ended. n8n marks those that it does not keep as deleted when they end. */
	private async executions(): Promise<number> {
		return await this.scratch.count(`SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running', 'waiting') AND "deletedAt" IS NULL`);
	}

	/** The name by which the database knows a table; undefined before the templates have made it. */
	private async table(name = 'msbx_inbox'): Promise<string | undefined> {
		if (this.kind === 'tables') {
			const [row] = await this.scratch.query('SELECT id FROM data_table WHERE name = $1', [name]);
			return row && `"data_table_user_${String(row.id)}"`;
		}
		const [row] = await this.scratch.query('SELECT to_regclass($1) AS name', [name]);
		return typeof row?.name === 'string' ? row.name : undefined;
	}

	private async databaseCredential(): Promise<ApiCredential> {
		const { hostname, port, username, password, pathname } = new URL(this.scratch.database);
		return await this.installation.api.createCredential('postgres', {
			host: hostname, port: Number(port || '5432'), database: pathname.slice(1),
			user: decodeURIComponent(username), password: decodeURIComponent(password), ssl: 'disable',
		}, 'Inbox');
	}
}

const withCredential = (workflow: ApiWorkflow, { id, name, type }: ApiCredential): ApiWorkflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => (node.type === 'n8n-nodes-base.postgres' ? { ...node, credentials: { [type]: { id, name } } } : node)),
});

const withNames = (workflow: ApiWorkflow): ApiWorkflow => ({
	...workflow,
	nodes: workflow.nodes.map((node) => (node.name === 'Upsert Items' ? { ...node, parameters: { ...node.parameters, mapping: NAMES_FOLLOW } } : node)),
});
