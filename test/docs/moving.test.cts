import { product } from '../nodes/catalog/items.cts';
import { Site } from '../nodes/catalog/site.cts';
import { Shop } from '../nodes/orders/shop.cts';
import { page } from './pages.cts';

/** What docs/moving.md and docs/ru/moving.md tell people to look for in a preview. */
describe('Moving from another exchange', () => {
	it('a preview of the catalog tells what was found from what would be made anew', async () => {
		const site = await Site.open();
		try {
			await site.upsert([product('tea'), product('cup')], { options: { idProperty: false } });
			// As another exchange left them: with the external code as XML_ID, and without our property.
			site.edit('tea', { properties: {} });
			site.edit('cup', { properties: {} });
			const results = await site.upsert([product('tea', { weight: 2 }), product('cup'), product('new')], { preview: true });
			expect(results.map(({ status, bitrixId }) => [status, bitrixId === null])).toEqual([['planned', false], [expect.stringMatching(/planned|unchanged/), false], ['planned', true]]);
			await site.upsert([product('tea'), product('cup')]);
			expect(site.elements().filter(({ xmlId }) => xmlId === 'tea' || xmlId === 'cup')).toHaveLength(2);
		} finally {
			await site.close();
		}
	});

	it('a preview of orders tells what was found, and takes none that carries the Sync ID of another exchange', async () => {
		const shop = await Shop.open();
		try {
			const ids = shop.placeOrders(3);
			const orders = await shop.orders(ids);
			await shop.write(orders);
			shop.links.clear();
			// As another exchange made them: the ID of the order as external code; the second one has a Sync ID of that exchange.
			const table = shop.moySklad.account.table('customerorder');
			const rows = ids.map((id) => table.all().find(({ externalCode }) => externalCode === `bitrix:shop:${id}`));
			Object.assign(rows[0] as object, { syncId: undefined, externalCode: ids[0] });
			Object.assign(rows[1] as object, { syncId: '11111111-1111-4111-8111-111111111111', externalCode: ids[1] });
			const results = await shop.write(orders, { preview: true });
			expect(results.map(({ moySkladId }) => moySkladId === null)).toEqual([false, true, false]);
			expect(results[1]?.status).toBe('planned');
		} finally {
			await shop.close();
		}
	});

	it('is told so in both languages', () => {
		for (const file of ['docs/moving.md', 'docs/ru/moving.md']) expect(page(file).text).toMatch(/`planned`[^\n]*`bitrixId`/);
	});
});
