import type { INodeParameters } from 'n8n-workflow';
import { link, order, position, uuid } from '../../core/sync/crm/documents.ts';
import { Proxy } from '../orders/proxy.cts';
import { Crm, type Item, type Result } from './crmBench.cts';

/** Works done for an order. */
const works = (word: string, more: object = {}): Item => ({
	...link('demand', word), id: uuid(word), name: word, moment: '2026-11-21 12:00:00.000', sum: 180_000, customerOrder: link('customerorder', 'order'),
	positions: { rows: [{ quantity: 2, price: 90_000, assortment: { name: 'Настройка кассы' } }] }, ...more,
});

describe('Bitrix CRM Upsert: Timeline: Add Comments (R142)', () => {
	let crm: Crm;
	let deal: string;
	beforeEach(async () => {
		crm = await Crm.open();
		const [made] = await crm.deals([order({ sum: 5050, positions: { rows: [position('cup', { quantity: 1, price: 5050 })] } }) as Item]);
		deal = made?.bitrixId ?? '';
	});
	afterEach(async () => await crm.close());

	const tell = async (items: Item[], parameters: INodeParameters = {}): Promise<Result[]> =>
		await crm.results('addComments', items, { order: '={{ $json.customerOrder }}', ...parameters });

	it('the deal is told of works once, however often they are handed in', async () => {
		const items = [works('Р-1'), works('Р-2')];
		expect((await tell(items)).map(({ status, bitrixId }) => [status, bitrixId])).toEqual([['created', deal], ['created', deal]]);
		expect(crm.comments(deal)).toEqual(['Р-1', 'Р-2'].map((name) => `Отгрузка ${name} от 21.11.2026 на 1800.00\n• Настройка кассы — 2, 1800.00`));
		crm.resetCounters();
		expect((await tell([...items, works('Р-1')])).map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
		expect(crm.writes()).toEqual({});
	});

	it('is told again when what was done has changed', async () => {
		await tell([works('Р-1')]);
		await tell([works('Р-1', { sum: 90_000 })]);
		expect(crm.comments(deal)).toHaveLength(2);
	});

	it('finds its comment in a long history', async () => {
		await tell([works('Р-1')]);
		for (let index = 0; index < 120; index += 1) await crm.call('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'deal', ENTITY_ID: Number(deal), COMMENT: `Звонок ${index}` } });
		expect((await tell([works('Р-1')]))[0]?.status).toBe('unchanged');
	});

	it('what has no deal is left out, and what has no order fails; the others are told', async () => {
		const results = await tell([works('Р-1', { customerOrder: link('customerorder', 'other') }), works('Р-2', { customerOrder: null }), { junk: true }, works('Р-3')]);
		expect(results.map(({ status, error, warnings }) => error?.code ?? warnings[0]?.code ?? status)).toEqual(['CRM_DEAL_MISSING', 'CRM_ORDER_UNKNOWN', 'CRM_ITEM_UNREADABLE', 'created']);
		expect(results[0]?.status).toBe('skipped');
		expect(crm.comments(deal)).toHaveLength(1);
	});

	it('Preview writes nothing', async () => {
		expect((await tell([works('Р-1')], { preview: true }))[0]).toMatchObject({ status: 'planned', bitrixId: deal });
		expect(crm.comments(deal)).toEqual([]);
	});

	it('T13: after an answer that was lost the next run sees what is there', async () => {
		const proxy = await Proxy.open(crm.bitrix.url, { answer: (body) => (/"result":\{"g0_c":\d/.test(body) ? 'lost' : body) });
		const [lost] = await crm.results('addComments', [works('Р-1')], {}, { webhook: crm.bitrix.webhookUrl.replace(crm.bitrix.url, proxy.url) });
		await proxy.close();
		expect(lost?.status).toBe('failed');
		expect((await tell([works('Р-1')]))[0]?.status).toBe('unchanged');
		expect(crm.comments(deal)).toHaveLength(1);
	});

	it('500 documents of one order are told in few calls', async () => {
		const items = Array.from({ length: 500 }, (_, index) => works(`Р-${index}`));
		crm.resetCounters();
		await tell(items);
		expect(crm.calls()).toBeLessThanOrEqual(23);
		expect(crm.comments(deal)).toHaveLength(500);
		crm.resetCounters();
		expect(new Set((await tell(items)).map(({ status }) => status))).toEqual(new Set(['unchanged']));
		expect(crm.calls()).toBeLessThanOrEqual(14);
	}, 120_000);
});
