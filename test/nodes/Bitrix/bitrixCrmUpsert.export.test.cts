import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { order, position, uuid } from '../../core/sync/crm/documents.ts';
import { placeDeals } from '../../simulators/bitrix/crm/placeDeals.cts';
import { chosen, Crm, stageRow, type Item } from './crmBench.cts';

const STORED = ['EXECUTING', 'WON', 'C1:EXECUTING', 'C1:WON', 'C5:EXECUTING', 'C5:WON'];
const DAY = 86_400_000;

interface Page {
	orders: IDataObject[];
	failed: IDataObject[];
	cursor: IDataObject;
}

describe('Bitrix CRM Upsert: Deals: Export Changed', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	async function exportPage(parameters: INodeParameters = {}): Promise<Page> {
		const run = await crm.run('exportDeals', [{}], { flow: 'deals', startDate: '2020-01-01', stages: STORED, ...parameters });
		if (run.error) throw run.error;
		const [orders = [], failed = [], [cursor] = []] = run.outputs.map((items) => items.map(({ json }) => json));
		return { orders, failed, cursor: cursor ?? {} };
	}

	/** Confirms with results as the node that makes customer orders gives them. */
	async function confirm({ orders, cursor }: Page, more: IDataObject = {}): Promise<IDataObject | undefined> {
		const results = orders.map(({ id }) => ({ status: 'created', key: `k${String(id)}`, moySkladId: null, bitrixId: id, changes: [], warnings: [], ...more }));
		const run = await crm.run('confirmDeals', [...results, cursor] as Item[], { flow: 'deals' });
		if (run.error) throw run.error;
		return run.outputs[2]?.[0]?.json ?? run.outputs[1]?.[0]?.json;
	}

	const addDeal = async (stage: string, more: object = {}): Promise<number> =>
		Number(await crm.call('crm.deal.add', { fields: { TITLE: 'Сделка', STAGE_ID: stage, CURRENCY_ID: 'RUB', OPPORTUNITY: 100, ...more } }));

	const later = (milliseconds: number): void => crm.bitrix.clock.advance(milliseconds);

	it('gives deals of the chosen stages with rows and customer, once', async () => {
		const company = await crm.call('crm.company.add', { fields: { TITLE: 'ООО «Ромашка»' } });
		await addDeal('NEW');
		const id = await addDeal('EXECUTING', { COMPANY_ID: company });
		await crm.call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Чай', PRICE: 50.25, QUANTITY: 2 }] });
		later(2000);
		const page = await exportPage();
		expect(page.orders).toMatchObject([{ id: String(id), total: '100.5', source: { entity: 'deal' }, customer: { company: 'ООО «Ромашка»' }, lines: [{ name: 'Чай', price: '50.25', quantity: '2' }] }]);
		const confirmed = await confirm(page);
		later(2000);
		expect((await exportPage({ cursor: JSON.stringify(confirmed?.cursor) })).orders).toEqual([]);
	});

	it('R021: a deal is exported when it reaches a stage, and again when it changes', async () => {
		const id = await addDeal('NEW');
		later(2000);
		let confirmed = await confirm(await exportPage());
		await crm.call('crm.deal.update', { id, fields: { STAGE_ID: 'WON' } });
		later(60_000);
		const reached = await exportPage({ cursor: JSON.stringify(confirmed?.cursor) });
		expect(reached.orders.map((one) => [one.id, (one.status as IDataObject).id])).toEqual([[String(id), 'WON']]);
		confirmed = await confirm(reached);
		later(60_000);
		await crm.call('crm.deal.update', { id, fields: { COMMENTS: 'Позвоните' } });
		later(60_000);
		expect((await exportPage({ cursor: JSON.stringify(confirmed?.cursor) })).orders).toHaveLength(1);
	});

	it('R117: what came from MoySklad or another system is not sent back', async () => {
		await crm.deals([order({ sum: 100, positions: { rows: [position('tea', { quantity: 1, price: 100 })] } }) as Item], { stageMap: { row: [stageRow('state', 'EXECUTING', { state: chosen('Новый') })] } });
		await addDeal('WON', { ORIGINATOR_ID: 'other', ORIGIN_ID: '1' });
		later(2000);
		expect((await exportPage({ stages: [] })).orders).toEqual([]);
		expect((await exportPage({ options: { bornElsewhere: true } })).orders).toMatchObject([{ bornElsewhere: true }]);
	});

	it('R116: an unconfirmed page comes again, and an open result holds the cursor back', async () => {
		await addDeal('WON');
		later(2000);
		const page = await exportPage();
		expect((await exportPage()).orders).toHaveLength(1);
		await expect(confirm(page, { status: 'failed', error: { code: 'X', kind: 'server', retryable: true, message: '', advice: '' } })).rejects.toMatchObject({ description: expect.stringContaining('ORDER_EXPORT_OPEN') as string });
		const letters = await crm.run('confirmDeals', [{ status: 'failed', key: 'k', bitrixId: page.orders[0]?.id, changes: [], warnings: [], error: { code: 'X', kind: 'data', retryable: false, message: '', advice: '' } }, page.cursor] as Item[], { flow: 'deals' });
		expect(letters.outputs.map((items) => items.length)).toEqual([0, 1, 1]);
	});

	it('the cursor of another portal or flow is refused', async () => {
		const { cursor } = await exportPage();
		await expect(exportPage({ flow: 'other', cursor: JSON.stringify(cursor.cursor) })).rejects.toMatchObject({ message: expect.stringContaining('flow') as string });
		await expect(exportPage({ siteKey: 'copy', cursor: JSON.stringify(cursor.cursor) })).rejects.toMatchObject({ message: expect.stringContaining('site key') as string });
	});

	describe('the first import', () => {
		it('R122: takes the last N days, to the moment', async () => {
			const ids = await Promise.all(['WON', 'WON', 'WON'].map(async (stage) => await addDeal(stage)));
			const { deals } = crm.bitrix.portal.store;
			const now = crm.bitrix.portal.now();
			const ages = [10 * DAY - 60_000, 10 * DAY + 60_000, 0];
			for (const [index, id] of ids.entries()) deals.update(id, { createdTime: now - (ages[index] ?? 0) });
			const { orders } = await exportPage({ startDate: '', firstImport: { daysBack: 10 } });
			expect(orders.map(({ id }) => Number(id)).sort()).toEqual([ids[0], ids[2]].sort());
		});

		it('R123, R129: has stages of its own, goes on page by page, and ends with a statistic that adds up', async () => {
			placeDeals(crm.bitrix.portal, crm.bitrix.catalogs, { count: 40, seed: 7, days: 5 });
			const kept = crm.kept('deals');
			const parameters = { startDate: '', pageSize: 15, firstImport: { daysBack: 30, stages: kept.map(({ stageId }) => String(stageId)) }, stages: ['LOSE'] } as INodeParameters;
			let cursor = '';
			let count = 0;
			let statistic: IDataObject | undefined;
			for (let pages = 0; pages < 6 && statistic === undefined; pages += 1) {
				const page = await exportPage({ ...parameters, cursor });
				count += page.orders.length;
				const confirmed = await confirm(page);
				cursor = JSON.stringify(confirmed?.cursor);
				statistic = confirmed?.statistic as IDataObject | undefined;
			}
			expect(count).toBe(40);
			expect(statistic).toMatchObject({ found: 40, exported: 40, leftOut: 0 });
			const groups = statistic?.groups as Array<{ pipeline: number; stage: string; count: number; sum: string; stageName: string; pipelineName: string }>;
			expect(groups.reduce((sum, one) => sum + one.count, 0)).toBe(40);
			expect(Math.round(groups.reduce((sum, one) => sum + Number(one.sum), 0) * 100)).toBe(kept.reduce((sum, { opportunity }) => sum + Number(opportunity), 0));
			expect(groups.every(({ stageName, pipelineName }) => stageName !== '' && pipelineName !== '')).toBe(true);
			later(60_000);
			await crm.call('crm.deal.update', { id: kept[0]?.id, fields: { COMMENTS: 'x' } });
			later(60_000);
			expect(await exportPage({ ...parameters, cursor })).toMatchObject({ orders: [], cursor: { more: false } });
		});
	});

	describe('a deal that has become an order', () => {
		/** The customer order that was made from a deal. */
		const orderOf = (id: number, more: object = {}): Item =>
			order({ word: `of ${id}`, externalCode: `bitrix:${new URL(crm.bitrix.url).host}:deal:${id}`, sum: 10_050, positions: { rows: [position('tea', { quantity: 2, price: 5025 })] }, ...more }) as Item;

		it('is the deal of that order: no second one is made, and MoySklad is its master from then on', async () => {
			const id = await addDeal('EXECUTING');
			await crm.call('crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Товар tea', PRICE: 50.25, QUANTITY: 2, MEASURE_CODE: 796 }] });
			const [bound] = await crm.deals([orderOf(id)], { stageMap: { row: [stageRow('shipped', 'WON')] } });
			expect(bound).toMatchObject({ status: 'updated', bitrixId: String(id) });
			expect(await crm.deal(id)).toMatchObject({ TITLE: 'Сделка', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid(`of ${id}`) });
			await crm.deals([orderOf(id, { shippedSum: 10_050 })], { stageMap: { row: [stageRow('shipped', 'WON')] } });
			expect(await crm.deal(id)).toMatchObject({ STAGE_ID: 'WON' });
			expect(crm.kept('deals')).toHaveLength(1);
			later(60_000);
			expect((await exportPage()).orders).toEqual([]);
		});

		it('that was deleted since is not made again', async () => {
			const id = await addDeal('EXECUTING');
			await crm.call('crm.deal.delete', { id });
			const [result] = await crm.deals([orderOf(id)]);
			expect(result).toMatchObject({ status: 'skipped', warnings: expect.arrayContaining([expect.objectContaining({ code: 'CRM_GONE' })]) });
			expect(crm.kept('deals')).toEqual([]);
		});

		it('of another portal is none of this one', async () => {
			const id = await addDeal('EXECUTING');
			expect((await crm.deals([orderOf(id, { externalCode: `bitrix:other:deal:${id}` })]))[0]?.status).toBe('created');
			expect((await crm.deals([orderOf(id, { word: 'x', externalCode: `bitrix:other:deal:${id}` })], { options: { siteKey: 'other' } }))[0]?.bitrixId).toBe(String(id));
		});

		it('an order of the store of the portal gets no deal: the portal makes it itself', async () => {
			const [result] = await crm.deals([orderOf(7, { externalCode: `bitrix:${new URL(crm.bitrix.url).host}:7` })]);
			expect(result).toMatchObject({ status: 'skipped', warnings: [{ code: 'CRM_STORE_ORDER' }] });
			expect(crm.kept('deals')).toEqual([]);
		});
	});
});
