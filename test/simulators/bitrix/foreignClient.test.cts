import { globalAgent } from 'node:https';
import type { AjaxResult, TypeB24 } from '@bitrix24/b24jssdk' with { 'resolution-mode': 'import' };
import { wait } from '../kernel/clock.cts';
import { call, ForeignClient } from './foreignClient.cts';
import { startBitrix } from './start.cts';

let foreign: ForeignClient;

interface Product {
	id: number;
	name: string;
	xmlId: string;
	quantity: number;
}

beforeAll(async () => {
	foreign = await ForeignClient.start();
});
afterAll(async () => await foreign.close());

const iblockId = (): number => foreign.bitrix.catalogs.main.products;

const addProducts = async (client: TypeB24, count: number, prefix: string): Promise<void> => {
	const calls = Array.from({ length: count }, (_, index) => ({
		method: 'catalog.product.add',
		params: {
			fields: { iblockId: iblockId(), name: `${prefix} ${index} & "ё"`, xmlId: `${prefix}-${index}`, quantity: index },
		},
	}));
	const answer = await client.actions.v2.batchByChunk.make({ calls, options: { isHaltOnError: false } });
	expect(answer.isSuccess).toBe(true);
};

describe.each([
	['with a webhook', async (): Promise<TypeB24> => foreign.hook()],
	['with OAuth', async (): Promise<TypeB24> => await foreign.oauth()],
])('%s', (kind, connect) => {
	let client: TypeB24;

	beforeAll(async () => {
		client = await connect();
	});

	it('lists, creates, updates and deletes', async () => {
		const { element } = await call<{ element: Product }>(client, 'catalog.product.add', {
			fields: { iblockId: iblockId(), name: 'Чайник «Ё» 🫖', xmlId: `${kind}-1`, quantity: 2.5 },
		});
		expect(element).toMatchObject({ name: 'Чайник «Ё» 🫖', quantity: 2.5 });
		await call(client, 'catalog.product.update', { id: element.id, fields: { name: 'Самовар' } });
		const { products } = await call<{ products: Product[] }>(client, 'catalog.product.list', {
			select: ['id', 'iblockId', 'name'],
			filter: { iblockId: iblockId(), '=xmlId': [`${kind}-1`] },
		});
		expect(products).toEqual([{ id: element.id, iblockId: iblockId(), name: 'Самовар' }]);
		expect(await call(client, 'catalog.product.delete', { id: element.id })).toBe(true);
	});

	it('runs batches whose commands use earlier results', async () => {
		const answer = await client.actions.v2.batch.make({
			calls: {
				section: { method: 'catalog.section.add', params: { fields: { iblockId: iblockId(), name: `Раздел ${kind}` } } },
				product: {
					method: 'catalog.product.add',
					params: { fields: { iblockId: iblockId(), name: 'В разделе', iblockSectionId: '$result[section][section][id]' } },
				},
				failing: { method: 'catalog.nonsense', params: {} },
			},
			options: { isHaltOnError: false },
		});
		const results = answer.getData() as unknown as Record<
			string,
			{ section?: { id: number }; element?: { iblockSectionId: number } }
		>;
		expect(results.product?.element?.iblockSectionId).toBe(results.section?.section?.id);
		expect(answer.isSuccess).toBe(false);
		expect(answer.getErrorMessages()).toEqual(['Method not found!']);
	});

	it('reads long lists quickly and slowly', async () => {
		await addProducts(client, 120, kind);
		const params = { select: ['id', 'iblockId', 'xmlId'], filter: { iblockId: iblockId(), '%xmlId': `${kind}-` } };
		const quick: Product[] = [];
		for await (const page of client.actions.v2.fetchList.make<Product>({
			method: 'catalog.product.list',
			params,
			idKey: 'id',
			customKeyForResult: 'products',
		}))
			quick.push(...page);
		const slow = await client.actions.v2.callList.make<Product>({
			method: 'catalog.product.list',
			params,
			idKey: 'id',
			customKeyForResult: 'products',
		});
		expect(quick).toHaveLength(120);
		expect(slow.getData()).toEqual(quick);
		expect(new Set(quick.map(({ xmlId }) => xmlId)).size).toBe(120);
	});

	it('goes from page to page, filters and sorts', async () => {
		await addProducts(client, 120, `${kind} page`);
		const names = {
			filter: { iblockId: iblockId(), '=%xmlId': `${kind} page-%` },
			select: ['id', 'iblockId', 'quantity'],
		};
		const sizes: number[] = [];
		const quantities: number[] = [];
		type Page = AjaxResult<{ products: Product[] }>;
		let page: Page | false = await client.actions.v2.call.make<{
			products: Product[];
		}>({
			method: 'catalog.product.list',
			params: { ...names, order: { quantity: 'DESC' }, start: 0 },
		});
		while (page !== false) {
			expect(page.getTotal()).toBe(120);
			const products: Product[] = page.getData()?.result.products ?? [];
			sizes.push(products.length);
			quantities.push(...products.map(({ quantity }) => quantity));
			page = page.isMore() ? ((await page.getNext(client.getHttpClient('v2' as never))) as Page | false) : false;
		}
		expect(sizes).toEqual([50, 50, 20]);
		expect(quantities).toEqual(Array.from({ length: 120 }, (_, index) => 119 - index));
		const found = async (filter: Record<string, unknown>): Promise<number[]> => {
			const params = {
				...names,
				filter: { ...names.filter, ...filter },
				order: { quantity: 'ASC' },
			};
			return (await call<{ products: Product[] }>(client, 'catalog.product.list', params)).products.map(
				({ quantity }) => quantity,
			);
		};
		expect(await found({ '>=quantity': 10, '<quantity': 13, '!=quantity': 11 })).toEqual([10, 12]);
		expect(await found({ '=xmlId': [`${kind} page-3`, `${kind} page-5`] })).toEqual([3, 5]);
		expect(await found({ '%name': `${kind} page 11` })).toEqual([11, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119]);
		expect(await found({ '!%name': `${kind} page 1`, '<=quantity': 20 })).toEqual([0, 2, 3, 4, 5, 6, 7, 8, 9, 20]);
	});

	it('takes a price from a list within one batch, and stops at a failure when told', async () => {
		await addProducts(client, 1, `${kind} batch`);
		const filter = { iblockId: iblockId(), '=xmlId': `${kind} batch-0` };
		const answer = await client.actions.v2.batch.make({
			calls: {
				list: ['catalog.product.list', { select: ['id', 'iblockId'], filter }],
				type: ['catalog.priceType.list', { filter: { base: 'Y' } }],
				price: [
					'catalog.price.add',
					{
						fields: {
							productId: '$result[list][products][0][id]',
							catalogGroupId: '$result[type][priceTypes][0][id]',
							price: 1234.56,
							currency: 'RUB',
						},
					},
				],
				prices: ['catalog.price.list', { filter: { '@productId': ['$result[list][products][0][id]'] } }],
			},
			options: { isHaltOnError: true, returnAjaxResult: true },
		});
		expect(answer.getErrorMessages()).toEqual([]);
		const results = answer.getData() as unknown as Record<string, AjaxResult<{ prices: Array<{ price: number }> }>>;
		expect(results.prices?.getData()?.result.prices.map(({ price }) => price)).toEqual([1234.56]);
		const stopped = await client.actions.v2.batch.make({
			calls: [
				['server.time', {}],
				['catalog.nonsense', {}],
				[
					'catalog.product.add',
					{
						fields: {
							iblockId: iblockId(),
							name: 'nie',
							xmlId: `${kind} never`,
						},
					},
				],
			],
			options: { isHaltOnError: true },
		});
		expect(stopped.isSuccess).toBe(false);
		expect(
			await call(client, 'catalog.product.list', {
				select: ['id', 'iblockId'],
				filter: { iblockId: iblockId(), '=xmlId': `${kind} never` },
			}),
		).toEqual({ products: [] });
	});

	it('makes a family with properties, an order with its lines, and reads both', async () => {
		const { products: parents, offers } = foreign.bitrix.catalogs.main;
		const xmlId = `${kind} family`;
		const { productProperty } = await call<{ productProperty: { id: number } }>(client, 'catalog.productProperty.add', {
			fields: {
				iblockId: offers,
				name: 'Цвет',
				code: kind === 'with OAuth' ? 'COLOR_A' : 'COLOR_B',
				propertyType: 'L',
			},
		});
		const variants = await Promise.all(
			['Красный', 'Синий'].map(async (value) => {
				const fields = { propertyId: productProperty.id, value, xmlId: value };
				return (await call<{ productPropertyEnum: { id: number } }>(client, 'catalog.productPropertyEnum.add', { fields }))
					.productPropertyEnum.id;
			}),
		);
		const { sku } = await call<{ sku: Product }>(client, 'catalog.product.sku.add', {
			fields: { iblockId: parents, name: 'Футболка', xmlId },
		});
		const { offer } = await call<{ offer: Product }>(client, 'catalog.product.offer.add', {
			fields: {
				iblockId: offers,
				parentId: sku.id,
				name: 'Красная',
				xmlId: `${xmlId}#1`,
				quantity: 4,
				[`property${productProperty.id}`]: { value: variants[0] },
			},
		});
		const listed = await call<{ offers: Array<Record<string, unknown>> }>(client, 'catalog.product.offer.list', {
			select: ['id', 'iblockId', 'parentId', `property${productProperty.id}`],
			filter: { iblockId: offers, parentId: sku.id },
		});
		expect(listed.offers).toMatchObject([
			{
				id: offer.id,
				parentId: { value: String(sku.id) },
				[`property${productProperty.id}`]: { valueEnum: 'Красный' },
			},
		]);
		const { personTypes } = await call<{ personTypes: Array<{ id: number }> }>(client, 'sale.persontype.list');
		const { order } = await call<{ order: { id: number } }>(client, 'sale.order.add', {
			fields: {
				lid: 's1',
				personTypeId: personTypes[0]?.id,
				currency: 'RUB',
				userId: 1,
				statusId: 'N',
			},
		});
		await call(client, 'sale.basketitem.add', {
			fields: {
				orderId: order.id,
				productId: offer.id,
				currency: 'RUB',
				quantity: 3,
				name: 'Красная',
				customPrice: 'Y',
				basePrice: 100.1,
				price: 90.05,
				discountPrice: 10.05,
			},
		});
		const whole = await call<{
			order: {
				price: number;
				basketItems: Array<{ price: number; quantity: number }>;
			};
		}>(client, 'sale.order.get', { id: order.id });
		expect(whole.order).toMatchObject({
			price: 270.15,
			basketItems: [{ price: 90.05, quantity: 3 }],
		});
	});

	it('gets errors with their codes', async () => {
		await expect(client.actions.v2.call.make({ method: 'catalog.nonsense', params: {} })).rejects.toMatchObject({
			code: 'ERROR_METHOD_NOT_FOUND',
			status: 404,
		});
		const { guest } = foreign.bitrix.webhooks;
		await expect(call(foreign.hook(guest), 'sale.paysystem.list')).rejects.toMatchObject({
			code: 'ACCESS_DENIED',
			status: 403,
		});
	});

	it('sees no more than the HTTP status where the code is a number', async () => {
		await expect(call(client, 'catalog.product.list', { select: ['id'] })).rejects.toMatchObject({
			status: 400,
			message: expect.not.stringContaining('Required'),
		});
	});
});

it('finds the portal alive', async () => {
	expect(await foreign.hook().tools.healthCheck.make()).toBe(true);
	expect(await foreign.hook().tools.ping.make()).toBeGreaterThanOrEqual(0);
});

it('renews an expired token by itself', async () => {
	const client = await foreign.oauth();
	const before = await call<string[]>(client, 'scope');
	foreign.bitrix.portal.oauth.expireAccess();
	expect(await call(client, 'scope')).toEqual(before);
	expect(await call(client, 'app.info')).toMatchObject({ STATUS: 'L' });
});

it('waits when the rate limit is reached, and then goes on', async () => {
	const limited = await startBitrix({ https: true, plan: { bucket: 3, drain: 0.001 } });
	try {
		globalAgent.options.ca = [foreign.bitrix.certificate ?? '', limited.certificate ?? ''];
		const client = foreign.hook(limited.webhookUrl);
		const answers = Promise.all(Array.from({ length: 6 }, async () => await call<string>(client, 'server.time')));
		while (limited.counters.snapshot().refused < 3) await wait(5);
		limited.clock.advance(10_000_000);
		expect(await answers).toHaveLength(6);
	} finally {
		await limited.close();
	}
}, 30_000);
