import type { INodeParameters } from 'n8n-workflow';
import { CatalogClient } from '../../simulators/bitrix/catalogClient';
import { must } from '../../simulators/bitrix/restClient';
import { ask } from '../catalog/items.cts';
import { Site, type CallOptions, type Item, type Result } from '../catalog/site.cts';

interface NewItemRow extends Item {
	bitrixId: string;
	syncId: string;
	moySkladId: string | null;
	externalCode: string | null;
	body: Item;
	warnings: Item[];
}

interface Page {
	items: NewItemRow[];
	count: number;
	cursor: Item;
	more: boolean;
	failed: Result[];
}

const BEGINNING: INodeParameters = { begin: 'beginning' };
const codesOf = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);

describe('Bitrix Catalog Upsert: new items for MoySklad', () => {
	let site: Site;
	let shop: CatalogClient;
	beforeEach(async () => {
		site = await Site.open();
		shop = new CatalogClient(site.bitrix);
	});
	afterEach(async () => await site.close());

	async function page(cursor: Item | null, parameters: INodeParameters = {}, options: CallOptions = {}): Promise<Page> {
		const run = await site.run('getNewItems', [{ cursor }], parameters, options);
		if (run.error) throw run.error;
		expect(run.json(0)).toHaveLength(1);
		return { ...(run.json(0)[0] as unknown as Omit<Page, 'failed'>), failed: run.json(1) as unknown as Result[] };
	}

	const add = async (fields: Item = {}): Promise<number> => Number((await shop.addProduct(fields)).id);
	const setPrice = async (productId: number, price: number, catalogGroupId = 1): Promise<unknown> =>
		await must(shop.rest('catalog.price.add', { fields: { productId, catalogGroupId, price, currency: 'RUB' } }));

	/** What the next node does with a page. */
	async function make(items: Item[], resource = 'product'): Promise<Result[]> {
		const run = await site.engine.runNode({
			type: 'moySkladEntity',
			parameters: { resource, operation: 'create', fields: { mappingMode: 'defineBelow', value: {} }, additionalFields: '={{ $json.body }}', options: { includeObject: true } },
			credentials: { moySkladApi: { authentication: 'token', token: site.moySklad.users.integration.token, baseUrl: site.moySklad.baseUrl } },
			items,
		});
		if (run.error) throw run.error;
		return run.json(0) as unknown as Result[];
	}

	const link = async (items: Item[], parameters: INodeParameters = {}): Promise<Result[]> => await site.results('linkItems', items, parameters);
	const ofMoySklad = async (path: string): Promise<Item[]> => (await ask<{ rows: Item[] }>(site, `entity/${path}`)).rows;
	const moySkladIdOf = (id: number): unknown => site.bitrix.portal.store.elements.get(id)?.properties[site.property('MOYSKLAD_ID').id]?.[0]?.value;

	/** Takes a page over as the template does. */
	async function takeOver({ items }: Page): Promise<Result[]> {
		const made = await make(items);
		return await link(made.map(({ key, moySkladId, ...rest }) => ({
			bitrixId: items.find(({ syncId }) => syncId === key)?.bitrixId, moySkladId, externalCode: (rest as unknown as { object: Item }).object.externalCode,
		})) as Item[]);
	}

	describe('a page', () => {
		it('of the first run only says where the catalog ends; later items come, each once', async () => {
			const [old] = [await add({ name: 'Old' })];
			const first = await page(null);
			expect(first).toMatchObject({ items: [], count: 0, more: false, failed: [], cursor: { after: old, flow: 'catalog' } });
			const fresh = await add({ name: 'Fresh' });
			const second = await page(first.cursor);
			expect(second).toMatchObject({ count: 1, more: false, items: [{ bitrixId: String(fresh), name: 'Fresh', moySkladId: null }] });
			expect(await page(second.cursor)).toMatchObject({ items: [], cursor: second.cursor });
		});

		it('after page goes through the whole catalog, and leaves out what is linked', async () => {
			const ids: number[] = [];
			for (let count = 0; count < 120; count += 1) ids.push(await add({ name: `Cup ${count}` }));
			const made = await ofMoySklad('product');
			expect(made).toEqual([]);
			await link(ids.slice(10, 15).map((bitrixId, index) => ({ bitrixId, moySkladId: `00000000-0000-4000-8000-00000000000${index}`, externalCode: `linked ${index}` })));
			const seen: string[] = [];
			let cursor: Item | null = null;
			for (let more = true, pages = 0; more; pages += 1) {
				site.resetCounters();
				const one: Page = await page(cursor, { ...BEGINNING, pageSize: 50 });
				expect(one.cursor.after).toBe(ids[Math.min(pages * 50 + 49, 119)]);
				seen.push(...one.items.map(({ bitrixId }) => bitrixId));
				({ more, cursor } = one);
			}
			expect(seen).toEqual(ids.filter((_, index) => index < 10 || index >= 15).map(String));
		});

		it('without new items costs two calls to Bitrix and none to MoySklad', async () => {
			await add();
			const { cursor } = await page(null);
			site.resetCounters();
			site.moySklad.counters.reset();
			await page(cursor);
			expect([site.calls(), site.moySklad.counters.snapshot().calls]).toEqual([2, 0]);
		});

		it('tells what each item becomes in MoySklad', async () => {
			const article = site.addProperty({ code: 'CML2_ARTICLE', name: 'Article' });
			const barcode = site.addProperty({ code: 'CML2_BAR_CODE', name: 'Barcode', multiple: 'Y' });
			const folder = await ask<Item>(site, 'entity/productfolder', 'POST', { name: 'Kitchen' });
			const { section } = (await must(shop.rest('catalog.section.add', { fields: { iblockId: site.catalog, name: 'Kitchen' } }))) as unknown as { section: Item };
			const pieces = site.bitrix.portal.store.measures.all().find(({ code }) => code === 796);
			const vat = site.bitrix.portal.store.vats.all().find(({ rate }) => rate === 10);
			const id = await add({
				name: 'Cup', xmlId: 'cup', iblockSectionId: section.id, weight: 350, measure: pieces?.id, vatId: vat?.id,
				[`property${article.id}`]: { value: 'A-1' }, [`property${barcode.id}`]: [{ value: '4006381333931' }, { value: 'own' }],
			});
			await setPrice(id, 1999.99);
			const [item] = (await page(null, BEGINNING)).items;
			expect(item).toMatchObject({ key: 'cup', kind: 'product', active: true, article: 'A-1', section: ['Kitchen'], warnings: [], prices: [{ type: 'BASE', amount: '1999.99', currency: 'RUB' }] });
			await make([item as Item]);
			const [made] = await ofMoySklad('product?expand=uom&limit=100');
			const [priceType] = await ask<Item[]>(site, 'context/companysettings/pricetype');
			expect(made).toMatchObject({
				syncId: item?.syncId, name: 'Cup', externalCode: 'cup', article: 'A-1', barcodes: expect.arrayContaining([{ ean13: '4006381333931' }, { code128: 'own' }]) as unknown,
				vat: 10, vatEnabled: true, weight: 0.35, uom: { code: '796' }, productFolder: { meta: { href: (folder.meta as Item).href } },
			});
			expect((made?.salePrices as Item[]).find(({ priceType: type }) => (type as Item).id === priceType?.id)?.value).toBe(199_999);
		});

		it('takes article and barcode from the properties that were chosen, and prices by the pairs', async () => {
			const article = site.addProperty({ code: 'ARTNUMBER', name: 'Number' });
			const opt = site.bitrix.portal.store.priceTypes.all().find(({ name }) => name === 'OPT')?.id ?? 0;
			const id = await add({ name: 'Cup', [`property${article.id}`]: { value: 'N-5' } });
			await setPrice(id, 100);
			await setPrice(id, 80.5, opt);
			const chosen = (value: unknown): INodeParameters => ({ __rl: true, mode: 'id', value: String(value) });
			const [item] = (await page(null, {
				...BEGINNING, options: { articleProperty: chosen(article.id) }, priceTypes: { pair: [{ from: chosen('Оптовая'), to: chosen(opt) }] },
			})).items;
			expect(item?.body).toMatchObject({ article: 'N-5', salePrices: [{ value: 8050 }] });
			await expect(page(null, { ...BEGINNING, options: { articleProperty: chosen(99_999) } })).rejects.toMatchObject({ message: expect.stringContaining('property 99999') as unknown });
			await expect(page(null, { ...BEGINNING, priceTypes: { pair: [{ from: chosen('Gone'), to: chosen(opt) }] } })).rejects.toMatchObject({ message: expect.stringContaining('Gone') as unknown });
		});

		it('hands what cannot be taken over to Failed, and does not stop at it', async () => {
			const sku = Number((await shop.addSku({ name: 'Shirt' })).id);
			const fine = await add({ name: 'Cup' });
			const { items, failed, cursor } = await page(null, BEGINNING);
			expect(items.map(({ bitrixId }) => bitrixId)).toEqual([String(fine)]);
			expect(failed).toMatchObject([{ status: 'failed', bitrixId: String(sku), error: { code: 'NEW_ITEM_KIND', retryable: false } }]);
			expect(cursor.after).toBe(fine);
		});

		it('T11: an XML_ID says nothing, the property MOYSKLAD_ID does', async () => {
			const id = await add({ name: 'Cup' });
			expect(site.bitrix.portal.store.elements.get(id)?.xmlId).toBe(String(id));
			expect((await page(null, BEGINNING)).items).toMatchObject([{ key: String(id) }]);
		});

		it('I5: a cursor of another store or catalog is refused', async () => {
			await add();
			const { cursor } = await page(null);
			await expect(page(cursor, { siteKey: 'copy' })).rejects.toMatchObject({ message: expect.stringContaining('another site key') as unknown });
			await expect(page(cursor, { options: { flow: 'other' } })).rejects.toMatchObject({ message: expect.stringContaining('another flow') as unknown });
		});

		it('needs REST and a MoySklad credential', async () => {
			await expect(page(null, {}, { withMoySklad: false })).rejects.toMatchObject({ message: expect.stringContaining('MoySklad API credential') as unknown });
			await expect(page(null, { connection: 'exchange' })).rejects.toMatchObject({ message: expect.stringContaining('needs the REST API') as unknown });
		});
	});

	describe('what MoySklad has already', () => {
		const product = async (more: Item): Promise<Item> => await ask<Item>(site, 'entity/product', 'POST', { name: 'Cup', ...more });

		it('is not made again: what an earlier run made is known by its syncId, whatever became of its name and code', async () => {
			await add({ name: 'Cup' });
			const first = await page(null, BEGINNING);
			const [made] = await make(first.items);
			await ask(site, `entity/product/${String(made?.moySkladId)}`, 'PUT', { name: 'Renamed', externalCode: 'recoded' });
			expect((await page(null, BEGINNING)).items).toMatchObject([{ moySkladId: made?.moySkladId, externalCode: 'recoded' }]);
			expect((await page(null, BEGINNING)).items[0]).not.toHaveProperty('body');
		});

		it('is only linked: what has the key of the item, archived or not', async () => {
			const cup = await product({ externalCode: 'cup' });
			const lamp = await product({ externalCode: 'lamp', name: 'Lamp', archived: true });
			for (const xmlId of ['cup', 'lamp']) await add({ xmlId });
			const { items } = await page(null, BEGINNING);
			expect(items).toMatchObject([{ moySkladId: cup.id, externalCode: 'cup' }, { moySkladId: lamp.id, externalCode: 'lamp' }]);
			expect(codesOf(await link(items))).toEqual(['updated', 'updated']);
			expect((await page(null, BEGINNING)).items).toEqual([]);
		});

		it('is found by its id where that is the identity', async () => {
			const cup = await product({});
			await add({ xmlId: cup.id });
			await add({ xmlId: 'no id' });
			expect((await page(null, { ...BEGINNING, identity: 'id' })).items).toMatchObject([{ moySkladId: cup.id }, { moySkladId: null }]);
		});

		it('T11: is a conflict when it cannot be the same', async () => {
			await ask(site, 'entity/service', 'POST', { name: 'Service', externalCode: 'service' });
			for (let count = 0; count < 2; count += 1) await product({ externalCode: 'twice' });
			for (const xmlId of ['service', 'twice']) await add({ xmlId });
			const chance = await add({ name: 'By chance' });
			await product({ name: 'Something else', externalCode: String(chance) });
			const { items, failed } = await page(null, BEGINNING);
			expect(items).toEqual([]);
			expect(codesOf(failed)).toEqual(['NEW_ITEM_KEY_FOREIGN', 'NEW_ITEM_KEY_REPEATED', 'NEW_ITEM_KEY_FOREIGN']);
			expect(failed.map(({ status }) => status)).toEqual(['conflict', 'conflict', 'conflict']);
		});
	});

	describe('linking', () => {
		it('closes the circle: Upsert Items finds the item by what was made of it', async () => {
			const id = await add({ name: 'Cup' });
			expect(await takeOver(await page(null, BEGINNING))).toMatchObject([{ status: 'updated', bitrixId: String(id), changes: [{ field: 'MoySklad ID', from: null }] }]);
			const [made] = await ofMoySklad('product');
			expect([moySkladIdOf(id), made?.externalCode]).toEqual([made?.id, String(id)]);
			expect(await site.upsert([made as Item])).toMatchObject([{ bitrixId: String(id) }]);
			expect(site.elements()).toHaveLength(1);
			expect((await page(null, BEGINNING)).items).toEqual([]);
		});

		it('writes nothing a second time, and nothing at all in a preview', async () => {
			const id = await add({ name: 'Cup' });
			const [made] = await make((await page(null, BEGINNING)).items);
			const wanted = [{ bitrixId: id, moySkladId: made?.moySkladId as string, externalCode: 'other' }];
			site.resetCounters();
			expect(codesOf(await link(wanted, { preview: true }))).toEqual(['planned']);
			expect(site.writes()).toBe(0);
			expect((await link(wanted))[0]?.changes.map(({ field }) => field)).toEqual(['XML_ID', 'MoySklad ID']);
			site.resetCounters();
			expect(codesOf(await link(wanted))).toEqual(['unchanged']);
			expect(site.writes()).toBe(0);
		});

		it('makes the XML_ID the id of MoySklad where that is the identity', async () => {
			const id = await add({ name: 'Cup' });
			const [made] = await make((await page(null, { ...BEGINNING, identity: 'id' })).items);
			expect(codesOf(await link([{ bitrixId: id, moySkladId: made?.moySkladId as string }], { identity: 'id' }))).toEqual(['updated']);
			expect(site.bitrix.portal.store.elements.get(id)?.xmlId).toBe(made?.moySkladId);
		});

		it('changes nothing else of the item', async () => {
			const own = site.addProperty({ code: 'OWN', name: 'Own' });
			const id = await add({ name: 'Cup', detailText: 'By hand', active: 'N', weight: 5, [`property${own.id}`]: { value: 'x' } });
			const before = site.bitrix.portal.store.elements.get(id);
			await takeOver(await page(null, BEGINNING));
			const { properties, timestampX: _at, ...after } = site.bitrix.portal.store.elements.get(id) ?? ({} as never);
			expect(before).toMatchObject(after);
			expect(properties[own.id]).toEqual(before?.properties[own.id]);
		});

		it('never takes an item away from another object, nor a key or an object from another item', async () => {
			const [one, other, third] = [await add({ xmlId: 'one' }), await add({ xmlId: 'other' }), await add({ xmlId: 'third' })];
			const uuid = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
			await link([{ bitrixId: one, moySkladId: uuid(1), externalCode: 'one' }]);
			site.resetCounters();
			const results = await link([
				{ bitrixId: one, moySkladId: uuid(2), externalCode: 'one' },
				{ bitrixId: other, moySkladId: uuid(1), externalCode: 'other' },
				{ bitrixId: third, moySkladId: uuid(3), externalCode: 'one' },
			]);
			// The first and the last one want the same key.
			expect(codesOf(results)).toEqual(['CATALOG_KEY_REPEATED', 'CATALOG_KEY_DUPLICATE', 'CATALOG_KEY_REPEATED']);
			expect(codesOf(await link([{ bitrixId: one, moySkladId: uuid(2), externalCode: 'one' }]))).toEqual(['CATALOG_KEY_TAKEN']);
			expect(codesOf(await link([{ bitrixId: third, moySkladId: uuid(3), externalCode: 'one' }]))).toEqual(['CATALOG_KEY_DUPLICATE']);
			expect(codesOf(await link([2, 3].map((digit) => ({ bitrixId: other, moySkladId: uuid(digit), externalCode: `key ${digit}` }))))).toEqual(['NEW_ITEM_LINKED_TWICE', 'NEW_ITEM_LINKED_TWICE']);
			expect(site.writes()).toBe(0);
		});

		it('says of each item what is missing, and links the others', async () => {
			const id = await add({ xmlId: 'cup' });
			const moySkladId = '00000000-0000-4000-8000-000000000001';
			const results = await link([
				{ moySkladId, externalCode: 'a' },
				{ bitrixId: id, moySkladId: 'x', externalCode: 'a' },
				{ bitrixId: 99_999, moySkladId: '00000000-0000-4000-8000-000000000002', externalCode: 'b' },
				{ bitrixId: id, moySkladId, externalCode: 'cup' },
			]);
			expect(codesOf(results)).toEqual(['NEW_ITEM_LINK_OPEN', 'NEW_ITEM_LINK_OPEN', 'skipped', 'updated']);
		});

		it('survives lost answers', async () => {
			const id = await add({ xmlId: 'cup' });
			await link([{ bitrixId: await add({ xmlId: 'first' }), moySkladId: '00000000-0000-4000-8000-000000000009', externalCode: 'first' }]);
			site.fail({ kind: 'cut', share: 0.4, route: '^batch$' });
			const moySkladId = '00000000-0000-4000-8000-000000000001';
			expect(codesOf(await link([{ bitrixId: id, moySkladId, externalCode: 'cup' }]))).toEqual(['updated']);
			expect(moySkladIdOf(id)).toBe(moySkladId);
		});
	});
});
