import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { CatalogClient } from '../simulators/bitrix/catalogClient';
import { must } from '../simulators/bitrix/restClient';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import type { SalePrices } from '../simulators/moysklad/engine/priceKinds.cts';

const WITHIN_MS = 120_000;
const RUN = 'Run Now';
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;

describe('Template 28: new goods of Bitrix24', () => {
	let installation: Installation;
	let shop: CatalogClient;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 12, pictures: 0, variantShare: 0.2, variantsEach: 2, bundles: 1, services: 2 } },
			settings: { '28': { pageSize: 50, leaseMinutes: LEASE_MINUTES } },
		});
		shop = new CatalogClient(installation.bitrix);
		await importCatalog(installation);
	});
	afterAll(async () => await installation?.stop());

	/** Runs the template, and counts what it changed in both systems. */
	async function takeOver(): Promise<{ bitrix: number; moySklad: number; error: string | undefined; executed: string[] }> {
		const { bitrix, moySklad, api } = installation;
		bitrix.counters.reset();
		moySklad.counters.reset();
		const { run } = await api.run(installation.workflow('28').id, RUN, undefined, WITHIN_MS);
		return { bitrix: calls(bitrix, /\.(add|update|delete)$/), moySklad: calls(moySklad, /^(POST|PUT|DELETE) /), error: run.error?.message, executed: run.executed };
	}

	const calls = ({ counters }: Pick<Installation['bitrix'], 'counters'>, routes: RegExp): number =>
		Object.entries(counters.snapshot().routes).reduce((sum, [route, count]) => sum + (routes.test(route) ? count.calls : 0), 0);

	const table = (type: string): Row[] => installation.moySklad.account.table(type).all();
	const named = (name: string, type = 'product'): Row[] => table(type).filter((row) => row.name === name);
	const elements = () => installation.bitrix.portal.store.elements;

	/** Which object of MoySklad an item of the store belongs to, as the store says. */
	function linkOf(id: number): unknown {
		const property = installation.bitrix.portal.store.properties.all().find(({ code, iblockId }) => code === 'MOYSKLAD_ID' && iblockId === elements().get(id)?.iblockId);
		return elements().get(id)?.properties[property?.id ?? 0]?.[0]?.value;
	}

	async function addProduct(name: string, roubles: number, fields: Record<string, unknown> = {}): Promise<number> {
		const id = Number((await shop.addProduct({ name, ...fields })).id);
		const base = installation.bitrix.portal.store.priceTypes.all().find((type) => type.base === 'Y');
		await must(shop.rest('catalog.price.add', { fields: { productId: id, catalogGroupId: base?.id, price: roubles, currency: 'RUB' } }));
		return id;
	}

	const kopecks = (row: Row | undefined): number | undefined => ((row?.salePrices ?? {}) as SalePrices)[installation.moySklad.account.priceTypes[0]?.id ?? '']?.value;

	async function failures(): Promise<StoredRow[]> {
		const { id } = await installation.api.dataTables.named('msbx_failures');
		return (await installation.api.dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: 'newGoods' }] })).data;
	}

	it('first only looks where the catalog ends', async () => {
		const before = table('product').length;
		expect(await takeOver()).toMatchObject({ bitrix: 0, moySklad: 0, error: undefined });
		expect(table('product')).toHaveLength(before);
		expect(await flowState(installation.api, 'newGoods')).toMatchObject({ after: Math.max(...elements().all().filter(({ iblockId }) => iblockId === shop.products).map(({ id }) => id)) });
	});

	it('makes what people make in the store once, links both, and says what it leaves alone', async () => {
		const counts = { products: table('product').length, services: table('service').length };
		const ids = [await addProduct('Чашка «Новая»', 1234.56), await addProduct('Лампа & Co', 0.01), await addProduct('Стол', 99_999.99)];
		const service = Number((await must(shop.rest('catalog.product.service.add', { fields: { iblockId: shop.products, name: 'Сборка' } }))).service?.id);
		const sku = Number((await shop.addSku({ name: 'Футболка' })).id);
		const { error, bitrix } = await takeOver();
		expect(error).toBeUndefined();
		expect(bitrix).toBe(4);
		expect([table('product').length, table('service').length]).toEqual([counts.products + 3, counts.services + 1]);
		expect(['Чашка «Новая»', 'Лампа & Co', 'Стол'].map((name) => kopecks(named(name)[0]))).toEqual([123_456, 1, 9_999_999]);
		expect(ids.map(linkOf)).toEqual(['Чашка «Новая»', 'Лампа & Co', 'Стол'].map((name) => named(name)[0]?.id));
		expect(linkOf(service)).toBe(named('Сборка', 'service')[0]?.id);
		expect((await failures()).map(({ code, bitrixId, retryable }) => [code, bitrixId, retryable])).toEqual([['NEW_ITEM_KIND', String(sku), false]]);
		expect(await takeOver()).toMatchObject({ bitrix: 0, moySklad: 0, error: undefined });
		expect(await failures()).toHaveLength(1);
	});

	it('closes the circle: the full import finds every item by what was made of it', async () => {
		const before = elements().all().length;
		expect(await importCatalog(installation)).toMatchObject({ created: 0, failed: 0 });
		expect(elements().all()).toHaveLength(before);
		expect(await takeOver()).toMatchObject({ bitrix: 0, moySklad: 0 });
	});

	it('links what MoySklad knows by its XML_ID, and makes nothing of it', async () => {
		const [known] = table('bundle');
		const [item] = elements().where('xmlId', String(known?.externalCode));
		elements().remove(item?.id ?? 0);
		const id = await addProduct('Набор', 5, { xmlId: known?.externalCode });
		expect(await takeOver()).toMatchObject({ bitrix: 1, moySklad: 0, error: undefined });
		expect(linkOf(id)).toBe(known?.id);
	});

	it('does a page again after a failure that passes', async () => {
		const { moySklad, api } = installation;
		const id = await addProduct('Полка', 10);
		const { after } = await flowState(api, 'newGoods');
		moySklad.faults.set([{ kind: 'serverError', share: 1, route: '^POST /entity/product$' }]);
		expect((await takeOver()).error).toContain('1 items could not be taken over for now');
		expect(await flowState(api, 'newGoods')).toMatchObject({ after });
		expect(linkOf(id)).toBeUndefined();
		moySklad.faults.set([]);
		expect(await takeOver()).toMatchObject({ bitrix: 1, moySklad: 1, error: undefined });
		expect(linkOf(id)).toBe(named('Полка')[0]?.id);
	});

	it('makes nothing twice when it was killed between making and linking', async () => {
		const { api, n8n, moySklad } = installation;
		const ids = [await addProduct('Первый', 1), await addProduct('Второй', 2)];
		moySklad.faults.set([{ kind: 'hangAfter', share: 1, route: '^POST /entity/product$', milliseconds: 60_000 }]);
		void api.run(installation.workflow('28').id, RUN, undefined, WITHIN_MS).catch(() => undefined);
		await waitFor('The products in MoySklad', WITHIN_MS, async () => await Promise.resolve(named('Второй')[0]));
		await n8n.kill();
		await n8n.restart();
		moySklad.faults.set([]);
		await new Promise((resolve) => setTimeout(resolve, LEASE_MINUTES * 60_000));
		expect(ids.map(linkOf)).toEqual([undefined, undefined]);
		expect(await takeOver()).toMatchObject({ bitrix: 2, moySklad: 0, error: undefined });
		expect([named('Первый'), named('Второй')].map((rows) => rows.length)).toEqual([1, 1]);
		expect(ids.map(linkOf)).toEqual([named('Первый')[0]?.id, named('Второй')[0]?.id]);
	});

	it('of two runs at the same time one works, the other one ends at the lease', async () => {
		const { api } = installation;
		const { id } = installation.workflow('28');
		const item = await addProduct('Третий', 3);
		const runs = await Promise.all([api.run(id, RUN, undefined, WITHIN_MS), api.run(id, RUN, undefined, WITHIN_MS)]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(runs.filter(({ run }) => run.executed.includes('Next Page'))).toHaveLength(1);
		expect(named('Третий').map((row) => row.id)).toEqual([linkOf(item)]);
	});
});
