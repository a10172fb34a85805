import { order, partner, position, uuid } from '../../core/sync/crm/documents.ts';
import { Proxy } from '../orders/proxy.cts';
import { Crm, stageRow, type CallOptions, type Item, type Result } from './crmBench.cts';

const orders = (count: number, more: object = {}): Item[] =>
	Array.from({ length: count }, (_, index) =>
		order({ word: `order ${index}`, name: String(index), sum: 10_000 + index, positions: { rows: [position('tea', { quantity: 1, price: 10_000 + index })] }, ...more }) as Item);

const firms = (count: number): Item[] =>
	Array.from({ length: count }, (_, index) =>
		partner(`firm ${index}`, {
			inn: String(7_700_000_000 + index), phone: `+7495${1_000_000 + index}`,
			accounts: { rows: [{ id: uuid(`account ${index}`), accountNumber: String(40_702_810_000 + index) }] },
			contactpersons: { rows: [{ id: uuid(`person ${index}`), name: `Человек ${index}`, phone: `+7916${1_000_000 + index}` }] },
		}) as Item);

const statuses = (results: Result[]): string[] => [...new Set(results.map(({ status }) => status))].sort();

describe('Bitrix CRM Upsert when things go wrong', () => {
	let crm: Crm;
	beforeEach(async () => (crm = await Crm.open()));
	afterEach(async () => await crm.close());

	const through = (proxy: Proxy): CallOptions => ({ webhook: crm.bitrix.webhookUrl.replace(crm.bitrix.url, proxy.url) });

	const FAULTS = [
		['are refused for the rate', 'rateLimit'],
		['fail in the server', 'serverError'],
		['get a page of a closed portal', 'unavailable'],
		['get a page of a proxy', 'html'],
		['are broken off before they begin', 'reset'],
		['are carried out, but the answer is cut off (T13)', 'cut'],
	] as const;

	it.each(FAULTS)('60 deals are made once, when 10 %% of the calls %s', async (_, kind) => {
		const items = orders(60);
		crm.fail({ kind, share: 0.1 });
		const results = await crm.deals(items).catch((): Result[] => []);
		crm.fail();
		expect(results.filter(({ error }) => error && !error.retryable)).toEqual([]);
		const again = await crm.deals(items);
		expect(again.filter(({ status }) => !['unchanged', 'created', 'updated'].includes(status))).toEqual([]);
		const kept = crm.kept('deals');
		expect(kept).toHaveLength(60);
		expect(new Set(kept.map(({ originId }) => originId)).size).toBe(60);
		for (const [index, { opportunity, id }] of kept.sort((one, other) => one.id - other.id).entries())
			if (index % 10 === 0) expect([opportunity, (await crm.rows(id)).length]).toEqual([expect.any(Number), 1]);
		crm.resetCounters();
		expect(statuses(await crm.deals(items))).toEqual(['unchanged']);
		expect(crm.writes()).toEqual({});
	}, 120_000);

	it.each(FAULTS)('20 firms with requisites, accounts and people are made once, when 10 %% of the calls %s', async (_, kind) => {
		const items = firms(20);
		crm.fail({ kind, share: 0.1 });
		const results = await crm.partners(items).catch((): Result[] => []);
		crm.fail();
		expect(results.filter(({ error }) => error && !error.retryable)).toEqual([]);
		await crm.partners(items);
		const { requisites, bankDetails } = crm.bitrix.portal.store;
		expect([crm.kept('companies'), crm.kept('contacts'), requisites.all(), bankDetails.all()].map(({ length }) => length)).toEqual([20, 20, 20, 20]);
		crm.resetCounters();
		expect(statuses(await crm.partners(items))).toEqual(['unchanged']);
		expect(crm.writes()).toEqual({});
	}, 120_000);

	it('T13: says "created" of a deal whose answer was lost, after it was looked up', async () => {
		let lost = 0;
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body, answer: (body, path) => (path.includes('batch') && /"g0_m":\d/.test(body) && (lost += 1) === 1 ? 'lost' : body) });
		const results = await crm.deals(orders(5), {}, through(proxy));
		await proxy.close();
		expect(lost).toBe(1);
		expect(statuses(results)).toEqual(['created']);
		expect(results[0]?.changes.map(({ field }) => field)).toContain('TITLE');
		expect(crm.kept('deals')).toHaveLength(5);
	});

	it('T13: a comment whose answer was lost is not written twice', async () => {
		const parameters = { stageMap: { row: [stageRow('paid', 'FINAL_INVOICE')] } } as never;
		const [made] = await crm.deals(orders(1), parameters);
		let lost = 0;
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body, answer: (body) => (/"g0_t":\d/.test(body) && (lost += 1) === 1 ? 'lost' : body) });
		const [item] = orders(1, { payedSum: 10_000 });
		expect((await crm.deals([{ ...item, link: made?.link as never }], parameters, through(proxy)))[0]?.status).toBe('updated');
		await proxy.close();
		expect(lost).toBe(1);
		expect(crm.comments(made?.bitrixId ?? '')).toHaveLength(1);
	});

	it('T13: phones of an update whose answer was lost are not added twice', async () => {
		const [item] = firms(1);
		const id = await crm.call('crm.company.add', { fields: { TITLE: 'Фирма', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: item?.id } });
		let lost = 0;
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body, answer: (body) => (/"g0_u":true/.test(body) && (lost += 1) === 1 ? 'lost' : body) });
		await crm.partners([item as Item], {}, through(proxy));
		await proxy.close();
		expect(lost).toBe(1);
		expect((await crm.call('crm.company.get', { id })).PHONE).toHaveLength(1);
	});

	it.each([
		['marks of origin of deals', 'upsertDeals', 'filter[%40ORIGIN_ID]', 'filter[%40ORIGINS_ID]'],
		['marks of origin of companies', 'upsertPartners', 'filter[%40ORIGIN_ID]', 'filter[%40ORIGINS_ID]'],
		['INNs', 'upsertPartners', 'filter[%40RQ_INN]', 'filter[%40RQ_INNS]'],
	])('T1: does not build on an answer to a filter of %s that was dropped', async (_, operation, right, wrong) => {
		await crm.deals(orders(2));
		const id = await crm.call('crm.company.add', { fields: { TITLE: 'x', ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: uuid('x') } });
		await crm.call('crm.requisite.add', { fields: { ENTITY_TYPE_ID: 4, ENTITY_ID: id, PRESET_ID: 1, NAME: 'x', RQ_INN: '1234567890' } });
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body.replaceAll(right, wrong) });
		crm.resetCounters();
		const items = operation === 'upsertDeals' ? [order({ word: 'new' }) as Item] : firms(1);
		const run = await crm.run(operation, items, {}, through(proxy));
		await proxy.close();
		expect(run.error?.description ?? JSON.stringify(run.json(1))).toContain('BITRIX_FILTER_IGNORED');
		expect(crm.writes()).toEqual({});
	});

	it('a sum that the portal reckons in another way is put right, and told', async () => {
		// A portal that takes prices of rows as without tax.
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body.replaceAll('[PRICE]=100', '[PRICE]=120') });
		const [item] = orders(1);
		const [result] = await crm.deals([item as Item], {}, through(proxy));
		await proxy.close();
		expect(result?.warnings.map(({ code }) => code)).toContain('CRM_SUM_CORRECTED');
		expect(await crm.deal(result?.bitrixId ?? '')).toMatchObject({ OPPORTUNITY: '100.00', IS_MANUAL_OPPORTUNITY: 'Y' });
	});

	it('and one that cannot be put right is a conflict', async () => {
		const proxy = await Proxy.open(crm.bitrix.url, { request: (body) => body.replaceAll('[PRICE]=100', '[PRICE]=120').replaceAll('[IS_MANUAL_OPPORTUNITY]=Y', '[IS_MANUAL_OPPORTUNITY]=N') });
		const [item] = orders(1);
		expect((await crm.deals([item as Item], {}, through(proxy)))[0]).toMatchObject({ status: 'conflict', error: { code: 'CRM_SUM_NOT_TAKEN' } });
		await proxy.close();
	});

	it('a webhook without the right for the CRM ends the run with what to do', async () => {
		const run = await crm.run('upsertDeals', orders(1), {}, { webhook: crm.bitrix.webhooks.catalogOnly });
		expect(run.error?.description).toContain('BITRIX_SCOPE');
	});

	describe('an older portal', () => {
		const without = (...methods: string[]): void => void (crm.bitrix.portal.switches.missingMethods = methods);

		it('without a timeline gets no comments', async () => {
			without('^crm\\.timeline');
			const parameters = { stageMap: { row: [stageRow('paid', 'FINAL_INVOICE')] } } as never;
			await crm.deals(orders(1), parameters);
			const run = await crm.run('upsertDeals', orders(1, { payedSum: 10_000 }), parameters);
			expect(run.json(0)).toMatchObject([{ status: 'updated' }]);
		});

		it('without the newer list of pipelines has the older one', async () => {
			without('^crm\\.category');
			const [result] = await crm.deals(orders(1, { payedSum: 10_000 }), { stageMap: { row: [stageRow('paid', 'FINAL_INVOICE')] } } as never);
			expect([result?.status, result?.error?.code]).toEqual(['created', undefined]);
			expect(await crm.deal(result?.bitrixId ?? '')).toMatchObject({ STAGE_ID: 'FINAL_INVOICE' });
		});

		it('without requisites gets contacts and companies', async () => {
			without('^crm\\.(requisite|address)');
			expect((await crm.partners(firms(1), { matchRules: { rule: [{ by: 'phone' }] } } as never))[0]?.status).toBe('created');
		});

		it('without the search by phone makes what was not found, and says that nothing was looked for', async () => {
			without('^crm\\.duplicate');
			const run = await crm.run('upsertPartners', firms(1), { matchRules: { rule: [{ by: 'phone' }] } } as never);
			expect(run.json(0)).toMatchObject([{ status: 'created' }]);
			expect(run.hints.map(({ message }) => message).join()).toContain('CRM_METHOD_MISSING');
		});

		it('a field that the portal does not have is left out of the record, with a warning', async () => {
			const mapping = { change: [{ target: { __rl: true, mode: 'id', value: 'UF_CRM_NEWER' }, value: 'expression', expression: 'x', policy: 'always' }] };
			const [result] = await crm.deals(orders(1), { mapping } as never);
			expect([result?.status, result?.warnings.map(({ code }) => code)]).toEqual(['created', expect.arrayContaining(['CRM_FIELD_MISSING'])]);
		});

		it('without smart invoices says so', async () => {
			without('^crm\\.item');
			const run = await crm.run('upsertInvoices', [order() as Item]);
			expect(run.error?.description).toContain('BITRIX_METHOD_MISSING');
		});
	});
});
