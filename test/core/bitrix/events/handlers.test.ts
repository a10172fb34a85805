import { isOwnHandler, lackingEvents, neededEvents, planHandlers, readBoundEvents, readHandlerPlace, writeHandlerAddress, type HandlerAddress } from '../../../../core';

const ADDRESS: HandlerAddress = {
	base: 'https://n8n.example.com/tools',
	endpoint: 'webhook',
	webhookId: '5f0c1a2b-0000-4000-8000-000000000001',
	instanceKey: '0123456789ab',
	check: 'a'.repeat(32),
};
const OFFERED = ['OnSaleOrderSaved', 'ONORDERENTITYSAVED', 'ONSALEBEFOREORDERDELETE', 'ONCRMDEALADD', 'ONCRMDEALUPDATE'];

const refused = (run: () => unknown, code: string): void => expect(run).toThrow(expect.objectContaining({ code }) as Error);

describe('addresses of handlers', () => {
	it('are those of the trigger with its instance and a check part', () => {
		expect(writeHandlerAddress(ADDRESS)).toBe(
			`https://n8n.example.com/tools/webhook/${ADDRESS.webhookId}/bitrix?instance=0123456789ab&check=${'a'.repeat(32)}`,
		);
		expect(readHandlerPlace(` https://n8n.example.com/tools/webhook/${ADDRESS.webhookId}/bitrix`)).toEqual({
			base: ADDRESS.base,
			endpoint: 'webhook',
			webhookId: ADDRESS.webhookId,
		});
	});

	it('are known again whatever their check part, and no others', () => {
		const url = writeHandlerAddress(ADDRESS);
		expect(isOwnHandler(url.replace('a'.repeat(32), 'b'.repeat(32)), ADDRESS)).toBe(true);
		const others = [
			url.replace('0123456789ab', 'ba9876543210'),
			url.replace('webhook/', 'webhook-test/'),
			url.replace('n8n.example.com', 'other.example.com'),
			url.replace('0001/', '0002/'),
			`${url}&more=1`,
			url.split('?')[0] ?? '',
			'https://shop.example.com/handler.php',
		];
		for (const other of others) expect(isOwnHandler(other, ADDRESS)).toBe(false);
	});

	it('must fit into Bitrix’s column, and be addresses', () => {
		refused(() => writeHandlerAddress({ ...ADDRESS, base: `https://${'x'.repeat(150)}.example.com` }), 'BITRIX_HANDLER_URL_TOO_LONG');
		for (const url of ['', 'https://n8n.example.com/webhook/x', 'n8n/webhook/x/bitrix']) refused(() => readHandlerPlace(url), 'BITRIX_HANDLER_URL_INVALID');
	});
});

describe('events that rows need', () => {
	it('are those that the portal offers, each once', () => {
		const rows = [
			{ entity: 'order', actions: ['SAVE', 'DELETE'] as const },
			{ entity: 'order', actions: ['SAVE'] as const },
			{ entity: 'deal', actions: ['CREATE'] as const },
		];
		expect(neededEvents(rows, OFFERED)).toEqual({ names: ['ONSALEORDERSAVED', 'ONORDERENTITYSAVED', 'ONSALEBEFOREORDERDELETE', 'ONCRMDEALADD'], lacking: [] });
	});

	it('may lack those that only newer versions have', () =>
		expect(neededEvents([{ entity: 'order', actions: ['SAVE'] }], ['ONSALEORDERSAVED'])).toEqual({ names: ['ONSALEORDERSAVED'], lacking: [] }));

	it('that an older portal lacks are said, and the others go on', () => {
		const needed = neededEvents([{ entity: 'order', actions: ['SAVE'] }, { entity: 'company', actions: ['CREATE'] }], OFFERED);
		expect(needed).toEqual({ names: ['ONSALEORDERSAVED', 'ONORDERENTITYSAVED'], lacking: ['ONCRMCOMPANYADD'] });
		expect(lackingEvents(needed)).toEqual([expect.objectContaining({ code: 'BITRIX_EVENTS_LACKING', message: expect.stringContaining('ONCRMCOMPANYADD') as string })]);
	});

	it('must be offered in part at least, and there must be some', () => {
		refused(() => neededEvents([{ entity: 'company', actions: ['CREATE'] }], OFFERED), 'BITRIX_EVENT_UNAVAILABLE');
		for (const rows of [[], [{ entity: 'deal', actions: [] }], [{ entity: 'user', actions: ['SAVE' as const] }], [{ entity: 'x', actions: ['SAVE' as const] }]])
			refused(() => neededEvents(rows, OFFERED), 'BITRIX_EVENTS_NOTHING_CHOSEN');
	});
});

describe('a plan of handlers', () => {
	const address = writeHandlerAddress(ADDRESS);
	const old = address.replace('a'.repeat(32), 'c'.repeat(32));
	const isOwn = (url: string): boolean => isOwnHandler(url, ADDRESS);

	it('binds what is missing and unbinds only what is its own and not wanted', () => {
		const present = [
			{ event: 'ONCRMDEALADD', handler: address },
			{ event: 'ONCRMDEALUPDATE', handler: address },
			{ event: 'ONSALEORDERSAVED', handler: old },
			{ event: 'ONSALEORDERSAVED', handler: 'https://shop.example.com/handler.php' },
		];
		expect(planHandlers(['ONCRMDEALADD', 'ONSALEORDERSAVED'], address, present, isOwn)).toEqual({
			bind: [{ event: 'ONSALEORDERSAVED', handler: address }],
			unbind: [
				{ event: 'ONCRMDEALUPDATE', handler: address },
				{ event: 'ONSALEORDERSAVED', handler: old },
			],
		});
		expect(planHandlers(['ONCRMDEALADD'], address, [{ event: 'ONCRMDEALADD', handler: address }], isOwn)).toEqual({ bind: [], unbind: [] });
	});

	it('reads both kinds of handlers', () => {
		const answer = [
			{ event: 'OnCrmDealAdd', handler: address, auth_type: '0', offline: 0 },
			{ event: 'ONCRMDEALADD', connector_id: 'exchange', offline: 1 },
			{ event: 'ONCRMDEALADD', offline: '1' },
		];
		expect(readBoundEvents(answer)).toEqual({
			handlers: [{ event: 'ONCRMDEALADD', handler: address }],
			offline: [
				{ event: 'ONCRMDEALADD', connector: 'exchange' },
				{ event: 'ONCRMDEALADD', connector: '' },
			],
		});
		for (const wrong of [null, {}, [{ handler: 'x' }], ['x']]) refused(() => readBoundEvents(wrong), 'ANSWER_UNEXPECTED');
	});
});
