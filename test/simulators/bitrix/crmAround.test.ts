import { freshCrm } from './crmClient';
import { connect, control, type Json } from './restClient';
import { startBitrix } from './start.cts';

const bench = freshCrm();

describe('the history of an object', () => {
	it('has comments, with files', async () => {
		const { crm } = bench;
		const deal = await crm.add('deal');
		const fields = {
			ENTITY_ID: deal,
			ENTITY_TYPE: 'deal',
			COMMENT: 'Отгружено [B]полностью[/B]',
			FILES: [['a.txt', 'YQ==']],
		};
		const id = Number(await crm.call('crm.timeline.comment.add', { fields }));
		await crm.call('crm.timeline.comment.add', { fields: { ...fields, FILES: [], COMMENT: 'Второй', AUTHOR_ID: 4 } });
		const filter = { ENTITY_ID: deal, ENTITY_TYPE: 'deal' };
		expect(await crm.call('crm.timeline.comment.list', { filter, order: { ID: 'DESC' } })).toMatchObject([
			{ COMMENT: 'Второй', AUTHOR_ID: '4', FILES: [] },
			{
				ID: String(id),
				ENTITY_ID: String(deal),
				ENTITY_TYPE: 'deal',
				COMMENT: 'Отгружено [B]полностью[/B]',
				AUTHOR_ID: '1',
			},
		]);
		expect(await crm.call('crm.timeline.comment.list', { filter, select: ['COMMENT'] })).toEqual([
			{ COMMENT: 'Отгружено [B]полностью[/B]' },
			{ COMMENT: 'Второй' },
		]);
		expect(await crm.call('crm.timeline.comment.list', { filter: { ...filter, ENTITY_ID: 1 } })).toEqual([]);
	});

	it.each([
		[{ fields: { ENTITY_ID: 1, ENTITY_TYPE: 'deal', COMMENT: 'x' } }, 'OWNER_NOT_FOUND'],
		[{ FIELDS: { ENTITY_ID: 1 } }, 100],
	])('refuses %j', async (params, error) => {
		expect(await bench.crm.ask('crm.timeline.comment.add', params)).toMatchObject({ status: 400, error });
	});

	it('takes no empty comment', async () => {
		const { crm } = bench;
		const deal = await crm.add('deal');
		const fields = { ENTITY_ID: deal, ENTITY_TYPE: 'deal', COMMENT: ' ' };
		expect((await crm.ask('crm.timeline.comment.add', { fields })).error).toBe('INVALID_ARG_VALUE');
	});
});

describe('an order of the shop', () => {
	it('belongs to one deal', async () => {
		const { crm, bitrix } = bench;
		const [orderId] = (await control(bitrix, 'POST orders', { count: 1 })).ids as unknown as number[];
		const [deal, other] = [await crm.add('deal'), await crm.add('deal')];
		const fields = { orderId, ownerTypeId: 2, ownerId: deal };
		expect(await crm.call('crm.orderentity.add', { fields })).toEqual({ dealOrder: fields });
		expect((await crm.ask('crm.orderentity.add', { fields })).error).toBe('201650000001');
		expect((await crm.ask('crm.orderentity.add', { fields: { ...fields, ownerId: other } })).error).toBe(0);
		const filter = { '=ownerTypeId': 2, '@ownerId': [deal, other] };
		const listed = await crm.ask('crm.orderentity.list', { filter, select: ['orderId', 'ownerId'], start: -1 });
		expect(listed).toMatchObject({ result: { orderEntity: [{ orderId, ownerId: deal }] }, total: undefined });
		expect(await crm.call('crm.orderentity.deleteByFilter', { fields })).toBe(true);
		expect((await crm.ask('crm.orderentity.deleteByFilter', { fields })).error).toBe('201640400004');
		expect((await crm.ask('crm.orderentity.add', { fields: { ownerId: deal } })).body).toMatchObject({
			error: 0,
			error_description: 'Required fields: orderId, ownerTypeId',
		});
		expect((await crm.ask('crm.orderentity.add', { fields: { ...fields, orderId: 1 } })).error).toBe(200540400001);
	});
});

