import { freshCrm } from './crmClient';
import { type Json } from './restClient';

const bench = freshCrm();

describe('a list', () => {
	it('has pages of fifty, and with start -1 no count', async () => {
		const { crm, rest } = bench;
		for (let number = 0; number < 120; number++) await crm.add('deal', { TITLE: `№ ${number}` });
		const first = await rest('crm.deal.list', { select: ['ID'] });
		expect(first).toMatchObject({ total: 120, next: 50, result: { length: 50 } });
		const last = await rest('crm.deal.list', { select: ['ID'], start: 100 });
		expect(last).toMatchObject({ total: 120, next: undefined, result: { length: 20 } });
		const ids: string[] = [];
		for (let rows: Json[] = []; ids.length === 0 || rows.length === 50; ) {
			rows = await crm.list('deal', { order: { ID: 'ASC' }, filter: { '>ID': ids.at(-1) ?? 0 }, select: ['ID'], start: -1 });
			ids.push(...rows.map(({ ID }) => String(ID)));
		}
		expect(new Set(ids).size).toBe(120);
		expect((await rest('crm.deal.list', { start: -1 })).total).toBeUndefined();
	});

	it('knows the prefixes of filters, in whatever case the parameters are', async () => {
		const { crm } = bench;
		for (const [TITLE, OPPORTUNITY] of [
			['Стол', 100],
			['Стул', 200.5],
			['Шкаф', 300],
		] as const)
			await crm.add('deal', { TITLE, OPPORTUNITY, CATEGORY_ID: OPPORTUNITY === 300 ? 1 : 0 });
		const found = async (filter: Record<string, unknown>): Promise<string> =>
			(await crm.list('deal', { FILTER: filter, SELECT: ['TITLE'], ORDER: { TITLE: 'DESC' } }))
				.map(({ TITLE }) => String(TITLE))
				.join(' ');
		expect(await found({ '>OPPORTUNITY': 100, '<=OPPORTUNITY': '200.50' })).toBe('Стул');
		expect(await found({ '%TITLE': 'т' })).toBe('Стул Стол');
		expect(await found({ '=%TITLE': '%каф' })).toBe('Шкаф');
		expect(await found({ '@STAGE_ID': ['C1:NEW', 'WON'] })).toBe('Шкаф');
		expect(await found({ STAGE_ID: ['NEW', 'C1:NEW'] })).toBe('Шкаф Стул Стол');
		expect(await found({ '!CATEGORY_ID': 0 })).toBe('Шкаф');
		expect(await found({ '!=TITLE': 'Стол', STAGE_SEMANTIC_ID: 'P' })).toBe('Шкаф Стул');
	});

	it('drops conditions that it does not know, and dates that it cannot read: all rows come', async () => {
		const { crm, bitrix } = bench;
		await crm.add('deal');
		bitrix.clock.advance(60_000);
		await crm.add('deal');
		const { portal } = bitrix;
		expect(await crm.list('deal', { filter: { ORIGIN: 'x', '>=DATE_MODIFY': 'gestern' } })).toHaveLength(2);
		const [, second] = portal.store.deals.all();
		const since = new Date(second?.updatedTime ?? 0).toISOString();
		expect(await crm.list('deal', { filter: { '>=DATE_MODIFY': since }, select: ['ID'] })).toEqual([
			{ ID: String(second?.id) },
		]);
	});

	it('shows phones only when they are asked for', async () => {
		const { crm } = bench;
		const id = await crm.add('contact', { NAME: 'Анна', PHONE: [{ VALUE: '+7 916 111-22-33', VALUE_TYPE: 'MOBILE' }] });
		const [all] = await crm.list('contact');
		expect(all).toMatchObject({ NAME: 'Анна', HAS_PHONE: 'Y', HAS_EMAIL: 'N' });
		expect(all).not.toHaveProperty('PHONE');
		expect(await crm.list('contact', { select: ['ID', 'PHONE', 'EMAIL', 'NONSENSE'] })).toEqual([
			{
				ID: String(id),
				PHONE: [{ ID: expect.any(String), VALUE: '+7 916 111-22-33', VALUE_TYPE: 'MOBILE', TYPE_ID: 'PHONE' }],
			},
		]);
	});

	it('finds phones only as they were written', async () => {
		const { crm } = bench;
		await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '8 916 1112233' }] });
		expect(await crm.list('contact', { filter: { PHONE: '8 916 1112233' } })).toHaveLength(1);
		expect(await crm.list('contact', { filter: { PHONE: '+79161112233' } })).toHaveLength(0);
	});
});
