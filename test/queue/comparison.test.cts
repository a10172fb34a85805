import { Random } from '../simulators/kernel/random.cts';
import { startBitrix, type RunningBitrix } from '../simulators/bitrix/start.cts';
import { startMoySklad, type RunningMoySklad } from '../simulators/moysklad/start.cts';
import { onlyProducts } from '../simulators/shop/size.cts';
import { differences, twins, type Shops } from './comparison.cts';
import { losingAnswers } from './network.cts';
import { Shop } from './shop.cts';
import { watchWrites } from './writes.cts';

describe('What the queue test measures with', () => {
	let shops: Shops & { moySklad: RunningMoySklad; bitrix: RunningBitrix };
	let shop: Shop;

	beforeEach(async () => {
		const [moySklad, bitrix] = await Promise.all([startMoySklad({ size: { ...onlyProducts(4), attributes: 0, pictures: 0 } }), startBitrix({ edition: 'site' })]);
		shops = { moySklad, bitrix };
		shop = new Shop(moySklad, new Random(1));
	});
	afterEach(async () => await Promise.all([shops.moySklad.close(), shops.bitrix.close()]));

	const call = async (method: string, fields: object): Promise<Record<string, { id: number }>> => {
		const answer = await fetch(`${shops.bitrix.webhookUrl}${method}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) });
		return ((await answer.json()) as { result: Record<string, { id: number }> }).result;
	};
	const iblockId = (): number => shops.bitrix.catalogs.main.products;
	/** As it is in MoySklad, by hand. */
	const bringOver = async (id: string): Promise<number> => {
		const { externalCode, name, weight, archived, salePrices } = shops.moySklad.account.table('product').get(id) as Record<string, unknown>;
		const [price] = Object.values(salePrices as Record<string, { value: number }>);
		const fields = { iblockId: iblockId(), name, xmlId: externalCode, weight: Math.round(Number(weight) * 1_000), active: archived === true ? 'N' : 'Y' };
		const { element } = await call('catalog.product.add', { fields });
		await call('catalog.price.add', { fields: { productId: element?.id, catalogGroupId: 1, price: (price?.value ?? 0) / 100, currency: 'RUB' } });
		return element?.id ?? 0;
	};
	const fieldsThatDiffer = (): string[] => differences(shops).map(({ field }) => field).sort();

	it('finds what is missing, what differs, what is twice and what should be gone', async () => {
		const [one = '', other = '', third = '', fourth = ''] = shop.ids;
		await shop.change(shop.ids);
		expect(fieldsThatDiffer()).toEqual(['items', 'items', 'items', 'items']);
		for (const id of shop.ids) await bringOver(id);
		expect(differences(shops)).toEqual([]);

		await shop.change([one]);
		await shop.setArchived(other, true);
		await shop.remove(third);
		expect(fieldsThatDiffer()).toEqual(['active', 'active', 'name', 'price', 'weight']);
		expect(twins(shops)).toBe(0);
		await bringOver(fourth);
		expect(twins(shops)).toBe(1);
		expect(fieldsThatDiffer()).toContain('items');
	});

	it('counts writes, and those that changed nothing', async () => {
		const id = await bringOver(shop.ids[0] as string);
		const written = watchWrites(shops.bitrix);
		for (const name of ['New', 'New']) await call('catalog.product.update', { id, fields: { name } });
		expect(written()).toEqual({ all: 2, idle: 1 });
		await call('catalog.product.update', { id, fields: { name: 'Later' } });
		expect(written()).toEqual({ all: 2, idle: 1 });
	});

	it('loses some answers, of one notification three at most', () => {
		const loses = losingAnswers(new Random(1));
		const lost = Array.from({ length: 200 }, (_, index) => [1, 2, 3, 4].filter(() => loses(`/webhook/a?requestId=${index}`)).length);
		expect([...new Set(lost)].sort()).toEqual([0, 1, 2, 3]);
		expect(loses('/webhook/a')).toBe(false);
	});

	it('tells of all changes of a request in one notification', async () => {
		const { account, parts } = shops.moySklad;
		const hooks = account.table('webhook');
		hooks.put({ id: 'hook', type: 'webhook', entityType: 'product', action: 'UPDATE', url: 'http://127.0.0.1:9/hook', enabled: true } as never);
		parts.deliveries.paused = true;
		await shop.change(shop.ids);
		expect(parts.deliveries.all.map(({ payload }) => (payload.events as unknown[]).length)).toEqual([4]);
	});
});
