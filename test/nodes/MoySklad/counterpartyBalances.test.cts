import type { INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, EntityBench } from './entityBench.cts';

let bench: EntityBench;
let organization: Json;
let store: Json;
let product: Json;

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 2, variantShare: 0, archivedShare: 0 } });
	[organization, store, product] = (await Promise.all(['organization', 'store', 'product'].map(async (entity) => ({ meta: (await bench.rows(`entity/${entity}?limit=1`))[0]?.meta as unknown })))) as Json[] as [Json, Json, Json];
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const buyer = async (name: string): Promise<Json> => await bench.edit('POST', 'entity/counterparty', { name, inn: '7736570901' });
const ship = async (agent: Json, kopecks: number): Promise<Json> =>
	await bench.edit('POST', 'entity/demand', { organization, store, agent: { meta: agent.meta }, vatEnabled: false, positions: [{ assortment: product, quantity: 1, price: kopecks }] });
const pay = async (agent: Json, kopecks: number, entity = 'paymentin'): Promise<Json> => await bench.edit('POST', `entity/${entity}`, { organization, agent: { meta: agent.meta }, sum: kopecks });

const BALANCES = { resource: 'counterparty', operation: 'getBalances' };
const read = async (parameters: INodeParameters, items?: Json[]): Promise<{ done: Json[]; failed: Json[] }> => {
	const run = await bench.run({ ...BALANCES, ...parameters }, items);
	if (run.error) throw run.error;
	return { done: run.json(0), failed: run.json(1) };
};
const ofItems = async (...ids: unknown[]): Promise<{ done: Json[]; failed: Json[] }> => await read({ whose: 'items', objectId: chosen('={{ $json.id }}') }, ids.map((id) => ({ id })));

describe('Get Balances of input items', () => {
	it('says what each counterparty owes, in kopecks and in rubles, with few calls', async () => {
		const [owes, even, ahead] = [await buyer('owes'), await buyer('even'), await buyer('ahead')];
		await ship(owes, 100_050);
		await pay(owes, 40_000);
		await pay(owes, 50, 'cashin');
		await ship(even, 7000);
		await pay(even, 7000);
		await pay(ahead, 123);
		bench.reset();
		const { done, failed } = await ofItems(owes.id, even.id, ahead.id, owes.id);
		expect(failed).toEqual([]);
		expect(done.map(({ counterparty, balance, balanceAmount, debt, debtAmount }) => [(counterparty as Json).name, balance, balanceAmount, debt, debtAmount])).toEqual([
			['owes', -60_000, '-600', 60_000, '600'],
			['even', 0, '0', 0, '0'],
			['ahead', 123, '1.23', 0, '0'],
			['owes', -60_000, '-600', 60_000, '600'],
		]);
		expect(done[0]).toMatchObject({ counterparty: { id: owes.id, externalCode: owes.externalCode, inn: '7736570901', companyType: 'legal' }, demandsCount: 1, demandsSum: 100_050, averageReceipt: 100_050, returnsSum: 0 });
		expect(bench.calls).toEqual({ 'GET /report/counterparty': 1 });
	});

	it('one that is gone or no id at all is on Failed with its code, and the others come', async () => {
		const one = await buyer('one');
		const { done, failed } = await ofItems('nothing', one.id, '00000000-0000-4000-8000-000000000000');
		expect(done).toHaveLength(1);
		expect(failed.map(({ error }) => (error as Json).code)).toEqual(['MOYSKLAD_VALUE_INVALID', 'MOYSKLAD_NOT_FOUND']);
	});

	it('reads 400 of them with three calls', async () => {
		const ids = Array.from({ length: 400 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
		await ofItems(...ids);
		expect(bench.calls).toEqual({ 'GET /report/counterparty': 3 });
	});

	it('no answer is no zero', async () => {
		const one = await buyer('one');
		bench.shop.faults.set([{ kind: 'html', share: 1, route: 'report/counterparty' }]);
		const run = await bench.run({ ...BALANCES, whose: 'items', objectId: chosen(String(one.id)) }, [{}]);
		expect(run.error).toBeDefined();
		expect(run.json(0)).toEqual([]);
	});
});

describe('Get Balances of all', () => {
	it('once, whatever items come in; all, some of them, or those with a balance', async () => {
		const total = bench.shop.account.table('counterparty').size;
		const debtor = await buyer('debtor');
		await ship(debtor, 500);
		expect((await read({ whose: 'all', returnAll: true }, [{}, {}])).done).toHaveLength(total + 1);
		expect((await read({ whose: 'all', returnAll: false, limit: 2 })).done).toHaveLength(2);
		const { done } = await read({ whose: 'all', returnAll: true, options: { withBalance: true } });
		expect(done.map(({ counterparty }) => (counterparty as Json).name)).toContain('debtor');
		expect(done.every(({ balance }) => balance !== 0)).toBe(true);
	});

	it('page by page', async () => {
		const seen: unknown[] = [];
		for (let offset: unknown = 0; offset !== null; ) {
			const [page] = (await read({ whose: 'all', returnAll: false, limit: 4, options: { onePage: true, offset: offset as number } })).done;
			seen.push(...(page?.rows as Json[]).map(({ counterparty }) => (counterparty as Json).id));
			offset = page?.next;
		}
		expect(new Set(seen).size).toBe(bench.shop.account.table('counterparty').size);
	});
});

describe('Get Balances of those with changed documents', () => {
	const changedSince = async (since: string): Promise<unknown[]> =>
		(await read({ whose: 'changed', since })).done.map(({ counterparty }) => (counterparty as Json).name);
	const now = (): string => new Date(bench.shop.clock.now()).toISOString();

	it('finds those whose shipments and payments changed, also when a document was thrown away; a change of the counterparty does not count', async () => {
		const [shipped, payed, renamed] = [await buyer('shipped'), await buyer('payed'), await buyer('renamed')];
		const old = await ship(payed, 100);
		bench.shop.clock.advance(60_000);
		const since = now();
		bench.shop.clock.advance(1000);
		await ship(shipped, 100);
		await pay(payed, 100);
		await bench.edit('PUT', `entity/counterparty/${String(renamed.id)}`, { description: 'x' });
		expect((await changedSince(since)).sort()).toEqual(['payed', 'shipped']);
		bench.shop.clock.advance(60_000);
		const later = now();
		bench.shop.clock.advance(1000);
		expect(await changedSince(later)).toEqual([]);
		await bench.edit('PUT', `entity/demand/${String(old.id)}`, { description: 'y' });
		await bench.edit('POST', `entity/demand/${String(old.id)}/trash`);
		expect(await changedSince(later)).toEqual(['payed']);
	});

	it('wants a moment', async () => {
		const run = await bench.run({ ...BALANCES, whose: 'changed', since: 'yesterday' });
		expect(run.error?.description).toContain('MOYSKLAD_VALUE_INVALID');
	});
});
