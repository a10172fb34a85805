import type { IDataObject } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { onlyProducts } from '../../simulators/shop/size.cts';
import { EntityBench } from './entityBench.cts';

const event = (entity: string, id: unknown, more: IDataObject = {}): IDataObject => ({
	entity, id: String(id), action: 'UPDATE', updatedFields: [], moment: '2026-11-21T10:00:00.000Z', author: 'admin@shop', requestId: 'r', index: 0, accountId: null, ...more,
});

describe('Get for Events', () => {
	let bench: EntityBench;
	beforeAll(async () => (bench = await EntityBench.start({ size: { products: 30, variantShare: 0.3, bundles: 2, services: 2, archivedShare: 0.1 } })));
	afterAll(async () => await bench.close());
	beforeEach(() => bench.reset());

	const GOODS = { resource: 'assortment', operation: 'getForEvents' };

	it('reads goods of all kinds with one call, each once, archived ones too', async () => {
		const goods = (await Promise.all(['product', 'variant', 'bundle', 'service'].map(async (entity) => await bench.rows(`entity/${entity}?filter=archived%3Dtrue%3Barchived%3Dfalse`)))).flat();
		const run = await bench.run(GOODS, [...goods, ...goods].map(({ id, meta }) => event(String((meta as Json).type), id)));
		expect(bench.calls).toEqual({ 'GET /entity/assortment': 1 });
		expect(run.json(0)).toEqual(goods.map((object) => ({ ...object, eventCount: 2, event: expect.objectContaining({ id: object.id }) as unknown })));
		expect(run.outputs[0]?.[3]?.pairedItem).toEqual([{ item: 3 }, { item: 3 + goods.length }]);
		expect(run.json(1)).toEqual([]);
	});

	it('gives the newest event beside the object', async () => {
		const [product] = await bench.rows('entity/product?limit=1');
		const events = ['11', '12', '10'].map((hour) => event('product', product?.id, { moment: `2026-11-21T${hour}:00:00.000Z` }));
		const [item] = (await bench.run(GOODS, events)).json(0);
		expect(item).toMatchObject({ id: product?.id, name: product?.name, eventCount: 3, event: { moment: '2026-11-21T12:00:00.000Z', author: 'admin@shop' } });
	});

	it('says what is gone, whatever the event called it', async () => {
		const made = await bench.edit('POST', 'entity/product', { name: 'short-lived' });
		await bench.edit('DELETE', `entity/product/${String(made.id)}`);
		const never = '00000000-0000-4000-8000-000000000000';
		const run = await bench.run(GOODS, [event('product', made.id), event('variant', never, { action: 'DELETE' })]);
		expect(run.json(0)).toMatchObject([
			{ deleted: true, entity: 'product', id: made.id, action: 'UPDATE', event: { action: 'UPDATE' } },
			{ deleted: true, entity: 'variant', id: never, action: 'DELETE', author: 'admin@shop' },
		]);
		expect(bench.callCount).toBe(1);
	});

	it('takes a deletion that came after the object was there again for no deletion', async () => {
		const [product] = await bench.rows('entity/product?limit=1');
		const [item] = await bench.done(GOODS, [event('product', product?.id, { action: 'DELETE' })]);
		expect(item).toMatchObject({ id: product?.id, name: product?.name, event: { action: 'DELETE' } });
		expect(item).not.toHaveProperty('deleted');
	});

	it('takes a document in the recycle bin for gone', async () => {
		const [organization, agent] = await Promise.all(['organization', 'counterparty'].map(async (entity) => (await bench.rows(`entity/${entity}?limit=1`))[0]));
		const order = await bench.edit('POST', 'entity/customerorder', { organization: { meta: organization?.meta }, agent: { meta: agent?.meta } });
		await bench.edit('POST', `entity/customerorder/${String(order.id)}/trash`);
		const [item] = await bench.done({ resource: 'customerOrder', operation: 'getForEvents' }, [event('customerorder', order.id)]);
		expect(item).toMatchObject({ deleted: true, id: order.id });
	});

	it('hands what is no event, or one of another resource, to Failed', async () => {
		const [product] = await bench.rows('entity/product?limit=1');
		const run = await bench.run({ resource: 'product', operation: 'getForEvents' }, [event('variant', product?.id), { hello: 1 }, event('product', product?.id)]);
		expect(run.json(0)).toMatchObject([{ id: product?.id }]);
		expect(run.json(1)).toMatchObject([
			{ event: { entity: 'variant' }, error: { code: 'MOYSKLAD_EVENT_FOREIGN', kind: 'data' } },
			{ event: { hello: 1 }, error: { code: 'MOYSKLAD_EVENT_INVALID' } },
		]);
		expect(run.outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('includes what is wanted, a hundred objects a call', async () => {
		const products = await bench.rows('entity/product?limit=3');
		const items = await bench.done({ ...GOODS, include: ['images', 'productFolder', 'uom'] }, products.map(({ id }) => event('product', id)));
		expect(items.every(({ images, uom }) => Array.isArray((images as Json).rows) && typeof (uom as Json).name === 'string')).toBe(true);
		expect(bench.calls).toEqual({ 'GET /entity/assortment': 1, 'GET /entity/productfolder': 1, 'GET /entity/uom': 1 });
	});
});

describe('A page of changes', () => {
	let bench: EntityBench;
	beforeAll(async () => (bench = await EntityBench.start({ size: { products: 30, variantShare: 0.3, bundles: 2, services: 2 } })));
	afterAll(async () => await bench.close());
	beforeEach(() => bench.reset());

	const changes = async (cursor: string, more: IDataObject = {}, user?: 'editor'): Promise<Json> =>
		(await bench.done({ resource: 'assortment', operation: 'getChanges', cursor, options: { overlap: 0, ...more } }, undefined, { user }))[0] as Json;

	it('feeds Get for Events: what changed of all kinds of goods, and what was deleted', async () => {
		const since = new Date(bench.shop.clock.now()).toISOString();
		const [product] = await bench.rows('entity/product?limit=1&order=name');
		const [variant] = await bench.rows('entity/variant?limit=1');
		const [service] = await bench.rows('entity/service?limit=1');
		await bench.edit('PUT', `entity/variant/${String(variant?.id)}`, { description: 'changed' });
		await bench.edit('PUT', `entity/product/${String(product?.id)}`, { archived: true });
		const gone = await bench.edit('POST', 'entity/product', { name: 'gone' });
		await bench.edit('POST', 'entity/assortment/delete', [{ meta: gone.meta }, { meta: service?.meta }]);
		const page = await changes(since);
		expect((page.events as Json[]).map(({ entity, id, action }) => [entity, id, action])).toEqual([
			['product', product?.id, 'UPDATE'],
			['variant', variant?.id, 'UPDATE'],
			['product', gone.id, 'DELETE'],
			['service', service?.id, 'DELETE'],
		]);
		expect(page).toMatchObject({ count: 4, more: false });
		expect(Date.parse(String(page.cursor))).toBeGreaterThanOrEqual(Date.parse(since));
		expect(bench.callCount).toBe(6);

		const objects = await bench.done({ resource: 'assortment', operation: 'getForEvents' }, page.events as IDataObject[]);
		expect(objects.map(({ deleted = false }) => deleted as boolean)).toEqual([false, false, true, true]);
	});

	it('leaves deletions out with a warning where the audit may not be read', async () => {
		const since = new Date(bench.shop.clock.now()).toISOString();
		const gone = await bench.edit('POST', 'entity/product', { name: 'gone' });
		await bench.edit('DELETE', `entity/product/${String(gone.id)}`);
		expect(await changes(since, {}, 'editor')).toMatchObject({ events: [], more: false, warnings: [{ code: 'MOYSKLAD_DELETIONS_HIDDEN' }] });
		expect(await changes(since, { deletions: false }, 'editor')).toMatchObject({ events: [], warnings: [] });
	});

	it('refuses a cursor of another resource', async () => {
		const cursor = '2026-11-21T10:00:00.000Z|2026-11-21T11:00:00.000Z|customerorder';
		const run = await bench.run({ resource: 'assortment', operation: 'getChanges', cursor });
		expect(run.error?.description).toContain('MOYSKLAD_CURSOR_INVALID');
	});
});

describe('Ten thousand events', () => {
	it('cost at most a hundred calls', async () => {
		const bench = await EntityBench.start({ size: { ...onlyProducts(10_000), attributes: 2, pictures: 0.1 } });
		try {
			const ids = [...bench.shop.account.table('product').all()].map(({ id }) => id);
			const plain = await bench.done({ resource: 'assortment', operation: 'getForEvents' }, ids.map((id) => event('product', id)));
			expect(new Set(plain.map(({ id }) => id)).size).toBe(10_000);
			expect(bench.callCount).toBeLessThanOrEqual(67);
			bench.reset();
			const pictured = await bench.done({ resource: 'assortment', operation: 'getForEvents', include: ['images'] }, ids.map((id) => event('product', id)));
			expect(pictured).toHaveLength(10_000);
			expect(bench.callCount).toBeLessThanOrEqual(100);
		} finally {
			await bench.close();
		}
	}, 120_000);
});
