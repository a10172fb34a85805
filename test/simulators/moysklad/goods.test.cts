import { ask, encode, first, metaOf, parties, UNLIMITED, useShop, type Json, type Reply } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const size = { products: 20, variantShare: 0.5, variantsEach: 3, archivedShare: 0, bundles: 2, services: 2 };
const { get, post, put, drop } = useShop({ size, rate: UNLIMITED }, (started) => (shop = started));

const retail = async (): Promise<Json> =>
	metaOf(((await ask(shop, 'GET', 'context/companysettings/pricetype')).body as unknown as Json[])[0] as Json);

describe('VAT', () => {
	it('is the good’s own, or that of the nearest folder', async () => {
		const folder = (await post('productfolder', { name: 'С НДС', vat: 10, vatEnabled: true })).body;
		const inner = (await post('productfolder', { name: 'Внутри', productFolder: metaOf(folder) })).body;
		const follows = (await post('product', { name: 'a', productFolder: metaOf(inner) })).body;
		expect(follows).toMatchObject({ useParentVat: true, effectiveVat: 10, effectiveVatEnabled: true });
		const own = (await post('product', { name: 'b', productFolder: metaOf(inner), vat: 20, vatEnabled: true })).body;
		expect(own).toMatchObject({ useParentVat: false, effectiveVat: 20, effectiveVatEnabled: true });
		expect((await post('product', { name: 'c', vat: 0, vatEnabled: false })).body).toMatchObject({
			effectiveVat: 0,
			effectiveVatEnabled: false,
		});
		expect((await post('product', { name: 'd', vat: 0, vatEnabled: true })).body).toMatchObject({
			effectiveVat: 0,
			effectiveVatEnabled: true,
		});
	});

	it('enabled without a rate is refused', async () => {
		expect((await post('product', { name: 'x', vatEnabled: true })).code).toBe(16010);
	});
});

describe('products', () => {
	it('keep serial tracking for ever', async () => {
		const { id } = (await post('product', { name: 'x', isSerialTrackable: true })).body;
		expect((await put(`product/${id}`, { isSerialTrackable: false })).code).toBe(16002);
	});

	it('cannot go while a document or a bundle has them; without that their variants go along', async () => {
		const assortment = metaOf((await post('product', { name: 'нужный' })).body);
		const order = (await post('customerorder', { ...(await parties(shop)), positions: [{ assortment, quantity: 1 }] }))
			.body;
		const bundle = (await post('bundle', { name: 'набор', components: [{ assortment, quantity: 1 }] })).body;
		const refused = await drop(`product/${assortment.meta.href.split('/').at(-1)}`);
		expect([refused.status, refused.code]).toEqual([409, 1028]);
		expect(refused.body.errors[0].dependencies.map((meta: Json) => meta.href).sort()).toEqual(
			[order.meta.href, bundle.meta.href].sort(),
		);
		const inBundles = (await get('bundle?limit=100&expand=components')).rows.flatMap((row: Json) =>
			row.components.rows.map((component: Json) => component.assortment.meta.href as string),
		) as string[];
		const free = (await get('product?limit=100')).rows.find(
			(row: Json) => row.variantsCount > 0 && !inBundles.includes(row.meta.href as string),
		) as Json;
		const variants = (await get(`variant?${encode(`productid=${free.id}`)}`)).rows as Json[];
		expect(variants).toHaveLength(3);
		expect((await drop(`product/${free.id}`)).status).toBe(200);
		for (const { id } of variants) expect((await ask(shop, 'GET', `entity/variant/${id}`)).code).toBe(1021);
	});
});

