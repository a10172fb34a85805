import { checkTimestamp, CLOCK_TOLERANCE_SECONDS, readSignature, readSiteCall, signedBytes } from '../../../../core';

const refused = (run: () => unknown, code: string): void => expect(run).toThrow(expect.objectContaining({ code }) as Error);

const order = { entity: 'order', id: '235', action: 'SAVE', at: 1795000000 };

it('reads what a site reports', () => {
	expect(readSiteCall({ message: 'x', site: 'Shop.Example.com', events: [order, { entity: 'user', id: 7, action: 'SAVE' }] })).toEqual({
		unreadable: 0,
		events: [
			{ entity: 'order', id: '235', action: 'SAVE', event: null, xmlId: null, moment: '2026-11-18T11:06:40.000Z', memberId: null, domain: 'shop.example.com' },
			{ entity: 'user', id: '7', action: 'SAVE', event: null, xmlId: null, moment: null, memberId: null, domain: 'shop.example.com' },
		],
	});
});

it('does not lose events because others cannot be read', () => {
	const strange = [{ ...order, entity: 'deal' }, { ...order, action: 'UPDATE' }, { ...order, id: '1;2' }, { ...order, id: 0 }, null, 'x', {}];
	expect(readSiteCall({ events: [...strange, order] })).toMatchObject({ unreadable: strange.length, events: [{ id: '235' }] });
	refused(() => readSiteCall({ events: strange }), 'BITRIX_CALL_MALFORMED');
});

it.each([null, 'text', 5, [], {}, { events: 'x' }, { events: {} }])('refuses %j', (body) =>
	refused(() => readSiteCall(body), 'BITRIX_CALL_MALFORMED'),
);

it('takes a call without events, and none with thousands', () => {
	expect(readSiteCall({ events: [] })).toEqual({ events: [], unreadable: 0 });
	refused(() => readSiteCall({ events: Array.from({ length: 2001 }, () => order) }), 'BITRIX_CALL_TOO_LARGE');
});

it('takes what was signed lately, before or after', () => {
	const now = 1795000000_000;
	for (const seconds of [0, CLOCK_TOLERANCE_SECONDS, -CLOCK_TOLERANCE_SECONDS])
		expect(() => checkTimestamp(String(1795000000 + seconds), now)).not.toThrow();
	for (const seconds of [CLOCK_TOLERANCE_SECONDS + 1, -CLOCK_TOLERANCE_SECONDS - 1])
		refused(() => checkTimestamp(String(1795000000 + seconds), now), 'BITRIX_CALL_TIME_OFF');
	for (const wrong of [undefined, '', 'now', '1795000000000', ' 1795000000', '-795000000'])
		refused(() => checkTimestamp(wrong, now), 'BITRIX_CALL_SIGNATURE_MISSING');
});

it('reads signatures of SHA-256 only', () => {
	expect(readSignature(`sha256=${'A'.repeat(64)}`)).toBe('a'.repeat(64));
	for (const wrong of [undefined, '', 'a'.repeat(64), `sha256=${'a'.repeat(63)}`, `sha1=${'a'.repeat(64)}`, `sha256=${'g'.repeat(64)}`])
		refused(() => readSignature(wrong), 'BITRIX_CALL_SIGNATURE_MISSING');
});

it('signs the moment together with the body', () => {
	const text = signedBytes('1795000000', new TextEncoder().encode('{"events":[]}'));
	expect(text.map((bytes) => new TextDecoder().decode(bytes)).join('')).toBe('1795000000.{"events":[]}');
});
