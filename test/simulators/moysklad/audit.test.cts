import {
	ask,
	control,
	encode,
	first,
	metaOf,
	UNLIMITED,
	useShop,
	type Asking,
	type Json,
	type Reply,
} from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { post, put } = useShop(
	{ size: { products: 6, variantShare: 0, archivedShare: 0 }, rate: UNLIMITED },
	(started) => (shop = started),
	{ each: true },
);

describe('the audit', () => {
	const audit = async (query = '', asking: Asking = {}): Promise<Reply> =>
		await ask(shop, 'GET', `audit?${query}`, asking);

	it('has a context for each request and events for each row', async () => {
		const made = (await post('product', [{ name: 'a' }, { name: 'b' }])).body as unknown as Json[];
		await put(`product/${made[0]?.id}`, { name: 'c', weight: 3 });
		await ask(shop, 'DELETE', `entity/product/${made[1]?.id}`, { user: shop.users.integration });
		const { rows, meta } = (await audit()).body;
		expect(meta).toMatchObject({ type: 'audit', size: 3, limit: 25 });
		expect(
			rows.map(({ eventType, entityType, objectCount, uid, source }: Json) => [
				eventType,
				entityType,
				objectCount,
				uid,
				source,
			]),
		).toEqual([
			['delete', 'product', 1, shop.users.integration.login, 'jsonapi'],
			['update', 'product', 1, shop.users.admin.login, 'jsonapi'],
			['create', 'product', 2, shop.users.admin.login, 'jsonapi'],
		]);
		const [event] = (await ask(shop, 'GET', `${rows[1].events.meta.href}`)).body.rows as [Json];
		expect(event).toMatchObject({
			eventType: 'update',
			name: 'c',
			entity: { meta: { href: made[0]?.meta.href } },
			diff: { name: { oldValue: 'a', newValue: 'c' }, weight: { oldValue: 0, newValue: 3 } },
		});
	});

	it('keeps what became of removed rows', async () => {
		const { id } = (await post('product', { name: 'a' })).body;
		await put(`product/${id}`, { archived: true });
		await put(`product/${id}`, { archived: false });
		await ask(shop, 'DELETE', `entity/product/${id}`);
		const { rows } = (await ask(shop, 'GET', `entity/product/${id}/audit`)).body;
		expect(rows.map(({ eventType }: Json) => eventType)).toEqual([
			'delete',
			'restorefromarchive',
			'puttoarchive',
			'create',
		]);
		expect(rows[0].entity.meta.href).toContain(id);
		expect((await ask(shop, 'GET', 'entity/product/00000000-0000-4000-8000-000000000000/audit')).code).toBe(1021);
	});

	it('is filtered', async () => {
		await post('product', { name: 'a' });
		await post('service', { name: 'a' }, { user: shop.users.editor });
		await control(shop, 'POST', 'clock', { advance: 5000 });
		await post('bundle', {
			name: 'b',
			components: [{ assortment: metaOf(await first(shop, 'product')), quantity: 1 }],
		});
		const types = async (filter: string): Promise<unknown[]> =>
			(await audit(encode(filter))).body.rows.map(({ entityType }: Json) => entityType) as unknown[];
		const newest = (await audit('limit=1')).body.rows[0].moment as string;
		expect(await types('entityType=product;entityType=bundle')).toEqual(['bundle', 'product']);
		expect(await types(`uid=${shop.users.editor.login}`)).toEqual(['service']);
		expect(await types(`moment>=${newest}`)).toEqual(['bundle']);
		expect(await types('eventType=delete')).toEqual([]);
		expect(await types('source=jsonapi;entityType=service')).toEqual(['service']);
		expect((await audit(encode('eventType=vanish'))).code).toBe(1041);
		expect((await audit(encode('name=a'))).code).toBe(1034);
		expect((await audit('limit=101')).code).toBe(1040);
	});

	it('is for administrators; that of one row for all who see it', async () => {
		expect((await audit('', { user: shop.users.editor })).code).toBe(38000);
		const { id } = (await post('product', { name: 'a' })).body;
		expect((await ask(shop, 'GET', `entity/product/${id}/audit`, { user: shop.users.editor })).status).toBe(200);
	});
});
