import type { TypeB24 } from '@bitrix24/b24jssdk' with { 'resolution-mode': 'import' };
import { call, ForeignClient } from './foreignClient.cts';

let foreign: ForeignClient;

beforeAll(async () => {
	foreign = await ForeignClient.start();
});
afterAll(async () => await foreign.close());

interface Deal {
	ID: string;
	TITLE: string;
	STAGE_ID: string;
	OPPORTUNITY: string;
	CONTACT_ID: string | null;
}

describe.each([
	['with a webhook', async (): Promise<TypeB24> => foreign.hook()],
	['with OAuth', async (): Promise<TypeB24> => await foreign.oauth()],
])('CRM %s', (kind, connect) => {
	let client: TypeB24;

	beforeAll(async () => {
		client = await connect();
	});

	it('makes a customer with a deal and its lines, and changes them', async () => {
		const contact = await call<number>(client, 'crm.contact.add', {
			fields: { NAME: 'Анна & "ё"', PHONE: [{ VALUE: '+7 (916) 123-45-67', VALUE_TYPE: 'MOBILE' }] },
		});
		const deal = await call<number>(client, 'crm.deal.add', {
			fields: {
				TITLE: `Заказ ${kind} 🛒`,
				CATEGORY_ID: 5,
				CONTACT_IDS: [contact],
				ORIGINATOR_ID: 'MOYSKLAD',
				ORIGIN_ID: kind,
			},
		});
		const rows = [{ PRODUCT_NAME: 'Стол', PRICE: 1234.56, QUANTITY: 2, TAX_RATE: 20, TAX_INCLUDED: 'Y' }];
		expect(await call(client, 'crm.deal.productrows.set', { id: deal, rows })).toBe(true);
		expect(await call(client, 'crm.deal.update', { id: deal, fields: { STAGE_ID: 'C5:WON' } })).toBe(true);
		expect(await call<Deal>(client, 'crm.deal.get', { id: deal })).toMatchObject({
			TITLE: `Заказ ${kind} 🛒`,
			STAGE_ID: 'C5:WON',
			OPPORTUNITY: '2469.12',
			CONTACT_ID: String(contact),
		});
		expect(
			await call(client, 'crm.duplicate.findbycomm', { type: 'PHONE', values: ['89161234567'], entity_type: 'CONTACT' }),
		).toEqual({
			CONTACT: expect.arrayContaining([contact]),
		});
		const filter = { ORIGINATOR_ID: 'MOYSKLAD', ORIGIN_ID: kind };
		expect(await call<Deal[]>(client, 'crm.deal.list', { filter, select: ['ID'] })).toEqual([{ ID: String(deal) }]);
	});

	it('reads long lists of both forms, quickly and slowly', async () => {
		const calls = Array.from({ length: 120 }, (_, index) => ({
			method: 'crm.deal.add',
			params: { fields: { TITLE: `${kind} ${index}`, COMMENTS: `list ${kind}` } },
		}));
		const made = await client.actions.v2.batchByChunk.make({ calls, options: { isHaltOnError: true } });
		expect(made.getErrorMessages()).toEqual([]);
		const params = { select: ['ID', 'TITLE'], filter: { '%TITLE': `${kind} ` } };
		const legacy: Deal[] = [];
		for await (const page of client.actions.v2.fetchList.make<Deal>({ method: 'crm.deal.list', params, idKey: 'ID' }))
			legacy.push(...page);
		const slow = await client.actions.v2.callList.make<Deal>({ method: 'crm.deal.list', params, idKey: 'ID' });
		expect(slow.getData()).toEqual(legacy);
		expect(new Set(legacy.map(({ ID }) => ID)).size).toBeGreaterThanOrEqual(120);
		const items: Array<{ id: number }> = [];
		for await (const page of client.actions.v2.fetchList.make<{ id: number }>({
			method: 'crm.item.list',
			params: { entityTypeId: 2, select: ['id'], filter: { '%title': `${kind} ` } },
			idKey: 'id',
			customKeyForResult: 'items',
		}))
			items.push(...page);
		expect(items.map(({ id }) => String(id))).toEqual(legacy.map(({ ID }) => ID));
	});

	it('makes a company with requisites in one batch', async () => {
		const answer = await client.actions.v2.batch.make({
			calls: {
				company: ['crm.company.add', { fields: { TITLE: `ООО «${kind}»` } }],
				requisite: [
					'crm.requisite.add',
					{
						fields: {
							ENTITY_TYPE_ID: 4,
							ENTITY_ID: '$result[company]',
							PRESET_ID: 1,
							NAME: 'Организация',
							RQ_INN: '7701000037',
						},
					},
				],
				bank: [
					'crm.requisite.bankdetail.add',
					{ fields: { ENTITY_ID: '$result[requisite]', NAME: 'р/с', RQ_BIK: '044525225' } },
				],
				list: ['crm.requisite.list', { filter: { ID: '$result[requisite]' }, select: ['ENTITY_ID', 'RQ_INN'] }],
			},
			options: { isHaltOnError: true },
		});
		expect(answer.getErrorMessages()).toEqual([]);
		const results = answer.getData() as unknown as { company: number; list: unknown };
		expect(results.list).toEqual([{ ENTITY_ID: String(results.company), RQ_INN: '7701000037' }]);
	});

	it('makes an invoice of a deal, and gets errors with their codes', async () => {
		const deal = await call<number>(client, 'crm.deal.add', { fields: { TITLE: 'x' } });
		const { item } = await call<{ item: { id: number; parentId2: number; stageId: string } }>(client, 'crm.item.add', {
			entityTypeId: 31,
			fields: { title: 'Счёт', xmlId: kind, parentId2: deal },
		});
		expect(item).toMatchObject({ parentId2: deal, stageId: 'DT31_2:N' });
		await expect(call(client, 'crm.item.get', { entityTypeId: 14, id: 1 })).rejects.toMatchObject({
			code: 'ENTITY_TYPE_NOT_SUPPORTED',
			status: 400,
		});
	});
});
