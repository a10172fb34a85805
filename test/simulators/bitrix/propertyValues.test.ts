import { freshShop } from './catalogClient';
import { addProperty } from './catalog/furnish.cts';
import { control, must, type Json } from './restClient';

const bench = freshShop();

/** Adds a product with one property's value, and says how that reads. */
async function written(property: Record<string, unknown>, value: unknown): Promise<unknown> {
	const id = await bench.shop.addProperty(property);
	return (await bench.shop.addProduct({ [`property${id}`]: value }))[`property${id}`];
}

const multiple = { multiple: 'Y' };
const value = (content: unknown): unknown => ({ value: content, valueId: expect.stringMatching(/^\d+$/) });

describe('adding', () => {
	it.each([
		['a text', {}, 'test', value('test')],
		['a text as a map', {}, { value: 'test' }, value('test')],
		['nothing', {}, undefined, null],
		['an empty text', {}, { value: '' }, null],
		['an array where a text belongs', {}, { value: ['a'] }, null],
		['a number', { propertyType: 'N' }, 12.5, value('12.5')],
		['several texts', multiple, ['a', { value: 'b' }], [value('a'), value('b')]],
		['a bare text for several', multiple, 'a', null],
		['a day', { userType: 'Date' }, { value: '2026-11-21T12:00:00+03:00' }, value('2026-11-21T00:00:00+03:00')],
		['a moment', { userType: 'DateTime' }, { value: '2026-11-21T12:34:56+03:00' }, value('2026-11-21T12:34:56+03:00')],
		['a moment that cannot be read', { userType: 'DateTime' }, { value: 'soon' }, null],
		['money', { userType: 'Money' }, { value: '123.45|RUB' }, value('123.45|RUB')],
		['an item of a directory', { userType: 'directory' }, { value: 'brand-xml-id' }, value('brand-xml-id')],
		['HTML', { userType: 'HTML' }, { value: { text: '<p>x</p>', type: 'html' } }, value({ text: '<p>x</p>', type: 'HTML' })],
		['an element', { propertyType: 'E' }, { value: 77 }, value('77')],
		['a section', { propertyType: 'G' }, 41, value('41')],
	])('%s', async (_case, property, given, expected) => {
		expect(await written(property, given)).toEqual(expected);
	});

	it('a list property takes the id of a variant, and nothing else', async () => {
		const id = await bench.shop.addProperty({ propertyType: 'L' });
		const [red] = [await bench.shop.addVariant(id, 'Красный'), await bench.shop.addVariant(id, 'Синий')];
		const name = `property${id}`;
		expect((await bench.shop.addProduct({ [name]: red }))[name]).toEqual({
			value: red,
			valueEnum: 'Красный',
			valueId: expect.any(String),
		});
		expect((await bench.shop.addProduct({ [name]: 'Красный' }))[name]).toBeNull();
	});

	it('T12: with exactly one variant it is a yes or no, and its id is not saved', async () => {
		const id = await bench.shop.addProperty({ propertyType: 'L' });
		const name = `property${id}`;
		const only = await bench.shop.addVariant(id, 'Новинка');
		const { product } = await must(
			bench.shop.rest('catalog.product.getFieldsByFilter', { filter: { iblockId: bench.shop.products, productType: 1 } }),
		);
		expect(product?.[name]).toMatchObject({ userType: 'BoolEnum' });
		expect((await bench.shop.addProduct({ [name]: { value: only } }))[name]).toBe('N');
		expect((await bench.shop.addProduct({ [name]: { value: 'Y' } }))[name]).toBe('Y');
		expect((await bench.shop.addProduct({ [name]: 'N' }))[name]).toBe('N');
		await bench.shop.addVariant(id, 'Вторая');
		expect((await bench.shop.addProduct({ [name]: { value: only } }))[name]).toMatchObject({ value: only });
	});

	it('properties of a user type that REST does not know are neither written nor read', async () => {
		const video = bench.bitrix.portal.store.properties
			.all()
			.find(({ code, iblockId }) => code === 'VIDEO' && iblockId === bench.shop.products);
		const made = await bench.shop.addProduct({ [`property${video?.id}`]: 'x' });
		expect(made).not.toHaveProperty(`property${video?.id}`);
		expect(bench.bitrix.portal.store.elements.get(Number(made.id))?.properties).toEqual({});
	});

	it('an old core does not know directories', async () => {
		const { id } = addProperty(bench.bitrix.portal, bench.shop.offers, {
			name: 'Бренд',
			propertyType: 'S',
			userType: 'directory',
		});
		expect(await bench.shop.addOffer({ [`property${id}`]: 'x' })).toHaveProperty(`property${id}`);
		await control(bench.bitrix, 'PUT switches', { oldCore: true });
		const { offers } = await must(
			bench.shop.rest('catalog.product.offer.list', {
				select: ['id', 'iblockId', `property${id}`],
				filter: { iblockId: bench.shop.offers },
			}),
		);
		expect((offers as unknown as Json[])[0]).not.toHaveProperty(`property${id}`);
	});

	it('a required property has to be filled in', async () => {
		const id = await bench.shop.addProperty({ isRequired: 'Y' });
		expect(
			await bench.shop.rest('catalog.product.add', { fields: { iblockId: bench.shop.products, name: 'x' } }),
		).toMatchObject({ status: 400, body: { error_description: `Required fields: property${id}` } });
	});
});

