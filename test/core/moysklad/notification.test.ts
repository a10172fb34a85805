import { EVENT_ACTIONS, MOST_EVENTS, readNotification, SyncError } from '../../../core';

const ACCOUNT = '10000000-0000-4000-8000-000000000000';
const ID = (n: number): string => `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const REQUEST = '30000000-0000-4000-8000-000000000000';

const event = (n: number, more: object = {}) => ({
	meta: { type: 'customerorder', href: `https://api.moysklad.ru/api/remap/1.2/entity/customerorder/${ID(n)}` },
	updatedFields: ['state', 'description'],
	action: 'UPDATE',
	accountId: ACCOUNT,
	...more,
});
const AUDIT = {
	meta: { type: 'audit', href: `https://api.moysklad.ru/api/remap/1.2/audit/${ID(0)}` },
	moment: '2026-11-21 15:51:16',
	uid: 'user@account',
};
const STOCK = {
	accountId: ACCOUNT,
	stockType: 'stock',
	reportType: 'bystore',
	reportUrl: 'https://api.moysklad.ru/api/remap/1.2/report/stock/bystore/current?changedSince=2026-11-21 19:14:32',
};

const code = (body: unknown): string | undefined => {
	try {
		readNotification(body, null);
		return undefined;
	} catch (error) {
		return error instanceof SyncError ? error.code : String(error);
	}
};

describe('A notification of objects', () => {
	it('R013: gives every event, with its place and what is common to all', () => {
		const { objects, accountIds, unreadable, stock } = readNotification(
			{ auditContext: AUDIT, events: [event(1), event(2, { action: 'DELETE', updatedFields: undefined })] },
			REQUEST,
		);
		const common = {
			entity: 'customerorder',
			moment: '2026-11-21T12:51:16.000Z',
			author: 'user@account',
			requestId: REQUEST,
			accountId: ACCOUNT,
		};
		expect(objects).toEqual([
			{ ...common, id: ID(1), action: 'UPDATE', updatedFields: ['state', 'description'], index: 0 },
			{ ...common, id: ID(2), action: 'DELETE', updatedFields: [], index: 1 },
		]);
		expect({ accountIds, unreadable, stock }).toEqual({ accountIds: [ACCOUNT], unreadable: 0, stock: null });
	});

	it('W2: an asynchronous task that was processed is an event, although nobody is its author', () => {
		const { objects } = readNotification(
			{
				events: [
					{
						meta: { type: 'async', href: `https://api.moysklad.ru/api/remap/1.2/async/${ID(1)}` },
						action: 'PROCESSED',
						accountId: ACCOUNT,
					},
				],
			},
			null,
		);
		expect(objects).toEqual([
			{
				entity: 'async',
				id: ID(1),
				action: 'PROCESSED',
				updatedFields: [],
				moment: null,
				author: null,
				requestId: null,
				index: 0,
				accountId: ACCOUNT,
			},
		]);
	});

	it('reads hrefs of the old host', () => {
		const meta = { type: 'product', href: `https://online.moysklad.ru/api/remap/1.2/entity/product/${ID(7)}` };
		expect(readNotification({ events: [event(1, { meta })] }, null).objects[0]).toMatchObject({
			entity: 'product',
			id: ID(7),
		});
	});

	it('names all accounts that its events name', () => {
		expect(
			readNotification(
				{ events: [event(1), event(2, { accountId: 'other' }), event(3, { accountId: undefined })] },
				null,
			).accountIds,
		).toEqual([ACCOUNT, 'other']);
	});

	it.each([
		['a moment that is none', { moment: 'yesterday' }],
		['no moment', {}],
		['nothing', null],
		['something else', 7],
	])('bears an audit context with %s', (_what, auditContext) => {
		expect(readNotification({ auditContext, events: [event(1)] }, null).objects).toMatchObject([
			{ moment: null, author: null },
		]);
	});

	it('does not lose its good events to bad ones, which keep their places', () => {
		const bad = [
			{},
			null,
			7,
			event(2, { action: 'EXPLODED' }),
			event(3, { meta: { type: 'product', href: 'https://example.com/x' } }),
		];
		const { objects, unreadable } = readNotification({ events: [...bad, event(9)] }, null);
		expect(objects.map(({ id, index }) => [id, index])).toEqual([[ID(9), 5]]);
		expect(unreadable).toBe(5);
	});

	it('can be empty', () => {
		expect(readNotification({ events: [] }, null).objects).toEqual([]);
	});

	it.each([
		[undefined],
		[null],
		['text'],
		[[]],
		[{}],
		[{ events: {} }],
		[{ events: [{}] }],
		[{ events: [event(1, { action: 'EXPLODED' })] }],
	])('R207: is malformed as %j', (body) => {
		expect(code(body)).toBe('WEBHOOK_CALL_MALFORMED');
	});

	it('R207: is too large with more events than MoySklad can send', () => {
		expect(code({ events: Array.from({ length: MOST_EVENTS + 1 }, () => event(1)) })).toBe('WEBHOOK_CALL_TOO_LARGE');
		expect(code({ events: Array.from({ length: MOST_EVENTS }, () => event(1)) })).toBeUndefined();
	});

	it('knows the actions of the reference', () => {
		expect(EVENT_ACTIONS).toEqual(['CREATE', 'UPDATE', 'DELETE', 'PROCESSED']);
	});
});

describe('A notification of stock', () => {
	it('names the report, with its raw space encoded', () => {
		expect(readNotification(STOCK, REQUEST)).toEqual({
			objects: [],
			accountIds: [ACCOUNT],
			unreadable: 0,
			stock: {
				entity: 'stock',
				action: 'UPDATE',
				reportType: 'bystore',
				stockType: 'stock',
				moment: null,
				author: null,
				requestId: REQUEST,
				index: 0,
				accountId: ACCOUNT,
				reportPath: '/report/stock/bystore/current?changedSince=2026-11-21%2019:14:32',
			},
		});
	});

	it('leaves a space that is encoded already as it is', () => {
		const { stock } = readNotification({ ...STOCK, reportUrl: STOCK.reportUrl.replace(' ', '%20') }, null);
		expect(stock?.reportPath).toBe('/report/stock/bystore/current?changedSince=2026-11-21%2019:14:32');
	});

	it.each([
		'https://evil.example.com/x',
		'https://api.moysklad.ru/api/remap/1.2/entity/customerorder',
		'https://api.moysklad.ru/api/remap/1.2/report/stock/bystore/current/../../../../entity/product',
		'/security/token',
	])('R207: is malformed with the report %s', (reportUrl) => {
		expect(code({ ...STOCK, reportUrl })).toBe('WEBHOOK_CALL_MALFORMED');
	});
});