describe('chats', () => {
	it('are those that the user is in, the newest first, and take messages', async () => {
		const { crm, bitrix } = bench;
		const { items } = await crm.call('im.recent.list', { SKIP_OPENLINES: 'Y' });
		const titles = (items as unknown as Json[]).map(({ title }) => title);
		expect(titles.sort()).toEqual(['Новые сделки 🛒', 'Общий чат']);
		const [chat] = items as unknown as Json[];
		bitrix.clock.advance(60_000);
		const message = Number(await crm.call('im.message.add', { DIALOG_ID: chat?.id, MESSAGE: 'Новая сделка [URL]…[/URL]' }));
		await crm.call('im.message.add', { DIALOG_ID: 4, MESSAGE: 'Привет' });
		const recent = (await crm.call('im.recent.list')).items as unknown as Json[];
		expect(recent).toMatchObject([
			{
				id: chat?.id,
				type: 'chat',
				message: { id: message, text: 'Новая сделка [URL]…[/URL]', author_id: 1 },
				chat: { type: 'chat' },
			},
			{ id: 4, type: 'user', title: 'Ефим Редакторов' },
			{ type: 'chat' },
		]);
		const page = await crm.ask('im.recent.list', { LIMIT: 1, OFFSET: 1 });
		expect(page).toMatchObject({ total: -1, result: { hasMore: true, items: { length: 1 } } });
		expect((await crm.call('im.recent.list', { SKIP_CHAT: 'Y' })).items).toHaveLength(1);
	});

	it.each([
		[{ MESSAGE: 'x' }, 'USER_ID_EMPTY'],
		[{ DIALOG_ID: 'chat', MESSAGE: 'x' }, 'CHAT_ID_EMPTY'],
		[{ DIALOG_ID: 'chat999', MESSAGE: 'x' }, 'ACCESS_ERROR'],
		[{ DIALOG_ID: 'chat15', MESSAGE: 'x' }, 'ACCESS_ERROR'],
		[{ DIALOG_ID: '15', MESSAGE: 'x' }, 'ACCESS_ERROR'],
		[{ DIALOG_ID: 'chat13', MESSAGE: ' ' }, 'MESSAGE_EMPTY'],
	])('a message %j is refused', async (params, error) => {
		expect(await bench.crm.ask('im.message.add', params)).toMatchObject({ status: 400, error });
	});

	it('need a scope of their own', async () => {
		const { bitrix } = bench;
		expect(await connect(bitrix, bitrix.webhooks.crmOnly)('im.recent.list')).toMatchObject({ error: 'insufficient_scope' });
		expect((await connect(bitrix, bitrix.webhooks.crmOnly)('crm.deal.list')).status).toBe(200);
	});
});

describe('users', () => {
	it('are filtered, sorted and paged', async () => {
		const { bitrix, rest } = bench;
		const names = async (params: Record<string, unknown>): Promise<unknown> =>
			((await bench.crm.call('user.get', params)) as unknown as Json[]).map(({ LAST_NAME }) => LAST_NAME);
		expect(await names({ FILTER: { ACTIVE: false } })).toEqual(['Уволенный']);
		expect(await names({ filter: { ACTIVE: true, NAME_SEARCH: 'опт' } })).toEqual(['Щукина']);
		expect(await names({ ID: 4 })).toEqual(['Редакторов']);
		expect(await names({ FILTER: { '@ID': [11, 1] }, SORT: 'ID', ORDER: 'desc' })).toEqual(['Продажная', 'Админова']);
		expect(await names({ FILTER: { NAME: 'Ма%' } })).toEqual(['Менеджеров']);
		const [admin] = bitrix.portal.users;
		for (let id = 100; id < 160; id++) if (admin) bitrix.portal.users.push({ ...admin, id });
		const page = await rest('user.get', { FILTER: { ACTIVE: 'Y' } });
		expect(page).toMatchObject({ total: 68, next: 50 });
		expect((await rest('user.get', { FILTER: { ACTIVE: 'Y' }, start: 50 })).result).toHaveLength(18);
	});
});