describe('T3: an update replaces what is sent', () => {
	let single: string;
	let several: string;
	let made: Json;

	const valuesOf = (product: Json, name: string): unknown =>
		(product[name] as unknown as Json[] | null)?.map((item) => item.value) ?? null;

	beforeEach(async () => {
		single = `property${await bench.shop.addProperty({})}`;
		several = `property${await bench.shop.addProperty(multiple)}`;
		made = await bench.shop.addProduct({ [single]: 'old', [several]: ['a', 'b', 'c'] });
	});

	const update = async (fields: Record<string, unknown>): Promise<Json> => await bench.shop.updateProduct(made.id, fields);

	it('properties that are not sent stay', async () => {
		expect(await update({ name: 'x' })).toMatchObject({ [single]: made[single], [several]: made[several] });
	});

	it('a single value without its id is a new one, with its id the same', async () => {
		const oldId = made[single]?.valueId;
		const replaced = await update({ [single]: { value: 'new' } });
		expect(replaced[single]).toEqual({ value: 'new', valueId: expect.not.stringMatching(`^${String(oldId)}$`) });
		const kept = await update({ [single]: { value: 'newer', valueId: replaced[single]?.valueId } });
		expect(kept[single]).toEqual({ value: 'newer', valueId: replaced[single]?.valueId });
	});

	it('several values: those that are left out are deleted, those with their id keep it', async () => {
		const [first] = made[several] as unknown as Json[];
		const updated = await update({ [several]: [{ value: 'a', valueId: first?.valueId }, { value: 'd' }] });
		expect(valuesOf(updated, several)).toEqual(['a', 'd']);
		expect((updated[several] as unknown as Json[])[0]?.valueId).toBe(first?.valueId);
		expect(updated[single]).toEqual(made[single]);
	});

	it('an empty value clears', async () => {
		expect((await update({ [single]: { value: '' } }))[single]).toBeNull();
	});

	it.each([
		['a bare text', 'new'],
		['null', null],
		['an empty list', []],
	])('%s clears it while there are other values', async (_case, given) => {
		expect((await update({ [single]: given }))[single]).toBeNull();
	});

	it('a bare text does nothing where there is no other value', async () => {
		const lone = await bench.shop.addProduct({ [single]: 'old' });
		expect((await bench.shop.updateProduct(lone.id, { [single]: 'new' }))[single]).toEqual(lone[single]);
	});

	it('an array in a single text is left alone', async () => {
		expect((await update({ [single]: { value: ['x'] } }))[single]).toEqual(made[single]);
	});
});

