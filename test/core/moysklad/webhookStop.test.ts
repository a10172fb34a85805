import fc from 'fast-check';
import { LONGEST_URL, markedStop, stopOf, stopped, validCheckString, writeAddress, type RegisteredWebhook, type StopReason } from '../../../core';

const ADDRESS = { base: 'https://n8n.example.com', endpoint: 'webhook', webhookId: 'w', instanceKey: '0123456789ab', checkString: 'secret-0123456789' };
const webhook = (url: string, enabled = true): RegisteredWebhook => ({
	kind: 'object', entity: 'product', action: 'CREATE', diffType: null, url, enabled, id: 'a', accountId: null, ofSolution: false,
});

describe('A stop of a webhook', () => {
	it.each<StopReason>(['paused', 'unpublished'])('%s: stands in the address, which MoySklad keeps, to the second', (reason) => {
		const since = '2026-11-22T10:11:12.000Z';
		const off = stopped(webhook(writeAddress(ADDRESS)), { reason, since });
		expect(off).toMatchObject({ enabled: false, kind: 'object', entity: 'product' });
		expect(stopOf(off)).toEqual({ reason, since });
		expect(off.url).not.toContain(ADDRESS.checkString);
	});

	it('is shorter than any check string, and is none: no stop makes an address too long, and no call to it is genuine', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2999-01-01'), noInvalidDate: true }), fc.constantFrom<StopReason>('paused', 'unpublished'), (date, reason) => {
				const room = LONGEST_URL - writeAddress({ ...ADDRESS, base: 'https://n', checkString: 'x'.repeat(16) }).length;
				const longest = writeAddress({ ...ADDRESS, base: `https://n${'a'.repeat(room)}`, checkString: 'x'.repeat(16) });
				const off = stopped(webhook(longest), { reason, since: date.toISOString() });
				expect(off.url.length).toBeLessThanOrEqual(LONGEST_URL);
				expect(() => validCheckString(off.url.split('/').at(-1))).toThrow();
				expect(stopOf(off)?.reason).toBe(reason);
			}),
		);
	});

	it('is not seen in what is on, in other check strings, and in what is not of a trigger', () => {
		const off = stopped(webhook(writeAddress(ADDRESS)), { reason: 'paused', since: '2026-11-22T10:11:12Z' });
		expect(stopOf({ ...off, enabled: true })).toBeUndefined();
		expect(markedStop(off.url)).toBeDefined();
		for (const checkString of ['paused', 'paused-', 'paused-ABC', 'paused-0123456789', 'offline', ADDRESS.checkString])
			expect(stopOf(webhook(writeAddress({ ...ADDRESS, checkString }), false))).toBeUndefined();
		expect(stopped(webhook('https://shop.example.com/paused-t0'), { reason: 'paused', since: '2026-11-22T10:11:12Z' }).url).toBe('https://shop.example.com/paused-t0');
		expect(markedStop('https://shop.example.com/paused-t0')).toBeUndefined();
	});
});
