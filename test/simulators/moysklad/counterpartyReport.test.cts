import { ask, control, encode, first, metaOf, UNLIMITED, useShop, type Json } from './caller.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { post, put } = useShop({ size: { products: 4, variantShare: 0 }, rate: UNLIMITED }, (started) => (shop = started), { each: true });

const REPORT = 'report/counterparty';
const report = async (query = ''): Promise<Json> => (await ask(shop, 'GET', `${REPORT}${query}`)).body;
const lineOf = async ({ id }: Json): Promise<Json> => await report(`/${id}`);

async function trade(agent: Json): Promise<{ demand: Json }> {
	const organization = metaOf(await first(shop, 'organization'));
	const product = await first(shop, 'product');
	await put(`product/${product.id}`, { buyPrice: { value: 4000 } });
	const parties = { organization, agent: metaOf(agent), store: metaOf(await first(shop, 'store')), vatEnabled: false };
	const positions = [{ assortment: metaOf(product), quantity: 2, price: 10_000, discount: 10 }];
	const demand = (await post('demand', { ...parties, positions, moment: '2026-01-02 10:00:00' })).body;
	await post('paymentin', { organization, agent: metaOf(agent), sum: 5000 });
	await post('cashin', { organization, agent: metaOf(agent), sum: 1000 });
	await post('salesreturn', { ...parties, demand: metaOf(demand), positions: [{ assortment: metaOf(product), quantity: 1, price: 10_000, discount: 10 }] });
	return { demand };
}

describe('the report of counterparties', () => {
	let agent: Json;
	beforeEach(async () => (agent = (await post('counterparty', { name: 'ООО "Радуга"', inn: '7736570901' })).body));

	it('has what was sold, brought back and paid; below zero the counterparty owes', async () => {
		expect(await lineOf(agent)).toMatchObject({
			counterparty: { id: agent.id, name: 'ООО "Радуга"', inn: '7736570901', companyType: 'legal' },
			balance: 0, demandsCount: 0, averageReceipt: 0, firstDemandDate: null, lastEventText: null,
		});
		const { demand } = await trade(agent);
		expect(await lineOf(agent)).toMatchObject({
			demandsCount: 1, demandsSum: 18_000, averageReceipt: 18_000, discountsSum: 2000,
			returnsCount: 1, returnsSum: 9000, balance: -3000, profit: 5000,
			firstDemandDate: '2026-01-02 10:00:00', lastDemandDate: '2026-01-02 10:00:00',
		});
		await post(`counterparty/${agent.id}/notes`, { description: 'звонок' });
		expect(await lineOf(agent)).toMatchObject({ lastEventText: 'звонок' });
		const { rows } = (await ask(shop, 'GET', 'entity/salesreturn')).body;
		await ask(shop, 'DELETE', (rows[0] as Json).meta.href as string);
		await put(`demand/${demand.id}`, { applicable: false });
		expect(await lineOf(agent)).toMatchObject({ demandsCount: 0, balance: 6000 });
	});

	it('is a list with pages and filters', async () => {
		await trade(agent);
		const all = await report('?limit=2');
		expect(all.meta).toMatchObject({ size: shop.account.table('counterparty').size, limit: 2, offset: 0 });
		expect(all.rows).toHaveLength(2);
		const ids = async (filter: string): Promise<string[]> => (await report(`?${encode(filter)}`)).rows.map(({ counterparty }: Json) => counterparty.id as string);
		for (const filter of ['balance<0', 'demandsSum>=18000', `id=${agent.id}`, 'counterparty.inn=7736570901', 'counterparty.name~радуга', 'lastDemandDate>=2026-01-02 00:00:00'])
			expect(await ids(filter)).toEqual([agent.id]);
		expect(await ids('balance>0')).toEqual([]);
		expect(await ids(`updated>=${String(agent.updated)}`)).toEqual([agent.id]);
		expect((await ask(shop, 'GET', `${REPORT}?${encode('code=1')}`)).code).toBe(1034);
	});

	it('is asked for some counterparties by their links', async () => {
		const other = (await post('counterparty', { name: 'Другой' })).body;
		const chosen = async (...rows: Json[]): Promise<Json> => await ask(shop, 'POST', REPORT, { body: { counterparties: rows.map((row) => ({ counterparty: metaOf(row) })) } });
		const { body } = await chosen(other, agent);
		expect(body.rows.map(({ counterparty }: Json) => counterparty.name)).toEqual(['Другой', 'ООО "Радуга"']);
		expect((await ask(shop, 'POST', REPORT, { body: {} })).code).toBe(3000);
		expect((await chosen({ meta: { ...agent.meta, type: 'product' } })).status).toBe(400);
	});

	it('is refused to those who may not see counterparties', async () => {
		expect((await ask(shop, 'GET', REPORT, { user: shop.users.clerk })).code).toBe(1016);
		expect((await control(shop, 'GET', 'state')).crashes).toEqual([]);
	});
});