describe('files', () => {
	const file = (name: string): unknown => ({ value: { fileData: [name, Buffer.from(name).toString('base64')] } });
	let name: string;
	let made: Json;

	const files = (product: Json): Json[] => (product[name] ?? []) as unknown as Json[];

	beforeEach(async () => {
		name = `property${await bench.shop.addProperty({ propertyType: 'F', ...multiple })}`;
		made = await bench.shop.addProduct({ [name]: [file('a.jpg'), file('b.jpg'), file('c.jpg')] });
	});

	it('read as addresses that serve them', async () => {
		const [first] = files(made);
		expect(first).toEqual(
			value({
				id: expect.any(String),
				url: expect.stringContaining('/rest/catalog.product.download?fields%5BfieldName%5D='),
				urlMachine: expect.any(String),
			}),
		);
		const url = bench.bitrix.webhookUrl.replace(/\/$/, '') + String(first?.value?.url).replace('/rest', '');
		const answer = await fetch(url);
		expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'image/jpeg', 'a.jpg']);
		expect((await fetch(url.replace(/fileId%5D=\d+/, 'fileId%5D=1'))).status).toBe(400);
	});

	it('files that are not sent stay, those that are sent are appended', async () => {
		const updated = await bench.shop.updateProduct(made.id, { [name]: [file('d.jpg')] });
		expect(files(updated)).toHaveLength(4);
		expect(files(updated).slice(0, 3)).toEqual(files(made));
	});

	it('after a removal the others have new ids', async () => {
		const [first, second] = files(made);
		const updated = await bench.shop.updateProduct(made.id, {
			[name]: [{ valueId: first?.valueId, value: { remove: 'Y' } }],
		});
		expect(files(updated)).toHaveLength(2);
		expect(files(updated)[0]?.value).toEqual(second?.value);
		expect(files(updated)[0]?.valueId).not.toBe(second?.valueId);
	});

	it('T1: pictures without content are skipped; remove takes them away', async () => {
		const picture = { fileData: ['x.png', Buffer.from('png').toString('base64')] };
		const product = await bench.shop.addProduct({ detailPicture: picture, previewPicture: { fileData: ['y.png', ''] } });
		expect(product).toMatchObject({
			detailPicture: { id: expect.any(String), url: expect.any(String) },
			previewPicture: null,
		});
		expect(
			(await bench.shop.updateProduct(product.id, { detailPicture: { fileData: ['z.png', ''] } })).detailPicture,
		).toEqual(product.detailPicture);
		expect((await bench.shop.updateProduct(product.id, { detailPicture: { remove: 'Y' } })).detailPicture).toBeNull();
	});
});

describe('property definitions', () => {
	it('the type cannot be changed later, and an update names the block', async () => {
		const id = await bench.shop.addProperty({ propertyType: 'N' });
		expect((await bench.shop.rest('catalog.productProperty.update', { id, fields: { name: 'x' } })).status).toBe(400);
		const { productProperty } = await must(
			bench.shop.rest('catalog.productProperty.update', {
				id,
				fields: { iblockId: bench.shop.products, name: 'x', propertyType: 'S' },
			}),
		);
		expect(productProperty).toMatchObject({ name: 'x', propertyType: 'N' });
	});

	it.each([
		[{ propertyType: 'X' }],
		[{ propertyType: 'S', userType: 'video' }],
		[{ code: '1ST' }],
		[{ code: 'a-b' }],
		[{ iblockId: 12 }],
	])('refuses %j', async (fields) => {
		expect(
			(
				await bench.shop.rest('catalog.productProperty.add', {
					fields: { iblockId: bench.shop.products, name: 'x', propertyType: 'S', ...fields },
				})
			).status,
		).toBe(400);
	});

	it('a yes or no can be made at once', async () => {
		const id = await bench.shop.addProperty({ propertyType: 'L', userType: 'BoolEnum' });
		expect((await bench.shop.addProduct({ [`property${id}`]: 'Y' }))[`property${id}`]).toBe('Y');
	});

	it('variants have unique external codes', async () => {
		const id = await bench.shop.addProperty({ propertyType: 'L' });
		await bench.shop.addVariant(id, 'red');
		expect(
			await bench.shop.rest('catalog.productPropertyEnum.add', { fields: { propertyId: id, value: 'Rot', xmlId: 'red' } }),
		).toMatchObject({ status: 400, error: 'BX_INVALID_VALUE' });
		expect(
			(
				await bench.shop.rest('catalog.productPropertyEnum.add', {
					fields: { propertyId: await bench.shop.addProperty({}), value: 'x', xmlId: 'x' },
				})
			).status,
		).toBe(400);
	});

	it('a deleted property takes its values along', async () => {
		const id = await bench.shop.addProperty({});
		const { id: productId } = await bench.shop.addProduct({ [`property${id}`]: 'x' });
		await must(bench.shop.rest('catalog.productProperty.delete', { id }));
		expect(bench.bitrix.portal.store.elements.get(Number(productId))?.properties).toEqual({});
	});

	it('its place in the filter is set apart', async () => {
		const propertyId = await bench.shop.addProperty({});
		const { productPropertySection } = await must(
			bench.shop.rest('catalog.productPropertySection.set', { propertyId, fields: { smartFilter: 'Y' } }),
		);
		expect(productPropertySection).toMatchObject({ propertyId: String(propertyId), smartFilter: 'Y', displayType: 'F' });
		expect(
			(await must(bench.shop.rest('catalog.productPropertySection.get', { propertyId }))).productPropertySection,
		).toMatchObject({ smartFilter: 'Y' });
	});
});
