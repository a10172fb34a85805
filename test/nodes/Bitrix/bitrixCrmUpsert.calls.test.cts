import { order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, type Item, type Result } from './crmBench.cts';

const COUNT = 500;

const orders = (more: object = {}): Item[] =>
	Array.from({ length: COUNT }, (_, index) =>
		order({
			word: `order ${index}`, name: String(index), sum: 30_000 + index, agent: partner(`firm ${index % 50}`),
			positions: { rows: [position(`good ${index % 100}`, { quantity: 2, price: 10_000 }), position(`good ${(index + 1) % 100}`, { quantity: 1, price: 10_000 + index })] },
			...more,
		}) as Item);

const statuses = (results: Result[]): string[] => [...new Set(results.map(({ status }) => status))];

describe('Bitrix CRM Upsert needs few calls', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const catalog = (): never => ({ catalog: chosen(crm.bitrix.catalogs.main.products) }) as never;

	it('500 deals with rows and customers: made in 49, compared in 16, and with one change in 18', async () => {
		for (let index = 0; index < 50; index += 1) await crm.call('crm.company.add', { fields: { TITLE: 'x', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid(`firm ${index}`) } });
		crm.resetCounters();
		expect(statuses(await crm.deals(orders(), catalog()))).toEqual(['created']);
		expect(crm.calls()).toBeLessThanOrEqual(49);
		crm.resetCounters();
		expect(statuses(await crm.deals(orders(), catalog()))).toEqual(['unchanged']);
		expect(crm.calls()).toBeLessThanOrEqual(16);
		expect(crm.writes()).toEqual({});
		crm.resetCounters();
		const changed = orders();
		changed[250] = { ...changed[250], currencyNote: 'x', sum: 5000, positions: { rows: [position('good 1', { quantity: 1, price: 5000 })] } } as never;
		await crm.deals(changed, catalog());
		expect(crm.writes()).toEqual({ 'crm.deal.update': 1, 'crm.deal.productrows.set': 1 });
		expect(crm.calls()).toBeLessThanOrEqual(18);
	}, 120_000);

	it('500 firms with requisites, accounts and addresses: made in 101, compared in 7', async () => {
		const firms = Array.from({ length: COUNT }, (_, index) => partner(`firm ${index}`, {
			inn: String(7_700_000_000 + index), phone: `+7495${1_000_000 + index}`, legalAddress: `Москва, ${index}`,
			accounts: { rows: [{ id: uuid(`account ${index}`), accountNumber: String(40_702_810_000 + index) }] }, contactpersons: { rows: [] },
		}) as Item);
		crm.resetCounters();
		expect(statuses(await crm.partners(firms))).toEqual(['created']);
		// 1,000 questions for phones and e-mails, 20 of INNs; 1,000 commands for firms and requisites, 1,000 for accounts and addresses.
		expect(crm.calls()).toBeLessThanOrEqual(101);
		crm.resetCounters();
		expect(statuses(await crm.partners(firms))).toEqual(['unchanged']);
		expect(crm.calls()).toBeLessThanOrEqual(7);
		expect(crm.writes()).toEqual({});
	}, 120_000);

	it('no items, no calls', async () => {
		crm.resetCounters();
		await crm.deals([{ junk: true }]);
		await crm.partners([{ junk: true }]);
		expect(crm.calls()).toBe(0);
	});
});
