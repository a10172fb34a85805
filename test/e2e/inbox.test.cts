import { Installation } from '../demo/installation.cts';
import { importCatalog, plainProducts } from '../demo/mainJob.cts';
import type { DataTable, StoredRow } from '../n8n/dataTables.cts';
import { waitFor } from '../n8n/waiting.cts';
import { control } from '../simulators/moysklad/control.cts';
import { changeSetting } from './changeSetting.cts';
import { eventsOf, notify } from './inboxEvents.cts';
import { expectKnownRows } from './keptRows.cts';

const WITHIN_MS = 120_000;
const DECOYS = ['msbx_inbox copy', 'old MSBX_INBOX', 'msbx_dead_letters of May', 'msbx_flows_too'];

/** Templates 10 and 11 in a real n8n with Data Tables: what was reported is never lost, and comes into the store once. */
describe('Inbox in Data Tables', () => {
	let installation: Installation;

	beforeAll(async () => {
		const quick = { leaseMinutes: 0.25, mostAttempts: 3, backoffSeconds: 1 };
		installation = await Installation.start({ moySklad: { size: { products: 30 } }, settings: { '11': quick, '12': { leaseMinutes: 0.1 } } });
		await importCatalog(installation);
	});
	afterAll(async () => await installation?.stop());

	const table = async (name: string): Promise<DataTable> => await waitFor(`The table ${name}`, WITHIN_MS, async () => (await installation.api.dataTables.list()).find((one) => one.name === name));
	const rows = async (name: string): Promise<StoredRow[]> => (await installation.api.dataTables.rows((await table(name)).id)).data;
	const until = async (what: string, look: () => Promise<boolean> | boolean): Promise<void> => void (await waitFor(what, WITHIN_MS, async () => (await look()) || undefined));
	const product = (index: number): Record<string, unknown> => plainProducts(installation.moySklad)[index] as Record<string, unknown>;
	const element = (key: unknown) => installation.bitrix.portal.store.elements.where('xmlId', String(key))[0];
	/** Changes a product behind the back of the webhooks: only what the test reports is known. */
	const change = (index: number, weight: number): Record<string, unknown> => Object.assign(product(index), { weight });
	const report = async (entity: string, ...ids: unknown[]): Promise<number> => await notify(installation.moySklad, eventsOf(installation.moySklad, entity, ids.map(String)));
	const runWorker = async () => await installation.api.run(installation.workflow('11').id, 'Run Now', undefined, WITHIN_MS);
	/** Does not wait for the schedule of the worker; once it has shown that it runs by itself. */
	const workedOff = async (): Promise<void> =>
		await until('The empty inbox', async () => {
			await runWorker();
			return (await rows('msbx_inbox')).length === 0;
		});
	const stored = async (count: number): Promise<void> => await until(`${count} inbox rows`, async () => (await rows('msbx_inbox')).length === count);

	it('stores both outputs of a notification, in its own table only, while nothing takes them', async () => {
		const { api } = installation;
		const columns = [{ name: 'anything', type: 'string' as const }];
		const decoys = await Promise.all(DECOYS.map(async (name) => await api.dataTables.create(name, columns)));
		await installation.publish('10');
		expect(await report('product', product(0).id, product(1).id)).toBe(204);
		expect(await report('customerorder', product(2).id)).toBe(204);
		await stored(3);
		expect((await rows('msbx_inbox')).map(({ entity, objectId, action, attempts }) => [entity, objectId, action, attempts])).toEqual(expect.arrayContaining([
			['product', product(0).id, 'UPDATE', 0],
			['product', product(1).id, 'UPDATE', 0],
			['customerorder', product(2).id, 'UPDATE', 0],
		]));
		expect(await expectKnownRows(installation)).toEqual(expect.arrayContaining(['msbx_flows', 'msbx_inbox']));
		for (const decoy of decoys) {
			expect((await api.dataTables.rows(decoy.id)).count).toBe(0);
			await api.dataTables.remove(decoy.id);
		}
	});

	it('loses nothing when starting the worker fails: it is known, but not published', async () => {
		const flows = await table('msbx_flows');
		const state = JSON.stringify({ workflow: installation.workflow('11').id });
		await installation.api.dataTables.insert(flows.id, [{ flow: 'inbox worker', leaseUntil: 0, owner: '', state, progress: '' }]);
		change(3, 7.5);
		expect(await report('product', product(3).id)).toBe(204);
		await stored(4);
	});

	it('brings what waits into the store, each object once, and keeps what no flow handles as a dead letter', async () => {
		await report('product', ...Array<unknown>(20).fill(product(3).id));
		await stored(24);
		await installation.publish('11');
		await until('The empty inbox', async () => (await rows('msbx_inbox')).length === 0);
		expect(element(product(3).externalCode)?.weight).toBe(7500);
		expect((await rows('msbx_dead_letters')).map(({ entity, objectId, code, message }) => [entity, objectId, code, message])).toEqual([['customerorder', product(2).id, 'NOT_HANDLED', 'No flow is chosen for orders, shipments and payments: orders is off']]);
		expect(await expectKnownRows(installation)).toContain('msbx_dead_letters');
	});

	it('tries again later what the store does not take now, then makes it a dead letter, which can be replayed', async () => {
		const { bitrix } = installation;
		change(4, 3.25);
		bitrix.faults.set([{ kind: 'unavailable', share: 1 }]);
		await report('product', product(4).id);
		await until('The dead letter', async () => {
			await runWorker();
			return (await rows('msbx_dead_letters')).some(({ objectId }) => objectId === product(4).id);
		});
		bitrix.faults.set([]);
		expect((await rows('msbx_dead_letters')).find(({ objectId }) => objectId === product(4).id)).toMatchObject({ attempts: 3, code: expect.any(String) as string, advice: expect.any(String) as string });
		expect(await rows('msbx_inbox')).toEqual([]);
		await changeSetting(installation, '11', 'replayDeadLetters', true);
		const { run } = await runWorker();
		await changeSetting(installation, '11', 'replayDeadLetters', false);
		expect(run.error).toBeUndefined();
		expect(element(product(4).externalCode)?.weight).toBe(3250);
		expect((await rows('msbx_dead_letters')).map(({ code }) => code)).toEqual(['NOT_HANDLED']);
	});

	it('takes a deletion that came late for what it is: the object is there', async () => {
		await installation.unpublish('11');
		await notify(installation.moySklad, eventsOf(installation.moySklad, 'product', [String(product(5).id)], 'DELETE'));
		await stored(1);
		await installation.publish('11');
		await workedOff();
		expect(element(product(5).externalCode)?.active).toBe('Y');
	});

	it('goes on after a kill in the middle of a run, when the lease has run out', async () => {
		const { bitrix, n8n } = installation;
		await installation.unpublish('11');
		[6, 7, 8].forEach((index) => change(index, index + 0.5));
		await report('product', product(6).id, product(7).id, product(8).id);
		await stored(3);
		await installation.publish('11');
		bitrix.faults.set([{ kind: 'hang', share: 1 }]);
		void runWorker().catch(() => undefined);
		await until('The lease', async () => (await rows('msbx_inbox')).some(({ lease }) => lease !== ''));
		await n8n.kill();
		bitrix.faults.set([]);
		await n8n.restart();
		await workedOff();
		for (const index of [6, 7, 8]) expect(element(product(index).externalCode)?.weight).toBe((index + 0.5) * 1000);
	});

	it('makes its table anew when somebody has deleted it, and stores then', async () => {
		const { api } = installation;
		await installation.unpublish('11');
		await api.dataTables.remove((await table('msbx_inbox')).id);
		expect(await report('product', product(0).id)).toBe(204);
		await stored(1);
	});

	it('catches up after an outage: what changed and what was deleted meanwhile', async () => {
		const { api, moySklad, n8n } = installation;
		const edit = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => ((await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { body: Record<string, unknown> }).body;
		await installation.publish('11', '12');
		await until('The cursor', async () => (await rows('msbx_flows')).some(({ flow, state }) => flow === 'inbox catch-up' && String(state).includes('"stock"')));
		await n8n.kill();
		const [gone, changed] = [product(9), product(10)];
		await edit('PUT', `entity/product/${String(changed.id)}`, { weight: 4.75 });
		await edit('DELETE', `entity/product/${String(gone.id)}`);
		await n8n.restart();
		// The start itself catches up, unless the kill came in the middle of a run, whose lock has to run out.
		await until('The end of a catch-up', async () => (await api.run(installation.workflow('12').id, 'Run Now', undefined, WITHIN_MS)).run.executed.includes('Release the Lock'));
		await until('The change', () => element(changed.externalCode)?.weight === 4750);
		await until('The deletion', () => element(gone.externalCode)?.active === 'N');
	});
});
