import type { INodeParameters } from 'n8n-workflow';
import { ask, folder, product } from '../catalog/items.cts';
import { Site, type Item } from '../catalog/site.cts';

describe('Live lists of Bitrix Catalog Upsert', () => {
	let site: Site;
	beforeAll(async () => {
		site = await Site.open();
		await ask(site, 'entity/product/metadata/attributes', 'POST', { name: 'On the site', type: 'boolean', required: false });
		await ask(site, 'entity/productfolder', 'POST', { name: 'Kitchen' });
		await site.upsert([product('cup', { productFolder: folder('cups', { productFolder: folder('kitchen') }) as Item })]);
	});
	afterAll(async () => await site.close());

	async function list(method: string, { catalog = String(site.catalog), filter, withMoySklad = true }: { catalog?: string; filter?: string; withMoySklad?: boolean } = {}) {
		const parameters: INodeParameters = { operation: 'upsertItems', authentication: 'webhook', catalog: { __rl: true, mode: 'list', value: catalog } };
		const { moySklad } = site;
		const { results } = await site.engine.loadList('listSearch', {
			type: 'bitrixCatalogUpsert', method, filter, parameters,
			credentials: {
				bitrixWebhookApi: { secretAddress: site.bitrix.webhookUrl, edition: 'enterprise' },
				...(withMoySklad && { moySkladApi: { authentication: 'token', token: moySklad.users.integration.token, baseUrl: moySklad.baseUrl } }),
			},
		});
		return results;
	}

	it('catalogs of goods, without those of offers', async () => {
		expect(await list('catalogs', { catalog: '' })).toEqual([
			{ name: `Книги (архив) (${site.bitrix.catalogs.decoy.products})`, value: site.bitrix.catalogs.decoy.products },
			{ name: `Основной каталог товаров (${site.catalog})`, value: site.catalog },
		]);
		expect(await list('catalogs', { filter: 'основной' })).toHaveLength(1);
	});

	it('price types of Bitrix and of MoySklad', async () => {
		expect((await list('priceTypes')).map(({ name }) => name)).toEqual(['BASE (base)', 'OPT', 'OLD', 'EXPORT']);
		expect((await list('moySkladPriceTypes')).map(({ name }) => name)).toContain('Цена продажи');
	});

	it('sections with their path', async () => {
		expect((await list('sections')).map(({ name }) => name)).toEqual(['Folder kitchen', 'Folder kitchen / Folder cups']);
	});

	it('targets of a mapping: fields, prices and properties of both blocks', async () => {
		const targets = await list('targets');
		const names = targets.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['Name', 'Weight', 'Price: BASE (base)', 'Property: Артикул (ARTNUMBER)', 'Property of Offers: Артикул (ARTNUMBER)']));
		expect(names).not.toContain('Property: Картинки (MORE_PHOTO)');
		expect(targets.find(({ name }) => name === 'Property: Артикул (ARTNUMBER)')?.value).toBe(`property:${site.property('ARTNUMBER').id}`);
		expect(targets.find(({ name }) => name.startsWith('Price: BASE'))?.value).toBe('price:1');
	});

	it.each(['', '={{ $("Settings").item.json.catalog }}'])('N21: of all catalogs, with their names, while the catalog is not known (%s)', async (catalog) => {
		const names = (await list('targets', { catalog })).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['Основной каталог товаров: Артикул (ARTNUMBER)', 'Книги (архив): Артикул (ARTNUMBER)']));
		expect((await list('sections', { catalog })).map(({ name }) => name)).toContain('Основной каталог товаров: Folder kitchen');
	});

	it('fields of MoySklad, with its prices and additional fields where there is a credential', async () => {
		const fields = await list('moySkladFields');
		expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['Article', 'Price: Цена продажи', 'Additional Field: On the site']));
		expect(fields.find(({ name }) => name === 'Additional Field: On the site')?.value).toMatch(/^attribute:[0-9a-f-]{36}$/);
		const without = await list('moySkladFields', { withMoySklad: false });
		expect(without[0]?.name).toContain('Choose a MoySklad API Credential');
	});

	it('checkboxes and folders of MoySklad', async () => {
		const checkboxes = (await list('moySkladCheckboxes')).map(({ name }) => name);
		expect(checkboxes).toContain('On the site');
		expect(checkboxes).not.toContain('Бренд');
		expect((await list('productFolders')).map(({ name }) => name)).toContain('Kitchen');
	});
});
