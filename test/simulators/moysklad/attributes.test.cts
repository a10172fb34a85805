import { ask, first, metaOf, UNLIMITED, useShop, type Json, type Reply } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put } = useShop(
	{ size: { products: 10, variantShare: 0, archivedShare: 0 }, rate: UNLIMITED },
	(started) => (shop = started),
);

const NOWHERE = '00000000-0000-4000-8000-000000000000';

describe('attributes', () => {
	let definitions: Json[];
	beforeAll(async () => {
		definitions = (await get('product/metadata/attributes')).rows as Json[];
	});
	const of = (type: string): Json => definitions.find((one) => one.type === type) as Json;
	const save = async (attributes: unknown): Promise<Reply> => await post('product', { name: 'x', attributes });
	const shown = ({ attributes }: Json, definition: Json): Json | undefined =>
		(attributes as Json[] | undefined)?.find(({ id }) => id === definition.id);

	it.each([
		['string', 'а "б" <в>', 'а "б" <в>'],
		['text', 'а\nб', 'а\nб'],
		['link', 'https://example.com/?a=b&c', 'https://example.com/?a=b&c'],
		['long', 5, 5],
		['double', 1.25, 1.25],
		['boolean', false, false],
		['time', '2026-11-21 10:15:45', '2026-11-21 10:15:00.000'],
	])('of type %s are kept', async (type, value, expected) => {
		const { body } = await save([{ meta: of(type).meta, value }]);
		expect(shown(body, of(type))).toMatchObject({
			type,
			name: of(type).name,
			value: expected,
			meta: { type: 'attributemetadata' },
		});
	});

	it('of reference types are kept with the name of what they point to', async () => {
		for (const type of [
			'customentity',
			'counterparty',
			'employee',
			'organization',
			'store',
			'project',
			'contract',
			'product',
		]) {
			const target =
				type === 'customentity'
					? (await get(`customentity/${of(type).customEntityMeta.href.split('/').at(-1)}`)).rows[0]
					: await first(shop, type);
			const { body } = await save([{ meta: of(type).meta, value: metaOf(target) }]);
			expect(shown(body, of(type))?.value).toMatchObject({ name: target.name, meta: { href: target.meta.href } });
		}
	});

	it('of a dictionary may be named; a file has content', async () => {
		const dictionary = of('customentity').customEntityMeta.href.split('/').at(-1) as string;
		const element = (await get(`customentity/${dictionary}`)).rows[1] as Json;
		const { body } = await save([
			{ meta: of('customentity').meta, value: { name: element.name } },
			{ meta: of('file').meta, file: { filename: 'a.txt', content: 'aGk=' } },
		]);
		expect(shown(body, of('customentity'))?.value.meta.href).toBe(element.meta.href);
		expect(shown(body, of('file'))).toMatchObject({
			value: 'a.txt',
			download: { href: expect.stringContaining('/download/') },
		});
		expect(
			shown(
				(await put(`product/${body.id}`, { attributes: [{ meta: of('file').meta, file: null }] })).body,
				of('file'),
			),
		).toBeUndefined();
	});

	it('that are not sent stay, null clears one', async () => {
		const { body } = await save([
			{ meta: of('string').meta, value: 'a' },
			{ meta: of('long').meta, value: 1 },
		]);
		const after = (
			await put(`product/${body.id}`, {
				attributes: [
					{ meta: of('string').meta, value: null },
					{ meta: of('double').meta, value: 2 },
				],
			})
		).body;
		expect([shown(after, of('string')), shown(after, of('long'))?.value, shown(after, of('double'))?.value]).toEqual([
			undefined,
			1,
			2,
		]);
	});

	it('are refused when wrong', async () => {
		const foreign = (await post('counterparty/metadata/attributes', { name: 'Чужое', type: 'string' })).body;
		const code = async (one: Json): Promise<number | undefined> => (await save([one])).code;
		expect(await code({ id: of('string').id, value: 'x' })).toBe(2014);
		expect(await code({ meta: foreign.meta, value: 'x' })).toBe(14000);
		expect(
			await code({
				meta: { ...of('string').meta, href: `${shop.baseUrl}/entity/product/metadata/attributes/${NOWHERE}` },
				value: 'x',
			}),
		).toBe(14003);
		expect(await code({ meta: of('customentity').meta, value: {} })).toBe(14004);
		expect(await code({ meta: of('customentity').meta, value: { name: 'нет такого' } })).toBe(14004);
		expect(await code({ meta: of('string').meta })).toBe(14009);
		expect(await code({ meta: of('string').meta, value: 5 })).toBe(2016);
		expect(await code({ meta: of('long').meta, value: 5.5 })).toBe(2016);
		expect(await code({ meta: of('boolean').meta, value: 'true' })).toBe(2016);
		expect(await code({ meta: of('employee').meta, value: metaOf(await first(shop, 'store')) })).toBe(2021);
	});

	it('that are required block saves without them', async () => {
		const required = (await post('store/metadata/attributes', { name: 'Обязательное', type: 'string', required: true }))
			.body;
		expect((await post('store', { name: 'Без поля' })).code).toBe(3000);
		expect((await post('store', { name: 'С полем', attributes: [{ meta: required.meta, value: 'x' }] })).status).toBe(
			200,
		);
		const old = await first(shop, 'store');
		expect((await put(`store/${old.id}`, { description: 'x' })).code).toBe(3000);
		await ask(shop, 'DELETE', `entity/store/metadata/attributes/${required.id}`);
	});
});