describe('a person in CRM', () => {
	it('makes a deal, moves it, and changes its lines', async () => {
		const { crm, bitrix } = bench;
		const made = await control(bitrix, 'POST deal', {
			title: 'С улицы',
			rows: [{ name: 'Стол', price: 100.5, quantity: 2 }],
		});
		const id = Number(made.id);
		expect(await crm.get('deal', id)).toMatchObject({ TITLE: 'С улицы', OPPORTUNITY: '201.00', CREATED_BY_ID: '2' });
		await control(bitrix, 'POST deal', { id, stageId: 'WON', comments: 'Ура' });
		expect(await crm.get('deal', id)).toMatchObject({ TITLE: 'С улицы', STAGE_ID: 'WON', MODIFY_BY_ID: '2' });
		await control(bitrix, 'POST deal', { id, rows: [{ name: 'Стул', price: 5 }] });
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '5.00' });
		await control(bitrix, 'POST deal', { id, opportunity: 7 });
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '7.00', IS_MANUAL_OPPORTUNITY: 'Y' });
		await control(bitrix, 'POST deal', { id, delete: true });
		const changes = (await control(bitrix, 'GET changes')) as unknown as Json[];
		expect(changes.filter(({ entity }) => String(entity) === 'deal')).toMatchObject([
			{ action: 'add', source: 'person' },
			...Array.from({ length: 3 }, () => ({ action: 'update', source: 'person' })),
			{ action: 'delete', id, source: 'person' },
		]);
		await expect(control(bitrix, 'POST deal', { id, title: 'x' })).rejects.toThrow(`There is no deal ${id}`);
	});

	it('changes the phone of a customer', async () => {
		const { crm, bitrix } = bench;
		const contact = await crm.add('contact', { NAME: 'А', PHONE: [{ VALUE: '1', VALUE_TYPE: 'MOBILE' }, { VALUE: '2' }] });
		await control(bitrix, 'POST customer', { contact, phone: '3', email: 'a@example.com' });
		expect(await crm.get('contact', contact)).toMatchObject({
			NAME: 'А',
			PHONE: [{ VALUE: '3', VALUE_TYPE: 'MOBILE' }, { VALUE: '2' }],
			EMAIL: [{ VALUE: 'a@example.com' }],
		});
		const company = await crm.add('company', { TITLE: 'Б' });
		await control(bitrix, 'POST customer', { company, title: 'В' });
		expect(await crm.get('company', company)).toMatchObject({ TITLE: 'В' });
		expect(await crm.announced('contact')).toEqual([`add ${contact}`, `update ${contact}`]);
	});
});

describe('random deals', () => {
	it('have exact sums, customers that come back, and requisites', async () => {
		const { crm, bitrix } = bench;
		const { ids } = await control(bitrix, 'POST deals', { count: 150, seed: 3, days: 30 });
		expect(ids).toHaveLength(150);
		const { store } = bitrix.portal;
		for (const deal of store.deals.all()) {
			const rows = store.productRows.where('owner', `2:${deal.id}`);
			expect(rows.length).toBeGreaterThan(0);
			const sum = rows.reduce((whole, { price, quantity }) => whole + Math.round(Math.round(price * 100) * quantity), 0);
			expect(Math.abs(deal.opportunity - sum) <= rows.length || deal.isManualOpportunity === 'Y').toBe(true);
		}
		expect(store.contacts.size).toBeLessThan(75);
		expect(store.contacts.size).toBeGreaterThan(30);
		expect(store.companies.size).toBeGreaterThan(5);
		expect(store.requisites.size).toBe(store.companies.size);
		const withManualSum = await crm.list('deal', { filter: { IS_MANUAL_OPPORTUNITY: 'Y' } });
		expect(withManualSum.length).toBeGreaterThan(0);
		const pipelines = new Set(store.deals.all().map(({ categoryId }) => categoryId));
		expect([...pipelines].sort()).toEqual([0, 1, 5]);
	});

	it('are the same for the same seed, and may be there from the start', async () => {
		const portals = await Promise.all([1, 2].map(async () => await startBitrix({ edition: 'box', deals: 15 })));
		try {
			const [one, other] = portals.map(({ portal }) =>
				portal.store.deals
					.all()
					.map(({ title, opportunity, stageId, companyId }) => ({ title, opportunity, stageId, companyId })),
			);
			expect(one).toHaveLength(15);
			expect(one).toEqual(other);
		} finally {
			await Promise.all(portals.map(async (portal) => await portal.close()));
		}
	});

	it('are not for a plain site', async () => {
		const site = await startBitrix({ edition: 'site' });
		await expect(control(site, 'POST deals', { count: 1 })).rejects.toThrow('no CRM');
		await site.close();
	});
});
