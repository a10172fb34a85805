import { ask, control, encode, first, metaOf, UNLIMITED, useShop, type Asking, type Json } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
let editor: Asking;
const { get, post, put, drop } = useShop(
	{ size: { products: 4, variantShare: 0 }, rate: UNLIMITED },
	(started) => {
		shop = started;
		editor = { user: shop.users.editor };
	},
	{ root: '' },
);

describe('attribute definitions', () => {
	const path = 'entity/customerorder/metadata/attributes';

	it('are made, changed and removed by administrators', async () => {
		const made = (
			await post(path, { name: 'Номер на сайте', type: 'string', required: false, description: 'для связи' })
		).body;
		expect(made).toMatchObject({
			name: 'Номер на сайте',
			type: 'string',
			required: false,
			show: true,
			description: 'для связи',
			meta: { type: 'attributemetadata' },
		});
		expect((await get(`${path}/${made.id}`)).name).toBe('Номер на сайте');
		expect((await put(`${path}/${made.id}`, { name: 'Номер', required: true })).body).toMatchObject({
			name: 'Номер',
			required: true,
			type: 'string',
		});
		expect((await put(`${path}/${made.id}`, { type: 'long' })).code).toBe(3001);
		expect((await get('entity/customerorder/metadata')).attributes.rows.map(({ id }: Json) => id)).toEqual([made.id]);
		expect((await drop(`${path}/${made.id}`)).status).toBe(200);
		expect((await get(path)).meta.size).toBe(0);
	});

	it('are refused to others', async () => {
		const [one] = (await get('entity/product/metadata/attributes')).rows as [Json];
		expect((await post(path, { name: 'x', type: 'string' }, editor)).code).toBe(14010);
		expect((await put(`entity/product/metadata/attributes/${one.id}`, { name: 'x' }, editor)).code).toBe(14010);
		expect((await drop(`entity/product/metadata/attributes/${one.id}`, editor)).code).toBe(14013);
	});

	it('have unique names, known types and a dictionary where they need one', async () => {
		const [dictionary] = (await get('context/companysettings/metadata')).customEntities as [Json];
		const made = (
			await post(path, [
				{ name: 'А', type: 'long' },
				{ name: 'А', type: 'long' },
				{ name: 'Б', type: 'number' },
				{ name: 'В', type: 'customentity' },
				{ name: 'Г', type: 'customentity', customEntityMeta: dictionary.meta },
			])
		).body as unknown as Json[];
		expect(made.map(({ name, errors }) => errors?.[0].code ?? name)).toEqual(['А', 3006, 3005, 2013, 'Г']);
		expect(made[4]?.customEntityMeta.href).toBe(dictionary.meta.href);
		expect((await post(`${path}/delete`, [metaOf(made[0] as Json), metaOf(made[4] as Json)])).status).toBe(200);
	});

	it('are paged', async () => {
		const { rows, meta } = await get('entity/product/metadata/attributes?limit=4&offset=2');
		expect(rows).toHaveLength(4);
		expect(meta).toMatchObject({ size: 30, limit: 4, offset: 2 });
	});
});

describe('states', () => {
	const path = 'entity/customerorder/metadata/states';

	it('are made, changed and removed by administrators', async () => {
		const made = (await post(path, { name: 'Ждёт', color: 255, stateType: 'Unsuccessful' })).body;
		expect(made).toMatchObject({ name: 'Ждёт', color: 255, stateType: 'Unsuccessful', entityType: 'customerorder' });
		expect((await put(`${path}/${made.id}`, { name: 'Ждём' })).body).toMatchObject({
			name: 'Ждём',
			stateType: 'Unsuccessful',
		});
		expect((await get(`${path}/${made.id}`)).name).toBe('Ждём');
		expect((await post(path, { name: 'x' }, editor)).status).toBe(403);
		expect((await post(path, { name: 'x', stateType: 'Other' })).code).toBe(3005);
		expect((await drop(`${path}/${made.id}`)).status).toBe(200);
		expect((await get('entity/customerorder/metadata')).states.map(({ name }: Json) => name)).not.toContain('Ждём');
	});
});

describe('metadata', () => {
	it('of all entities is a list of links', async () => {
		const all = await get('entity/metadata');
		expect(all.service.meta.href).toBe(`${shop.baseUrl}/entity/product/metadata`);
		expect(Object.keys(await get(`entity/metadata?${encode('type=product;type=demand')}`))).toEqual([
			'product',
			'demand',
		]);
		expect((await ask(shop, 'GET', `entity/metadata?${encode('type=nothing')}`)).code).toBe(1005);
	});

	it('of variants has their characteristics', async () => {
		expect((await get('entity/variant/metadata')).characteristics.map(({ name }: Json) => name)).toEqual([
			'Цвет',
			'Размер',
			'Материал',
		]);
		const path = 'entity/variant/metadata/characteristics';
		expect((await post(path, { name: 'Цвет' })).code).toBe(10002);
		const made = (await post(path, [{ name: 'Рост' }])).body as unknown as [Json];
		expect(made[0]).toMatchObject({ name: 'Рост', type: 'string', required: false });
		expect((await get(`${path}/${made[0].id}`)).name).toBe('Рост');
		expect((await post(path, { name: 'x' }, { user: shop.users.clerk })).code).toBe(1017);
	});
});

