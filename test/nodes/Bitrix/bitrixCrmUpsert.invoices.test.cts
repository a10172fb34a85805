import type { INodeParameters } from 'n8n-workflow';
import { link, order, position, uuid } from '../../core/sync/crm/documents.ts';
import { Crm, type Item, type Result } from './crmBench.cts';

const rows = { positions: { rows: [position('tea', { quantity: 3, price: 3333.3333 })] }, sum: 10_000 };

const invoice = (more: object = {}): Item => ({ ...order({ ...rows, ...more }), ...link('invoiceout', 'invoice'), id: uuid('invoice'), name: '0007', customerOrder: link('customerorder', 'order'), ...more }) as Item;

describe('Bitrix CRM Upsert: Invoices: Upsert From Invoices', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const invoices = async (items: Item[], parameters: INodeParameters = {}): Promise<Result[]> => await crm.results('upsertInvoices', items, parameters);

	it('R121: makes a smart invoice of the deal of the order, to the kopeck, once', async () => {
		const [deal] = await crm.deals([order(rows) as Item]);
		const [made] = await invoices([invoice()]);
		expect(made?.status).toBe('created');
		const [kept] = crm.kept('smartInvoices');
		expect(kept).toMatchObject({ title: 'Счёт 0007', opportunity: 10_000, xmlId: uuid('invoice') });
		const { item } = (await crm.call('crm.item.get', { entityTypeId: 31, id: Number(made?.bitrixId) })) as unknown as { item: Record<string, unknown> };
		expect(item).toMatchObject({ parentId2: Number(deal?.bitrixId), opportunity: 100 });
		crm.resetCounters();
		expect((await invoices([invoice()]))[0]?.status).toBe('unchanged');
		expect(crm.writes()).toEqual({});
	});

	it('writes only what has changed', async () => {
		await invoices([invoice()]);
		crm.resetCounters();
		const [changed] = await invoices([invoice({ sum: 20_000, positions: { rows: [position('tea', { quantity: 2, price: 10_000 })] } })]);
		expect(changed).toMatchObject({ status: 'updated', changes: [{ field: 'productRows' }] });
		expect(crm.writes()).toEqual({ 'crm.item.update': 1, 'crm.item.productrow.set': 1 });
		expect(crm.kept('smartInvoices')).toMatchObject([{ opportunity: 20_000 }]);
	});

	it('positions that do not come to the sum: nothing is written', async () => {
		expect((await invoices([invoice({ sum: 12_345 })]))[0]?.error?.code).toBe('CRM_SUM_DIFFERS');
		expect(crm.kept('smartInvoices')).toEqual([]);
	});

	it('without a deal it stands alone until there is one', async () => {
		const [made] = await invoices([invoice()]);
		const [deal] = await crm.deals([order(rows) as Item]);
		expect((await invoices([invoice()]))[0]?.status).toBe('updated');
		const { item } = (await crm.call('crm.item.get', { entityTypeId: 31, id: Number(made?.bitrixId) })) as unknown as { item: Record<string, unknown> };
		expect(item.parentId2).toBe(Number(deal?.bitrixId));
	});

	it('Preview writes nothing', async () => {
		expect((await invoices([invoice()], { preview: true }))[0]?.status).toBe('planned');
		expect(crm.kept('smartInvoices')).toEqual([]);
	});
});
