import { link, order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, type Item } from '../../nodes/Bitrix/crmBench.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const ROWS = { sum: 10_000, positions: { rows: [position('tea', { quantity: 3, price: 3333.3333 })] } };

const INVOICE: Item = { ...order(ROWS), ...link('invoiceout', 'invoice'), id: uuid('invoice'), name: '0007', customerOrder: link('customerorder', 'order') };

/** Done for the order. */
const WORKS: Item = {
	...link('demand', 'works'), id: uuid('works'), name: 'Р-1', moment: '2026-11-21 12:00:00.000', sum: 180_000, customerOrder: link('customerorder', 'order'),
	positions: { rows: [{ quantity: 2, price: 90_000, assortment: { name: 'Настройка кассы' } }] },
};

const PEOPLE: Item[] = [
	partner('Ромашка', { inn: '7701234567', kpp: '770101001', phone: '8 (495) 111-22-33', email: 'info@romashka.example.com' }),
	partner('Иван', { name: 'Петров Иван Сергеевич', companyType: 'individual', phone: '8 916 123-45-67', accounts: { rows: [] }, contactpersons: { rows: [] } }),
] as Item[];

/** Of Bitrix CRM Upsert. */
export async function ofCrm(): Promise<OutputSchemas> {
	const crm = await Crm.open();
	try {
		const file = (operation: string): string => outputFile('Bitrix', operation);
		const both = async (operation: string, items: Item[]) => outputSchema([...(await crm.results(operation, items)), ...(await crm.results(operation, items))]);
		const found: OutputSchemas = { [file('upsertPartners')]: await both('upsertPartners', PEOPLE) };
		found[file('upsertDeals')] = await both('upsertDeals', [order(ROWS) as Item]);
		found[file('upsertInvoices')] = await both('upsertInvoices', [INVOICE]);
		found[file('sendMessages')] = outputSchema(await crm.results('sendMessages', [{ text: 'Новая сделка' }], { chat: chosen('chat13'), text: '={{ $json.text }}' }));
		found[file('addComments')] = outputSchema(await crm.results('addComments', [WORKS], { order: '={{ $json.customerOrder }}' }));
		const [deal] = crm.kept('deals');
		await crm.call('crm.deal.update', { id: deal?.id, fields: { STAGE_ID: 'EXECUTING', ORIGIN_ID: '', ORIGINATOR_ID: '' } });
		crm.bitrix.clock.advance(2000);
		const run = await crm.run('exportDeals', [{}], { flow: 'deals', startDate: '2020-01-01', stages: ['EXECUTING'] });
		if (run.error) throw run.error;
		found[file('exportDeals')] = outputSchema(run.json(0));
		const results = run.json(0).map(({ id }) => ({ status: 'created', key: `key ${String(id)}`, moySkladId: null, bitrixId: id, changes: [], warnings: [] }));
		const confirmed = await crm.run('confirmDeals', [...results, ...run.json(2)] as Item[], { flow: 'deals' });
		if (confirmed.error) throw confirmed.error;
		found[file('confirmDeals')] = outputSchema(confirmed.outputs.flat().map(({ json }) => json));
		for (const TITLE of ['ООО «Ромашка»', 'Ромашка']) await crm.call('crm.company.add', { fields: { TITLE, PHONE: [{ VALUE: '8 916 123-45-67', VALUE_TYPE: 'WORK' }] } });
		found[file('findDuplicates')] = outputSchema(await crm.results('findDuplicates', [{}]));
		return found;
	} finally {
		await crm.close();
	}
}
