import { readWebhook, SyncError, webhookBody, webhookReference } from '../../../core';

const ROW = {
	meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/webhook/a', type: 'webhook' },
	id: 'a',
	accountId: 'account',
	entityType: 'customerorder',
	url: 'https://shop.example.com/hook',
	method: 'POST',
	enabled: true,
	action: 'UPDATE',
	diffType: 'FIELDS',
};

describe('A webhook of MoySklad', () => {
	it('of objects is read and written', () => {
		const webhook = readWebhook('object', ROW);
		expect(webhook).toEqual({
			kind: 'object',
			id: 'a',
			accountId: 'account',
			entity: 'customerorder',
			action: 'UPDATE',
			diffType: 'FIELDS',
			url: ROW.url,
			enabled: true,
			ofSolution: false,
		});
		expect(webhookBody(webhook)).toEqual({
			entityType: 'customerorder',
			action: 'UPDATE',
			diffType: 'FIELDS',
			url: ROW.url,
			enabled: true,
			method: 'POST',
		});
	});

	it('of stock is read and written', () => {
		const webhook = readWebhook('stock', {
			id: 'b',
			accountId: 'account',
			url: ROW.url,
			enabled: false,
			reportType: 'bystore',
			stockType: 'stock',
		});
		expect(webhook).toEqual({
			kind: 'stock',
			id: 'b',
			accountId: 'account',
			reportType: 'bystore',
			url: ROW.url,
			enabled: false,
			ofSolution: false,
		});
		expect(webhookBody(webhook, 'b')).toEqual({
			meta: {
				href: 'https://api.moysklad.ru/api/remap/1.2/entity/webhookstock/b',
				type: 'webhookstock',
				mediaType: 'application/json',
			},
			url: ROW.url,
			enabled: false,
			reportType: 'bystore',
			stockType: 'stock',
		});
	});

	it('for another action than UPDATE has no diffType, which MoySklad would refuse (30009)', () => {
		const webhook = readWebhook('object', { ...ROW, action: 'CREATE', diffType: undefined });
		expect(webhook).toMatchObject({ action: 'CREATE', diffType: null });
		expect(webhookBody(webhook)).not.toHaveProperty('diffType');
	});

	it('without a diffType has NONE', () => {
		expect(readWebhook('object', { ...ROW, diffType: undefined })).toMatchObject({ diffType: 'NONE' });
	});

	it('of a solution is known as such', () => {
		expect(readWebhook('object', { ...ROW, authorApplication: { meta: {} } }).ofSolution).toBe(true);
	});

	it.each([
		['no id', { ...ROW, id: undefined }],
		['an action of another form', { ...ROW, action: 'EXPLODED' }],
		['nothing', null],
	])('with %s is not guessed', (_what, row) => {
		expect(() => readWebhook('object', row)).toThrow(
			expect.objectContaining<Partial<SyncError>>({ code: 'ANSWER_UNEXPECTED' }),
		);
	});

	it('is named by its meta', () => {
		expect(webhookReference('object', 'a')).toMatchObject({
			meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/webhook/a', type: 'webhook' },
		});
	});
});
