import type { IDataObject, INodeParameters, ResourceMapperValue } from 'n8n-workflow';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { Engine, type Item, type RunOptions } from '../../n8n/engine.cts';
import type { NodeSetup } from '../../n8n/nodeSetup.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import { chosen } from '../../n8n/workflowDraft.cts';
import { startMoySklad, type MoySkladOptions, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { ask, type Json } from '../../simulators/moysklad/caller.cts';

const UNLIMITED = { unitsPerWindow: 1_000_000 };

type Outcome = { status: string; key: string; moySkladId: string; changes: Array<{ field: string; from: unknown; to: unknown }>; warnings: Json[]; error?: Json } & Json;

/** A simulated account and the node MoySklad Entity, with what tests of all resources need. */
export class EntityBench {
	private constructor(
		readonly engine: Engine,
		readonly shop: RunningMoySklad,
	) {}

	static async start(options: MoySkladOptions = {}): Promise<EntityBench> {
		return new EntityBench(await Engine.load(), await startMoySklad({ rate: UNLIMITED, ...options }));
	}

	async close(): Promise<void> {
		await this.shop.close();
	}

	/** No faults, counters at zero. */
	reset(): void {
		this.shop.faults.set([]);
		this.shop.counters.reset();
	}

	credentials(user: keyof RunningMoySklad['users'] = 'admin'): Secrets {
		return { moySkladApi: { authentication: 'token', token: this.shop.users[user].token, baseUrl: this.shop.baseUrl } };
	}

	setup(parameters: INodeParameters, user: keyof RunningMoySklad['users'] = 'admin'): NodeSetup {
		return { type: 'moySkladEntity', parameters, credentials: this.credentials(user) };
	}

	/** Runs the node; a failure is in the result. */
	async run(parameters: INodeParameters, items?: Item[], more: Partial<RunOptions & NodeSetup> & { user?: keyof RunningMoySklad['users'] } = {}): Promise<NodeRun> {
		const { user, ...rest } = more;
		return await this.engine.runNode({ ...this.setup(parameters, user), items, ...rest });
	}

	/** Runs the node and gives the items of *Done*; throws when the run failed. */
	async done(parameters: INodeParameters, items?: Item[], more: Parameters<EntityBench['run']>[2] = {}): Promise<Json[]> {
		const run = await this.run(parameters, items, more);
		if (run.error) throw run.error;
		return run.json(0);
	}

	/** Runs a write and gives the results of *Done* and *Failed*. */
	async write(parameters: INodeParameters, items?: Item[], more: Parameters<EntityBench['run']>[2] = {}): Promise<{ done: Outcome[]; failed: Outcome[] }> {
		const run = await this.run(parameters, items, more);
		if (run.error) throw run.error;
		return { done: run.json(0) as Outcome[], failed: run.json(1) as Outcome[] };
	}

	/** What an administrator reads or does by other means. Not counted. */
	async edit(method: string, path: string, body?: unknown): Promise<Json> {
		const reply = await ask(this.shop, 'POST', `${this.shop.url}/_simulator/edit`, { body: { user: this.shop.users.admin.login, method, path, body } });
		const { status, body: answer } = reply.body as { status: number; body: Json };
		if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
		return answer;
	}

	async rows(path: string): Promise<Json[]> {
		return ((await this.edit('GET', path)).rows ?? []) as Json[];
	}

	/** Calls by route since the last reset. */
	get calls(): Record<string, number> {
		return Object.fromEntries(Object.entries(this.shop.counters.snapshot().routes).map(([route, { calls }]) => [route, calls]));
	}

	get callCount(): number {
		return this.shop.counters.snapshot().calls;
	}
}

/** Fields as the resource mapper hands them in. */
export const mapped = (value: IDataObject, matchOn?: string): ResourceMapperValue => ({
	mappingMode: 'defineBelow',
	value: value as ResourceMapperValue['value'],
	matchingColumns: matchOn === undefined ? [] : [matchOn],
	schema: [],
	attemptToConvertTypes: false,
	convertFieldsToString: false,
});

export { chosen };
