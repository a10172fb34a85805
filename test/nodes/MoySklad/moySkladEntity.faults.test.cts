import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import { onlyProducts } from '../../simulators/shop/size.cts';
import { EntityBench, mapped } from './entityBench.cts';

let bench: EntityBench;
beforeAll(async () => (bench = await EntityBench.start({ size: { ...onlyProducts(2500), attributes: 2 } })));
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const uuid = (index: number): string => `7b000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const FAULTS: Array<[name: string, rule: Omit<FaultRule, 'share'>]> = [
	['429', { kind: 'rateLimit' }],
	['500', { kind: 'serverError' }],
	['503', { kind: 'unavailable' }],
	['a page instead of data', { kind: 'html' }],
	['a body that is cut off', { kind: 'cut' }],
	['a connection that is closed', { kind: 'reset' }],
];

describe.each(FAULTS)('After %s', (_, rule) => {
	it('a list is complete, and nothing is in it twice', async () => {
		bench.shop.faults.set([{ ...rule, share: 1, times: 2 }]);
		const rows = await bench.done({ resource: 'product', operation: 'getAll', returnAll: true });
		expect(rows.map(({ id }) => String(id)).sort()).toEqual(bench.shop.account.table('product').all().map(({ id }) => id).sort());
		expect(bench.callCount).toBe(3 + 2);
	}, 30_000);

	it('everything is made, and nothing twice', async () => {
		const name = `after ${rule.kind}`;
		const items = Array.from({ length: 30 }, (_each, index) => ({ key: `${name} ${index}` }));
		const upsert = async () => await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: '={{ $json.key }}', name }, 'externalCode') }, items);
		bench.shop.faults.set([{ ...rule, share: 1, times: 1, route: '^POST /entity/product$' }]);
		const first = await upsert();
		bench.shop.faults.set([]);
		const second = await upsert();
		expect(second.failed).toEqual([]);
		const made = bench.shop.account.table('product').all().filter((row) => row.name === name);
		expect(made.map(({ externalCode }) => String(externalCode)).sort()).toEqual(items.map(({ key }) => key).sort());
		expect([...first.done, ...first.failed]).toHaveLength(30);
	}, 30_000);
});

describe('A creation whose answer was lost', () => {
	const lose = (times = 1): void => bench.shop.faults.set([{ kind: 'cut', share: 1, times, route: '^POST /entity/product$' }]);

	it('is found again by its key, and not sent again', async () => {
		lose();
		const { done, failed } = await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'lost', name: 'lost' }, 'externalCode') });
		expect({ done, failed }).toMatchObject({ done: [{ status: 'created', key: 'lost' }], failed: [] });
		expect(bench.calls).toEqual({ 'GET /entity/product': 2, 'POST /entity/product': 1 });
	});

	it('is sent again when its syncId makes that harmless', async () => {
		lose();
		const { done } = await bench.write({ resource: 'product', operation: 'create', fields: mapped({ syncId: uuid(1), name: 'lost with syncId' }) });
		expect(done).toMatchObject([{ status: 'created' }]);
		expect(bench.calls['POST /entity/product']).toBe(2);
		expect(bench.shop.account.table('product').all().filter(({ name }) => name === 'lost with syncId')).toHaveLength(1);
	});

	it('without a key is reported as unverified, never guessed and never repeated', async () => {
		lose();
		const { failed } = await bench.write({ resource: 'product', operation: 'create', fields: mapped({ name: 'lost without key' }) });
		expect(failed).toMatchObject([{ status: 'failed', error: { code: 'MOYSKLAD_UNVERIFIED', retryable: true } }]);
		expect(bench.calls['POST /entity/product']).toBe(1);
		expect(bench.shop.account.table('product').all().filter(({ name }) => name === 'lost without key')).toHaveLength(1);
	});

	it('that never arrived is reported as well', async () => {
		bench.shop.faults.set([{ kind: 'reset', share: 1, times: 1, route: '^POST /entity/product$' }]);
		const { failed } = await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ externalCode: 'never arrived', name: 'x' }, 'externalCode') });
		expect(failed).toMatchObject([{ error: { code: 'MOYSKLAD_UNVERIFIED' } }]);
		expect(bench.shop.account.table('product').all().filter(({ externalCode }) => externalCode === 'never arrived')).toEqual([]);
	});
});

it('One part of a large write that fails for good does not take the others with it', async () => {
	const items = Array.from({ length: 450 }, (_, index) => ({ key: `parts ${index}`, syncId: uuid(1000 + index) }));
	bench.shop.faults.set([{ kind: 'serverError', share: 1, times: 5, route: '^POST /entity/product$' }]);
	const { done, failed } = await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ syncId: '={{ $json.syncId }}', name: '={{ $json.key }}' }, 'syncId') }, items as IDataObject[]);
	expect([done.length, failed.length]).toEqual([250, 200]);
	expect(failed.every(({ error }) => error?.kind === 'server' && error.retryable === true)).toBe(true);
	bench.reset();
	const again = await bench.write({ resource: 'product', operation: 'upsert', fields: mapped({ syncId: '={{ $json.syncId }}', name: '={{ $json.key }}' }, 'syncId') }, items as IDataObject[]);
	expect(again.done.filter(({ status }) => status === 'created')).toHaveLength(200);
	expect(again.done.filter(({ status }) => status === 'unchanged')).toHaveLength(250);
}, 60_000);

it('Objects that are made while a list is read are not in it twice', async () => {
	const rows: IDataObject[] = [];
	const reading = bench.done({ resource: 'product', operation: 'getAll', returnAll: true, options: { order: 'name,desc' } });
	await bench.edit('POST', 'entity/product', Array.from({ length: 50 }, (_, index) => ({ name: `яяя ${index}` })));
	rows.push(...(await reading));
	expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

it('A stopped execution sends nothing more', async () => {
	const stop = new AbortController();
	bench.shop.faults.set([{ kind: 'slow', share: 1, milliseconds: 300 }]);
	const running = bench.run({ resource: 'product', operation: 'getAll', returnAll: true }, undefined, { signal: stop.signal });
	setTimeout(() => stop.abort(), 100);
	await running;
	const { callCount } = bench;
	await new Promise((settle) => setTimeout(settle, 700));
	expect(bench.callCount).toBe(callCount);
	expect(callCount).toBe(1);
});