describe('variants', () => {
	const make = async (characteristics: unknown, more: Json = {}): Promise<Reply> => {
		const product = metaOf(
			(
				await post('product', {
					name: 'Футболка',
					salePrices: [{ value: 50000, priceType: await retail() }],
					buyPrice: { value: 777 },
				})
			).body,
		);
		return await post('variant', { product, characteristics, ...more });
	};

	it('are named by product and characteristics, found or made by name', async () => {
		const { body } = await make(
			[
				{ name: 'Цвет', value: 'Белый' },
				{ name: 'Рост', value: '170' },
			],
			{ article: 'T-1' },
		);
		expect(body).toMatchObject({ name: 'Футболка (Белый, 170)', article: 'T-1', archived: false });
		expect(body.characteristics.map(({ name, value }: Json) => [name, value])).toEqual([
			['Цвет', 'Белый'],
			['Рост', '170'],
		]);
		expect((await get('variant/metadata/characteristics')).characteristics.map(({ name }: Json) => name)).toContain(
			'Рост',
		);
		for (const field of ['productFolder', 'vat', 'uom', 'attributes', 'syncId', 'owner', 'weight'])
			expect(body).not.toHaveProperty(field);
	});

	it('need a product and characteristics', async () => {
		expect((await make([])).code).toBe(15001);
		expect((await make(undefined)).code).toBe(3000);
		expect((await make([{ name: 'Цвет' }])).code).toBe(3000);
		expect((await post('variant', { characteristics: [{ name: 'Цвет', value: 'x' }] })).code).toBe(3000);
		expect((await make([{ name: 'Цвет', value: 'x' }], { syncId: '8b7c97cf-cf77-4f7e-b200-d264125578ab' })).code).toBe(
			1007,
		);
	});

	it('show the prices of the product until they have their own', async () => {
		const { body } = await make([{ name: 'Цвет', value: 'Белый' }]);
		expect([body.salePrices[0].value, body.buyPrice.value]).toEqual([50000, 777]);
		const own = (await put(`variant/${body.id}`, { salePrices: [{ value: 45000, priceType: await retail() }] })).body;
		expect([own.salePrices[0].value, own.buyPrice.value]).toEqual([45000, 777]);
		const product = (body.product.meta.href as string).split('/').at(-1);
		await put(`product/${product}`, {
			buyPrice: { value: 888 },
			salePrices: [{ value: 1, priceType: await retail() }],
		});
		const after = await get(`variant/${body.id}`);
		expect([after.salePrices[0].value, after.buyPrice.value]).toEqual([45000, 888]);
	});

	it('are not for services, alcohol and marked goods', async () => {
		const refused = async (type: string, more: Json): Promise<number | undefined> => {
			const product = metaOf((await post(type, { name: 'x', ...more })).body);
			return (await post('variant', { product, characteristics: [{ name: 'Цвет', value: 'Белый' }] })).code;
		};
		expect(await refused('product', { alcoholic: { excise: true } })).toBe(15002);
		expect(await refused('product', { trackingType: 'SHOES' })).toBe(16102);
		expect(await refused('product', { trackingType: 'NOT_TRACKED' })).toBeUndefined();
		expect(await refused('service', {})).toBe(2021);
	});

	it('are archived together with their product', async () => {
		const { body } = await make([{ name: 'Цвет', value: 'Белый' }]);
		const product = (body.product.meta.href as string).split('/').at(-1) as string;
		const listed = async (filter: string): Promise<number> =>
			(await get(`variant?${encode(`productid=${product}${filter}`)}`)).rows.length as number;
		expect(await listed('')).toBe(1);
		await put(`product/${product}`, { archived: true });
		expect([await listed(''), await listed(';archived=true'), (await get(`variant/${body.id}`)).archived]).toEqual([
			0,
			1,
			true,
		]);
	});

	it('have all characteristics replaced, and no twins', async () => {
		const one = (
			await make([
				{ name: 'Цвет', value: 'Белый' },
				{ name: 'Размер', value: 'S' },
			])
		).body;
		const { product } = one;
		const twin = await post('variant', {
			product,
			characteristics: [
				{ name: 'Размер', value: 'S' },
				{ name: 'Цвет', value: 'Белый' },
			],
		});
		expect(twin.code).toBe(15000);
		const other = (await post('variant', { product, characteristics: [{ name: 'Цвет', value: 'Чёрный' }] })).body;
		const changed = await put(`variant/${one.id}`, {
			characteristics: [{ id: other.characteristics[0].id, value: 'Чёрный' }],
		});
		expect(changed.code).toBe(15000);
		expect(
			(await put(`variant/${one.id}`, { characteristics: [{ id: other.characteristics[0].id, value: 'Серый' }] })).body
				.characteristics,
		).toHaveLength(1);
	});
});

