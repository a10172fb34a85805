import { order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { chosen, Crm, type Item, type Result } from './crmBench.cts';

const orders = (count: number): Item[] =>
	Array.from({ length: count }, (_, index) => order({ word: `order ${index}`, sum: 10_000, positions: { rows: [position('tea', { quantity: 1, price: 10_000 })] } }) as Item);

const statuses = (results: Result[]): string[] => [...new Set(results.map(({ status }) => status))];

describe('Bitrix CRM Upsert by an application (OAuth2)', () => {
	let crm: Crm;
	beforeAll(async () => (crm = await Crm.open({ edition: 'cloud' })));
	afterAll(async () => await crm.close());

	const application = { application: true };

	it('every operation does what it does by a webhook, and finds what that has made', async () => {
		const [company] = await crm.partners([partner('Ромашка', { inn: '7701234567' }) as Item], {}, application);
		const [deal] = await crm.deals(orders(1), {}, application);
		expect([company?.status, deal?.status]).toEqual(['created', 'created']);
		expect(await crm.deal(deal?.bitrixId ?? '')).toMatchObject({ COMPANY_ID: company?.bitrixId });
		expect(statuses(await crm.deals(orders(1)))).toEqual(['unchanged']);
		const works = { meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/demand/' + uuid('d'), type: 'demand' }, id: uuid('d'), name: '1', sum: 100 };
		const [told] = await crm.results('addComments', [works], { order: uuid('order 0') }, application);
		const [sent] = await crm.results('sendMessages', [{ text: 'x' }], { chat: chosen('chat13'), text: '={{ $json.text }}' }, application);
		const page = await crm.run('exportDeals', [{}], { flow: 'deals', startDate: '2020-01-01' }, application);
		expect([told?.status, sent?.status, page.error, page.outputs[2]?.length]).toEqual(['created', 'created', undefined, 1]);
	});
});

describe('Bitrix CRM Upsert inside the operating limit', () => {
	it('60 deals that cost half of it are made in batches, and no call is refused', async () => {
		const crm = await Crm.open({ edition: 'cloud', operating: { limit: 480, costs: [{ method: 'crm.deal.add', seconds: 4 }] } });
		try {
			expect(statuses(await crm.deals(orders(60)))).toEqual(['created']);
			const { routes } = crm.bitrix.counters.snapshot();
			expect(Object.entries(routes).filter(([route, { calls }]) => /deal\.add$/.test(route) && calls !== 60)).toEqual([]);
			expect(crm.calls()).toBeLessThanOrEqual(16);
		} finally {
			await crm.close();
		}
	}, 60_000);
});
