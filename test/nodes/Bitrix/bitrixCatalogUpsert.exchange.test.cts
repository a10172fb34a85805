import { attribute, bundle, element, folder, price, product, service, uuid, variant } from '../catalog/items.cts';
import { BASE_PRICE, ExchangeSite, statuses, withLinks } from '../catalog/exchangeSite.cts';
import type { Item, Result } from '../catalog/site.cts';

const codes = ({ warnings }: Result): string[] => warnings.map(({ code }) => code);

describe('Bitrix Catalog Upsert over the exchange: items', () => {
	let shop: ExchangeSite;
	beforeEach(async () => (shop = await ExchangeSite.open()));
	afterEach(async () => await shop.close());

	const cup = (more: Item = {}): Item => product('cup', { productFolder: folder('dishes', { productFolder: folder('home') }), description: 'Big', ...more });
	const shirt = (more: Item = {}): Item => product('shirt', { variantsCount: 2, ...more });
	const small = (more: Item = {}): Item => variant('small', shirt(), { Size: 'S' }, more);

	it('makes products, services, bundles and variants with section, unit, VAT, weight, prices and properties', async () => {
		const items = [cup({ attributes: [attribute('Brand', 'Acme'), attribute('Hot', true, 'boolean')] }), service('repair'), bundle('set'), shirt(), small({ salePrices: [price(250.5)] })];
		const results = await shop.upsert(items);
		expect(statuses(results)).toEqual(['unverified', 'unverified', 'unverified', 'unverified', 'unverified']);
		const { site } = shop;
		expect(site.element('cup')).toMatchObject({ name: 'Product cup', detailText: 'Big', weight: 1500, active: 'Y', vatIncluded: 'Y' });
		expect(site.bitrix.portal.store.measures.get(site.element('cup').measure ?? 0)?.code).toBe(796);
		expect(site.section('dishes')).toMatchObject({ id: site.element('cup').iblockSectionId, iblockSectionId: site.section('home').id });
		expect([site.prices('cup'), site.prices('shirt#small')]).toEqual([{ BASE: '100 RUB' }, { BASE: '250.5 RUB' }]);
		expect(site.prices('shirt')).toEqual({});
		expect(site.values('cup', 'BRAND')).toEqual(['Acme']);
		expect(site.values('cup', 'HOT')).toEqual(['Да']);
		expect(site.values('shirt#small', 'SIZE')).toEqual(['S']);
		expect(site.values('cup', 'MOYSKLAD_ID')).toEqual([results[0]?.moySkladId]);
		expect(site.element('shirt#small').iblockId).toBe(site.offersCatalog);
	});

	it('I2: what its link proves to be there is not sent again; what changed is', async () => {
		const items = [cup(), shirt(), small()];
		const first = await shop.upsert(items);
		shop.site.resetCounters();
		const again = withLinks(items, first);
		expect(statuses(await shop.upsert(again))).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(shop.calls()).toBe(0);
		const changed = await shop.upsert([{ ...again[0], name: 'Cup', article: 'NEW' } as Item, again[1] as Item, { ...again[2], salePrices: [price(300)] } as Item]);
		expect(statuses(changed)).toEqual(['unverified', 'unchanged', 'unverified']);
		expect(changed[0]?.changes.map(({ field }) => field)).toEqual(['Name', 'Article']);
		expect(changed[2]?.changes).toEqual([{ field: 'Price: BASE', from: '100 RUB', to: '300 RUB' }]);
		expect([shop.site.element('cup').name, shop.site.prices('shirt#small')]).toEqual(['Cup', { BASE: '300 RUB' }]);
	});

	it('nothing of the site is deleted, whatever it does with what a full file lacks', async () => {
		shop.site.bitrix.exchange.site.settings.elementAction = 'D';
		await shop.upsert([cup(), shirt(), small()]);
		await shop.upsert([product('other')]);
		expect(['cup', 'shirt', 'shirt#small', 'other'].map((key) => shop.site.element(key).active)).toEqual(['Y', 'Y', 'Y', 'Y']);
	});

	it('C1: section and description are the shop’s once the item is there', async () => {
		const first = await shop.upsert([cup()]);
		shop.site.edit('cup', { detailText: 'By hand', iblockSectionId: shop.site.section('home').id, iblockSection: [shop.site.section('home').id] });
		const [item] = withLinks([cup({ name: 'Cup', description: 'Bigger' })], first);
		expect(statuses(await shop.upsert([item as Item]))).toEqual(['unverified']);
		expect(shop.site.element('cup')).toMatchObject({ name: 'Cup', detailText: 'By hand', iblockSectionId: shop.site.section('home').id });
	});

	it('C2: what somebody hid is held when it is said, and nothing of it is sent', async () => {
		const first = await shop.upsert([cup(), product('plate')]);
		shop.site.edit('cup', { active: 'N' });
		const items = withLinks([cup({ name: 'Cup' }), product('plate', { name: 'Plate' })], first);
		const results = await shop.upsert(items, { options: { hidden: 'cup' } });
		expect(statuses(results)).toEqual(['skipped', 'unverified']);
		expect(results.map(codes)).toEqual([['EXCHANGE_HELD'], []]);
		expect([shop.site.element('cup').active, shop.site.element('plate').name]).toEqual(['N', 'Plate']);
	});

	it('C4: hides only what it sent, and shows it again when it comes back', async () => {
		const first = await shop.upsert([cup(), small()]);
		shop.site.bitrix.portal.store.elements.update(shop.site.element('cup').id, { active: 'Y' });
		const gone = await shop.upsert([...withLinks([cup({ archived: true }), small({ archived: true })], first), product('never', { archived: true })]);
		expect(statuses(gone)).toEqual(['unverified', 'unverified', 'skipped']);
		expect(codes(gone[2] as Result)).toEqual(['EXCHANGE_LINK_MISSING', 'CATALOG_ARCHIVED']);
		expect([shop.site.element('cup').active, shop.site.element('shirt#small').active]).toEqual(['N', 'N']);
		shop.site.resetCounters();
		expect(statuses(await shop.upsert(withLinks([cup({ archived: true })], gone)))).toEqual(['unchanged']);
		expect(shop.calls()).toBe(0);
		expect(statuses(await shop.upsert(withLinks([cup()], gone)))).toEqual(['unverified']);
		expect(shop.site.element('cup').active).toBe('Y');
	});

	it('a deleted item is found by its link alone', async () => {
		const [link] = await shop.upsert([cup()]);
		const results = await shop.upsert([{ deleted: true, entity: 'product', id: String(link?.moySkladId), link: link?.link as unknown as Item }]);
		expect(statuses(results)).toEqual(['unverified']);
		expect(shop.site.element('cup').active).toBe('N');
	});

	it('I3: a changed key, another item’s link and another flow’s are refused', async () => {
		const [first] = await shop.upsert([cup()]);
		const link = first?.link as unknown as Item;
		expect(statuses(await shop.upsert([cup({ externalCode: 'mug', link }), product('plate', { link }), product('bowl', { link: 'nonsense' })]))).toEqual([
			'EXCHANGE_KEY_CHANGED', 'EXCHANGE_LINK_INVALID', 'EXCHANGE_LINK_INVALID',
		]);
		expect(statuses(await shop.upsert([cup({ link })], { options: { flow: 'second' } }))).toEqual(['EXCHANGE_LINK_INVALID']);
	});

	it('a link of another catalog counts for nothing', async () => {
		const first = await shop.upsert([cup()]);
		const other = { options: { catalogIds: { row: { catalogId: 'other' } } } };
		expect(statuses(await shop.upsert(withLinks([cup()], first), other))).toEqual(['unverified']);
	});

	it('P2: no price goes before all price types are confirmed, and none of an item that lacks one', async () => {
		const { priceTypes, prices } = shop.site.bitrix.portal.store;
		const wholesale = priceTypes.add({ ...priceTypes.all()[0], id: undefined, name: 'OPT', xmlId: 'opt', base: 'N' } as never);
		const run = await shop.run('upsertItems', [cup()], { ...BASE_PRICE, priceTypesComplete: false });
		expect(run.error?.description).toContain('COMMERCEML_PRICE_TYPES_UNCONFIRMED');
		expect(shop.calls()).toBe(0);
		await shop.upsert([cup()]);
		prices.add({ ...prices.where('productId', shop.site.element('cup').id)[0], id: undefined, catalogGroupId: wholesale.id, price: 8000 } as never);
		const both = { sitePriceTypes: { row: [...BASE_PRICE.sitePriceTypes.row, { from: 'OPT', id: 'opt', name: 'OPT', currency: 'RUB' }] } };
		const [lacking] = await shop.results('updatePrices', [cup({ salePrices: [price(120)] })], { ...BASE_PRICE, ...both });
		expect([lacking?.status, codes(lacking as Result)]).toEqual(['skipped', ['COMMERCEML_PRICES_INCOMPLETE']]);
		expect(shop.site.prices('cup')).toEqual({ BASE: '100 RUB', OPT: '80 RUB' });
		const [whole] = await shop.results('updatePrices', [cup({ salePrices: [price(120), price(90, 'OPT')] })], { ...BASE_PRICE, ...both });
		expect(whole?.status).toBe('unverified');
		expect(shop.site.prices('cup')).toEqual({ BASE: '120 RUB', OPT: '90 RUB' });
	});

	it('P2: price types that an expression gives are all of the site, unless the user added some', async () => {
		const siteTypes = [{ from: 'OPT', fromName: 'OPT', to: 'base', toName: 'BASE' }];
		const given = { sitePriceTypes: {}, priceTypesComplete: false, priceOptions: { siteTypes } };
		await shop.results('upsertItems', [cup({ salePrices: [price(100), price(90, 'OPT')] })], given);
		expect(shop.site.prices('cup')).toEqual({ BASE: '90 RUB' });
		await shop.results('upsertItems', [product('plate', { salePrices: [price(70), price(60, 'OPT')] })], { ...given, ...BASE_PRICE });
		expect(shop.site.prices('plate')).toEqual({ BASE: '70 RUB' });
		const wrong = await shop.run('upsertItems', [product('bowl')], { ...given, priceOptions: { siteTypes: '{ "from": "OPT" }' } });
		expect(wrong.error?.description).toContain('CATALOG_TARGET_MISSING');
		await shop.results('upsertItems', [product('fork', { salePrices: [price(70)] })], { ...given, priceOptions: { siteTypes: '={{ undefined }}' } });
		expect(shop.site.prices('fork')).toEqual({});
	});

	it('P1: a price that falls by half is held; a price of 0 is no price', async () => {
		const first = await shop.upsert([cup(), product('plate')]);
		const results = await shop.upsert(withLinks([cup({ salePrices: [price(40)] }), product('plate', { salePrices: [price(0)] })], first));
		expect(statuses(results)).toEqual(['CATALOG_PRICE_FALL', 'unchanged']);
		expect(codes(results[1] as Result)).toEqual(['CATALOG_PRICE_ZERO', 'COMMERCEML_PRICES_INCOMPLETE']);
		expect([shop.site.prices('cup'), shop.site.prices('plate')]).toEqual([{ BASE: '100 RUB' }, { BASE: '100 RUB' }]);
	});

	it('a price that went up elsewhere and comes back is sent, although the card is as it was', async () => {
		const first = await shop.upsert([cup()]);
		await shop.results('updatePrices', [cup({ salePrices: [price(120)] })], { ...BASE_PRICE, options: { flow: 'prices' } });
		const [item] = withLinks([cup({ salePrices: [price(110)] })], first);
		await shop.upsert([item as Item]);
		expect(shop.site.prices('cup')).toEqual({ BASE: '110 RUB' });
	});

	it('variants are left out with a code where the site has no block for them', async () => {
		const results = await shop.upsert([shirt(), small()], { siteVariants: 'none' });
		expect([statuses(results), codes(results[1] as Result)]).toEqual([['unverified', 'skipped'], ['EXCHANGE_VARIANTS_OFF']]);
		expect(shop.site.prices('shirt')).toEqual({ BASE: '100 RUB' });
	});

	it('a new variant brings its product along when nobody knows whether it is there', async () => {
		expect(statuses(await shop.upsert([small()]))).toEqual(['unverified']);
		expect(shop.site.element('shirt').name).toBe('Product shirt');
		const linked = shop.site.element('shirt#small').properties[shop.site.property('CML2_LINK', shop.site.offersCatalog).id];
		expect(linked?.[0]?.value).toBe(String(shop.site.element('shirt').id));
	});

	it('one refused element: the item that the site names fails, the others get links', async () => {
		shop.site.bitrix.exchange.site.settings.refusedElements = { plate: 'Product plate: Поле «Бренд» обязательно.' };
		const results = await shop.upsert([cup(), product('plate')]);
		expect(statuses(results)).toEqual(['unverified', 'EXCHANGE_ELEMENT']);
		expect([results[0]?.link !== undefined, results[1]?.link !== undefined]).toEqual([true, false]);
	});

	it('one refused element that nobody names: no item of the file gets a link, so that all are sent again', async () => {
		shop.site.bitrix.exchange.site.settings.refusedElements = { plate: 'Поле «Бренд» обязательно.' };
		const results = await shop.upsert([cup(), product('plate')]);
		expect(statuses(results)).toEqual(['unverified', 'unverified']);
		expect(results.map(codes)).toEqual([['EXCHANGE_PORTION_FAILED'], ['EXCHANGE_PORTION_FAILED']]);
		expect(results.map(({ link }) => link)).toEqual([undefined, undefined]);
	});

	it('C7: a field with a directory on the site goes there by the id of its element, and no directory is made or filled', async () => {
		const item = (brand: string): Item => cup({ attributes: [attribute('Brand', element(brand), 'customentity'), attribute('Line', element('Winter'), 'customentity')] });
		const directories = { options: { directories: 'brand' } };
		expect(statuses(await shop.upsert([item('Acme')], directories))).toEqual(['unverified']);
		expect(shop.site.property('BRAND')).toMatchObject({ propertyType: 'S', userType: 'directory' });
		expect(shop.site.values('cup', 'BRAND')).toEqual([uuid('Acme')]);
		expect(shop.site.property('LINE')).toMatchObject({ propertyType: 'L' });
		const run = await shop.run('upsertItems', [item('Acme')], { ...BASE_PRICE, ...directories, preview: true });
		const xml = Buffer.from(String(run.outputs[0]?.[0]?.binary?.import0_1?.data), 'base64').toString();
		expect(xml).toContain('<Внешний>true</Внешний>\n</Свойство>');
		expect(xml).not.toContain('Acme');
		expect(shop.site.bitrix.exchange.site.directories.size).toBe(0);
	});

	it('Preview gives the files themselves and what they hold, and calls nobody', async () => {
		const run = await shop.run('upsertItems', [cup(), shirt(), small()], { ...BASE_PRICE, preview: true, exchangeLock: 'workflow' });
		const [items = []] = run.outputs;
		expect(items.map(({ json }) => json.status)).toEqual(['planned', 'planned', 'planned']);
		expect(items[0]?.json.files).toEqual([
			{ name: 'import0_1.xml', kind: 'import', items: 2, bytes: expect.any(Number) },
			{ name: 'offers0_1.xml', kind: 'offers', items: 1, bytes: expect.any(Number) },
			{ name: 'prices0_1.xml', kind: 'prices', items: 2, bytes: expect.any(Number) },
		]);
		const xml = Buffer.from(String(items[0]?.binary?.import0_1?.data), 'base64').toString();
		expect(xml).toContain('<Ид>cup</Ид>');
		expect(xml.match(/СодержитТолькоИзменения="true"/g)).toHaveLength(1);
		expect(shop.calls()).toBe(0);
	});

	it('Send Everything Again: what was edited on the site is put right', async () => {
		const first = await shop.upsert([cup()]);
		shop.site.edit('cup', { name: 'Edited', weight: 1 });
		const again = withLinks([cup()], first);
		expect(statuses(await shop.upsert(again, { options: { resend: true } }))).toEqual(['unverified']);
		expect(shop.site.element('cup')).toMatchObject({ name: 'Product cup', weight: 1500 });
	});

	it('works the same where the site wants no archive, and without MoySklad', async () => {
		shop.site.bitrix.exchange.site.settings.zip = false;
		expect(statuses(await shop.upsert([cup(), shirt(), small()], {}, { withMoySklad: false }))).toEqual(['unverified', 'unverified', 'unverified']);
		expect(shop.site.element('shirt#small').active).toBe('Y');
	});
});
