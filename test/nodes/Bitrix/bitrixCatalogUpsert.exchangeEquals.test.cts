import { assortment } from '../catalog/items.cts';
import { ExchangeSite, statuses } from '../catalog/exchangeSite.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';
import { storePicture } from '../catalog/storePicture.cts';

const ACCOUNT = { size: { products: 60, folders: 8 }, rate: { unitsPerWindow: 1_000_000, parallel: 20 } };

/**
 * Makes two stores alike before the first exchange: one price type, since a file has to name all of them, and no property of the
 * shop's own with the name of an additional field, since REST takes those of the same name and the exchange those of the same id.
 *
 * What differs then by the sheet and is left out of the comparison: the service properties CML2_*, which only the exchange fills; the
 * preview that the site makes of the first picture; codes of properties, which the site makes of their names; ids.
 */
function prepare({ bitrix }: Site): void {
	const { properties } = bitrix.portal.store;
	for (const { id, name } of properties.all()) if (name === 'Видео') properties.update(id, { name: 'Ролик' });
	const { priceTypes } = bitrix.portal.store;
	const [base, ...others] = priceTypes.all();
	for (const { id } of others) priceTypes.remove(id);
	priceTypes.update(base?.id ?? 0, { xmlId: 'base' });
}

const failed = (results: readonly Result[]): string[] => statuses(results).filter((status) => !['created', 'updated', 'unchanged', 'skipped', 'unverified'].includes(status));

describe('One catalog through REST and through the exchange', () => {
	let rest: Site;
	let shop: ExchangeSite;
	afterEach(async () => await Promise.all([rest?.close(), shop?.close()]));

	it('gives the same store, field by field', async () => {
		rest = await Site.open({ moySklad: ACCOUNT });
		prepare(rest);
		shop = await ExchangeSite.open({}, ACCOUNT);
		prepare(shop.site);
		const goods = await assortment(rest, 'product', 'bundle', 'service', 'variant');
		const folders = [...new Map(goods.flatMap(foldersOf).map((folder) => [String(folder.id), folder])).values()];
		expect(goods.length).toBeGreaterThan(60);
		const [type] = (goods[0]?.salePrices as Item[]).map(({ priceType }) => String((priceType as Item).id));
		const levels = goods.map(({ id }, index) => ({ id, freeStock: index % 7 }));

		expect(failed(await rest.results('upsertSections', folders))).toEqual([]);
		const pairs = { priceTypes: { pair: [{ from: { __rl: true, mode: 'id', value: type }, to: { __rl: true, mode: 'id', value: String(rest.bitrix.portal.store.priceTypes.all()[0]?.id) } }] } };
		expect(failed(await rest.upsert(goods, { ...pairs, attributes: 'create', pictures: 'always' } as never))).toEqual([]);
		expect(failed(await rest.results('updateStock', levels))).toEqual([]);

		const row = [{ from: { __rl: true, mode: 'id', value: type }, id: 'base', name: 'BASE', currency: 'RUB' }];
		expect(failed(await shop.results('upsertSections', folders))).toEqual([]);
		const cards = await shop.upsert(goods, { sitePriceTypes: { row }, pictures: 'always' } as never);
		expect(failed(cards)).toEqual([]);
		const amounts = levels.map((level, index) => ({ ...level, itemLink: (cards[index]?.link ?? null) as unknown as Item }));
		expect(failed(await shop.results('updateStock', amounts, { options: { flow: 'stock' } }))).toEqual([]);

		const [byRest, byExchange] = [storePicture(rest.bitrix), storePicture(shop.site.bitrix)];
		expect(byExchange.sections).toEqual(byRest.sections);
		expect(Object.keys(byExchange.items).sort()).toEqual(Object.keys(byRest.items).sort());
		expect(byExchange.items).toEqual(byRest.items);
	}, 120_000);
});

const foldersOf = ({ productFolder }: Item): Item[] => (productFolder ? [productFolder as Item, ...foldersOf(productFolder as Item)] : []);
