import type { INode } from 'n8n-workflow';
import { Installation } from '../demo/installation.cts';
import { flowState, importCatalog } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import type { StoredRow } from '../n8n/dataTables.cts';
import { control } from '../simulators/moysklad/control.cts';
import { asRef, type Row } from '../simulators/moysklad/engine/schema.cts';
import type { SalePrices } from '../simulators/moysklad/engine/priceKinds.cts';
import { DISCOUNT_TAGS } from '../simulators/moysklad/seedingDiscounts.cts';

const WITHIN_MS = 120_000;
const RUN = 'Update Now';
/** Short, so that the lease of a killed run ends while the test waits. */
const LEASE_MINUTES = 0.1;
const WHOLESALE = 'Опт со скидкой';
const DEALERS = 'Цена дилера';
/** The shop has goods that cost more in bulk than one by one. */
const ABOVE = 'The special price “Цены дилеров” is above the base price of some goods, which was taken there instead';

type Json = Record<string, unknown>;

describe('Template 27: discounts into price types', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: 24, pictures: 0, variantShare: 0.2, variantsEach: 2, bundles: 2, services: 2 } },
			settings: { '27': { pageSize: 10, leaseMinutes: LEASE_MINUTES } },
		});
		await importCatalog(installation);
		await choosePrices();
	});
	afterAll(async () => await installation?.stop());

	const locator = (mode: string, value: string) => ({ __rl: true, mode, value });
	const bitrixType = (name: string): number => installation.bitrix.portal.store.priceTypes.all().find((type) => type.name === name)?.id ?? 0;

	/** What a user enters: two prices for groups, and where they go. */
	async function choosePrices(): Promise<void> {
		const workflow = installation.workflow('27');
		const group = (name: string, tag: string): Json => ({ name, buyers: 'group', group: locator('id', tag), base: locator('list', '') });
		node('Page').parameters.computedPrices = { price: [group(WHOLESALE, DISCOUNT_TAGS.wholesale), group(DEALERS, DISCOUNT_TAGS.dealers)] } as never;
		const pair = (from: string, to: string): Json => ({ from: locator('computed', from), to: locator('id', String(bitrixType(to))) });
		node('Update Prices').parameters.priceTypes = { pair: [pair(WHOLESALE, 'OPT'), pair(DEALERS, 'EXPORT')] } as never;
		await installation.api.update(workflow);
	}

	const node = (name: string): INode => installation.workflow('27').nodes.find((one) => one.name === name) as INode;

	const edit = async (method: string, path: string, body?: object): Promise<Json> =>
		((await control(installation.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { body: Json }).body;

	/** Commands that change something in Bitrix during a run. */
	async function update(): Promise<{ writes: number; error: string | undefined; executed: string[] }> {
		installation.bitrix.counters.reset();
		const { run } = await installation.api.run(installation.workflow('27').id, RUN, undefined, WITHIN_MS);
		const { routes } = installation.bitrix.counters.snapshot();
		const writes = Object.entries(routes).reduce((sum, [route, { calls }]) => sum + (/\.(add|update|delete|modify)$/.test(route) ? calls : 0), 0);
		return { writes, error: run.error?.message, executed: run.executed };
	}

	const table = (type: string): Row[] => installation.moySklad.account.table(type).all();
	const find = (ref: unknown): Row | undefined => installation.moySklad.account.find(asRef(ref));

	/** Everything that has a price of its own in the store. */
	function sold(): Row[] {
		const parents = new Set(table('variant').map(({ product }) => asRef(product)?.id));
		return ['product', 'variant', 'bundle', 'service'].flatMap(table).filter((row) => !installation.moySklad.account.isArchived(row) && !parents.has(row.id));
	}

	const pricesOf = (row: Row): SalePrices => {
		const own = (row.salePrices ?? {}) as SalePrices;
		return Object.keys(own).length > 0 ? own : ((find(row.product)?.salePrices ?? {}) as SalePrices);
	};
	const kopecks = (row: Row, type: string): number => pricesOf(row)[installation.moySklad.account.priceTypes.find(({ name }) => name === type)?.id ?? '']?.value ?? 0;

	function isBelow(row: Row, folder: string): boolean {
		for (let ref = asRef((find(row.product) ?? row).productFolder); ref; ref = asRef(find(ref)?.productFolder)) if (ref.id === folder) return true;
		return false;
	}

	/** Reckoned anew, in whole kopecks: `hundredths` per cent of a price, halves up. */
	const less = (price: number, hundredths: number): number => Number((BigInt(price) * BigInt(10_000 - hundredths) * 2n + 10_000n) / 20_000n);

	/** By the key of the good: what the store shows in a price type, in kopecks. */
	function shown(type: string): Map<string, number> {
		const { elements, prices } = installation.bitrix.portal.store;
		return new Map(prices.all().filter(({ catalogGroupId }) => catalogGroupId === bitrixType(type)).map(({ productId, price }) => [elements.get(productId)?.xmlId ?? '', price]));
	}

	const keyOf = (row: Row): string => (row.product === undefined ? String(row.externalCode) : `${String(find(row.product)?.externalCode)}#${String(row.externalCode)}`);
	const wanted = (price: (row: Row) => number): Map<string, number> => new Map(sold().map((row) => [keyOf(row), price(row)] as const).filter(([, value]) => value > 0));
	const folder = (): string => asRef((table('specialpricediscount')[0]?.productFolders as unknown[])[0])?.id ?? '';

	async function failures(): Promise<StoredRow[]> {
		const { id } = await installation.api.dataTables.named('msbx_failures');
		return (await installation.api.dataTables.rows(id, { filters: [{ columnName: 'flow', condition: 'eq', value: 'discounts' }] })).data;
	}

	it('writes the price of each group into its price type, to the kopeck, and a second run writes nothing', async () => {
		const { error, writes } = await update();
		expect(error).toBeUndefined();
		expect(writes).toBeGreaterThan(0);
		const retail = (row: Row): number => kopecks(row, 'Цена продажи');
		const wholesale = wanted((row) => (isBelow(row, folder()) ? less(retail(row), 1000) : retail(row)));
		expect(wholesale.size).toBe(sold().length);
		expect([...wholesale.values()].some((value) => value % 100 !== 0)).toBe(true);
		expect(shown('OPT')).toEqual(wholesale);
		expect(shown('EXPORT')).toEqual(wanted((row) => (kopecks(row, 'Оптовая') > 0 ? Math.min(retail(row), kopecks(row, 'Оптовая')) : retail(row))));
		expect(sold().some((row) => kopecks(row, 'Оптовая') > retail(row))).toBe(true);
		expect(await update()).toMatchObject({ writes: 0, error: undefined });
		expect(await flowState(installation.api, 'discounts')).toMatchObject({ step: 'done', failed: 0, updated: 0, findings: [ABOVE] });
		expect((await flowState(installation.api, 'discounts')).done).toBe((await flowState(installation.api, 'discounts')).total);
	});

	it('a changed discount changes exactly the goods that it is on', async () => {
		const before = { opt: shown('OPT'), export: shown('EXPORT') };
		const [good] = sold().filter((row) => row.type === 'product' && !isBelow(row, folder()));
		const [inside] = sold().filter((row) => row.type === 'product' && isBelow(row, folder()));
		const chosen = [good, inside].filter((row) => row !== undefined);
		await edit('POST', 'entity/specialpricediscount', {
			name: 'Неделя', active: true, allAgents: false, agentTags: [DISCOUNT_TAGS.wholesale], allProducts: false, usePriceType: false, discount: 12.5,
			assortment: chosen.map((row) => ({ meta: { href: installation.moySklad.account.hrefOf({ type: row.type, id: row.id }), type: row.type } })),
		});
		expect(await update()).toMatchObject({ writes: chosen.length, error: undefined });
		const changed = new Map(before.opt);
		for (const row of chosen) changed.set(keyOf(row), less(kopecks(row, 'Цена продажи'), isBelow(row, folder()) ? 2250 : 1250));
		expect(shown('OPT')).toEqual(changed);
		expect(shown('EXPORT')).toEqual(before.export);
	});

	it('what cannot be a price is reported once a run, and changes nothing', async () => {
		const [accumulation] = table('accumulationdiscount');
		await edit('PUT', `entity/accumulationdiscount/${String(accumulation?.id)}`, { active: true, levels: [{ amount: 0, discount: 50 }] });
		for (let run = 0; run < 2; run += 1) {
			expect(await update()).toMatchObject({ writes: 0, error: undefined });
			expect((await failures()).map(({ code, retryable, message }) => [code, retryable, message]).sort()).toEqual([
				['DISCOUNT_ABOVE_PRICE', false, ABOVE],
				['DISCOUNT_ACCUMULATING', false, 'The accumulating discount “Накопительная” depends on what a buyer has bought before, so it is in no price'],
			]);
		}
		expect(await flowState(installation.api, 'discounts')).toMatchObject({ findings: [expect.stringContaining('Накопительная') as unknown, ABOVE] });
		await edit('PUT', `entity/accumulationdiscount/${String(accumulation?.id)}`, { active: false });
		await update();
		expect((await failures()).map(({ code }) => code)).toEqual(['DISCOUNT_ABOVE_PRICE']);
	});

	it('P1: prices that would fall by more than half are held, kept with their code, and fail the execution at its end', async () => {
		const before = shown('EXPORT');
		const made = await edit('POST', 'entity/specialpricediscount', {
			name: 'Распродажа', active: true, allAgents: false, agentTags: [DISCOUNT_TAGS.dealers], allProducts: true, usePriceType: false, discount: 70,
		});
		const { writes, error, executed } = await update();
		expect({ writes, error, executed: executed.at(-1) }).toMatchObject({ writes: 0, error: expect.stringContaining('items did not get their prices') as unknown });
		const kept = await failures();
		expect(kept.filter(({ code }) => code === 'CATALOG_PRICE_FALL')).toHaveLength(before.size);
		// The sale meets the special price of the dealers: MoySklad does not say how these add up.
		expect(kept.filter(({ code }) => code !== 'CATALOG_PRICE_FALL').map(({ code }) => code).sort()).toEqual(['DISCOUNT_ABOVE_PRICE', 'DISCOUNT_TOGETHER']);
		expect(shown('EXPORT')).toEqual(before);
		await edit('DELETE', `entity/specialpricediscount/${String(made.id)}`);
		expect(await update()).toMatchObject({ writes: 0, error: undefined });
	});

	it('of two runs at the same time one works, the other one ends at the lease', async () => {
		const { api } = installation;
		const { id } = installation.workflow('27');
		const runs = await Promise.all([api.run(id, RUN, undefined, WITHIN_MS), api.run(id, RUN, undefined, WITHIN_MS)]);
		expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(runs.filter(({ run }) => run.executed.includes('Next Page'))).toHaveLength(1);
	});

	it('goes on where it was killed', async () => {
		const { api, n8n, moySklad } = installation;
		moySklad.faults.set([{ kind: 'slow', share: 1, route: 'GET /entity/assortment', milliseconds: 700 }]);
		void api.run(installation.workflow('27').id, RUN, undefined, WITHIN_MS).catch(() => undefined);
		const reached = await waitFor('The second page', WITHIN_MS, async () => {
			const state = await flowState(api, 'discounts');
			return state.step === 'prices' && Number(state.offset) > 0 ? state : undefined;
		});
		await n8n.kill();
		await n8n.restart();
		moySklad.faults.set([]);
		await new Promise((resolve) => setTimeout(resolve, LEASE_MINUTES * 60_000));
		expect(await update()).toMatchObject({ writes: 0, error: undefined });
		const state = await flowState(api, 'discounts');
		expect(state).toMatchObject({ step: 'done', started: reached.started });
		expect(state.done).toBe(state.total);
	});
});