describe('price types', () => {
	const path = 'context/companysettings/pricetype';

	it('are a bare array', async () => {
		const all = (await get(path)) as unknown as Json[];
		expect(all.map(({ name }) => name)).toEqual(['Цена продажи', 'Оптовая', 'Цена до скидки', 'Экспорт']);
		expect((await get(`${path}/default`)).id).toBe(all[0]?.id);
		expect((await get(`${path}/${all[1]?.id}`)).name).toBe('Оптовая');
		expect((await ask(shop, 'GET', 'entity/pricetype')).code).toBe(1005);
	});

	it('are replaced as a whole', async () => {
		const all = (await get(path)) as unknown as Json[];
		expect((await post(path, all, editor)).code).toBe(1017);
		const changed = (await post(path, [...all, { name: 'Клубная' }])).body as unknown as Json[];
		expect(changed.map(({ id }) => id).slice(0, 4)).toEqual(all.map(({ id }) => id));
		expect((await first(shop, 'product')).salePrices).toHaveLength(5);
		expect((await post(path, all)).body).toHaveLength(4);
		expect(
			(
				await post(
					path,
					Array.from({ length: 101 }, (_, index) => ({ name: `n${index}` })),
				)
			).code,
		).toBe(3036);
	});
});

describe('company settings', () => {
	it('are read by all and changed by administrators', async () => {
		const settings = await get('context/companysettings');
		expect(settings).toMatchObject({
			useRecycleBin: true,
			globalOperationNumbering: true,
			currency: { meta: { type: 'currency' } },
		});
		expect((await put('context/companysettings', { useRecycleBin: false }, editor)).code).toBe(1017);
		expect((await put('context/companysettings', { useRecycleBin: false })).body.useRecycleBin).toBe(false);
		expect(
			(await put('entity/counterparty/settings', { uniqueCodeRules: { checkUniqueCode: false } })).body.uniqueCodeRules
				.checkUniqueCode,
		).toBe(false);
		await put('context/companysettings', { useRecycleBin: true });
	});
});

describe('custom dictionaries', () => {
	it('are listed, made, and hold elements', async () => {
		const made = (await post('entity/customentity', { name: 'Материалы' })).body;
		expect((await get('context/companysettings/metadata')).customEntities.map(({ name }: Json) => name)).toContain(
			'Материалы',
		);
		const elements = (await post(`entity/customentity/${made.id}`, [{ name: 'Дуб', code: '1' }, { name: 'Ель' }]))
			.body as unknown as [Json, Json];
		expect(elements[0].meta.href).toBe(`${shop.baseUrl}/entity/customentity/${made.id}/${elements[0].id}`);
		expect(
			(await get(`entity/customentity/${made.id}?${encode('code=1')}`)).rows.map(({ name }: Json) => name),
		).toEqual(['Дуб']);
		expect((await put(`entity/customentity/${made.id}/${elements[1].id}`, { name: 'Сосна' })).body.name).toBe('Сосна');
		expect((await post(`entity/customentity/${made.id}/delete`, elements.map(metaOf))).status).toBe(200);
		expect((await get(`entity/customentity/${made.id}`)).rows).toEqual([]);
		expect((await ask(shop, 'GET', 'entity/customentity/00000000-0000-4000-8000-000000000000')).code).toBe(1021);
	});
});

describe('the control interface', () => {
	it('sums up the account', async () => {
		const state = await control(shop, 'GET', 'state');
		expect(state).toMatchObject({ accountId: shop.accountId, crashes: [], settings: { paidTariff: true } });
		expect(state.rows.product).toBe((await get(`entity/product?${encode('archived=true;archived=false')}`)).meta.size);
		const users = (await control(shop, 'GET', 'users')) as unknown as Json[];
		expect(users.map(({ login }) => login)).toContain(shop.users.solution.login);
	});

	it('refuses what it does not know', async () => {
		expect(await control(shop, 'PUT', 'settings', { colour: true })).toHaveProperty('error');
		expect(await control(shop, 'PUT', 'deliveries/drop', { share: 2 })).toHaveProperty('error');
		expect(await control(shop, 'POST', 'nothing')).toHaveProperty('error');
	});

	it('carries errors of edits back', async () => {
		expect(
			await control(shop, 'POST', 'edit', {
				user: 'clerk',
				method: 'POST',
				path: 'entity/product',
				body: { name: 'x' },
			}),
		).toMatchObject({ status: 403, body: { errors: [{ code: 1045 }] } });
	});
});