describe('bundles', () => {
	it('need 1 to 50 components with a quantity above 0', async () => {
		const assortment = metaOf(await first(shop, 'product'));
		expect((await post('bundle', { name: 'x' })).code).toBe(3000);
		expect((await post('bundle', { name: 'x', components: [] })).code).toBe(3000);
		expect((await post('bundle', { name: 'x', components: [{ assortment, quantity: 0 }] })).code).toBe(3003);
		expect(
			(await post('bundle', { name: 'x', components: Array.from({ length: 51 }, () => ({ assortment, quantity: 1 })) }))
				.code,
		).toBe(3036);
	});

	it('keep components that an update does not name, and have them at addresses of their own', async () => {
		const [one, other] = (await get('product?limit=2')).rows.map(metaOf) as [Json, Json];
		const { id } = (await post('bundle', { name: 'Набор', components: [{ assortment: one, quantity: 1 }] })).body;
		await put(`bundle/${id}`, { components: [{ assortment: other, quantity: 2.5 }] });
		const { rows } = await get(`bundle/${id}/components`);
		expect(rows.map(({ quantity }: Json) => quantity)).toEqual([1, 2.5]);
		expect((await drop(`bundle/${id}/components/${rows[0].id}`)).status).toBe(200);
		expect((await drop(`bundle/${id}/components/${rows[1].id}`)).code).toBe(3000);
	});

	it('and services have the attributes of products', async () => {
		const [definition] = (await get('bundle/metadata/attributes')).rows as [Json];
		expect(definition.meta.href).toContain('/entity/product/metadata/attributes/');
		const { body } = await post('service', { name: 'Доставка', attributes: [{ meta: definition.meta, value: true }] });
		expect(body.attributes[0].value).toBe(true);
		expect(body.meta.metadataHref).toContain('/entity/product/metadata');
		expect((await post('service', { name: 'x', weight: 1 })).code).toBe(1007);
	});
});

describe('folders', () => {
	it('have paths, may move, and never lie in themselves', async () => {
		const top = (await post('productfolder', { name: 'Верх' })).body;
		const middle = (await post('productfolder', { name: 'Середина', productFolder: metaOf(top) })).body;
		const low = (await post('productfolder', { name: 'Низ', productFolder: metaOf(middle) })).body;
		expect([top.pathName, middle.pathName, low.pathName]).toEqual(['', 'Верх', 'Верх/Середина']);
		expect((await put(`productfolder/${middle.id}`, { productFolder: metaOf(middle) })).code).toBe(23000);
		expect((await put(`productfolder/${top.id}`, { productFolder: metaOf(low) })).code).toBe(23001);
		await put(`productfolder/${low.id}`, { productFolder: null });
		expect((await get(`productfolder/${low.id}`)).pathName).toBe('');
		expect((await drop(`productfolder/${top.id}`)).code).toBe(1028);
	});

	it('have chains of names of at most 255 characters', async () => {
		const top = (await post('productfolder', { name: 'a'.repeat(200) })).body;
		expect((await post('productfolder', { name: 'b'.repeat(54), productFolder: metaOf(top) })).status).toBe(200);
		expect((await post('productfolder', { name: 'b'.repeat(55), productFolder: metaOf(top) })).code).toBe(3051);
	});
});
