import { addressText, auditWebhooks, isHealthy, leadsTo, stopped, webhooksAt, type AuditSubject, type RegisteredWebhook } from '../../../core';

const RECEIVER = { base: 'https://n8n.example.com', endpoint: 'webhook', webhookId: 'w', instanceKey: '0123456789ab' };
const CHECK = 'secret-0123456789';
const at = (more: Partial<typeof RECEIVER> = {}, checkString = CHECK): string => addressText({ ...RECEIVER, ...more, checkString });

let number = 0;
const webhook = (url: string, more: Partial<Extract<RegisteredWebhook, { kind: 'object' }>> = {}): RegisteredWebhook => ({
	kind: 'object', entity: 'customerorder', action: 'CREATE', diffType: null, url, enabled: true, id: `${(number += 1)}`, accountId: null, ofSolution: false, ...more,
});

function audit(present: RegisteredWebhook[], more: Partial<AuditSubject> = {}): string[] {
	const address = more.address === undefined ? at() : more.address;
	return findings(present, { address, ...more }).map(({ code, level, key, cure }) => `${level} ${code} ${key}${cure ? ` (${cure})` : ''}`);
}

const findings = (present: RegisteredWebhook[], more: Partial<AuditSubject>) =>
	auditWebhooks({
		present,
		address: null,
		expected: webhooksAt([{ kind: 'object', entity: 'customerorder', action: 'CREATE', diffType: null }], more.address ?? at()),
		own: RECEIVER,
		isOwn: (url) => leadsTo(url, RECEIVER),
		checkString: CHECK,
		previousCheckString: 'older-secret-0123456789',
		local: false,
		...more,
	});

describe('The audit of webhooks', () => {
	it('finds nothing where all is well', () => {
		expect(audit([webhook(at())])).toEqual([]);
	});

	it('finds what is missing, and that no place is left for it', () => {
		expect(audit([])).toEqual(['error WEBHOOK_MISSING customerorder CREATE (ensure)']);
		const foreign = [1, 2, 3, 4, 5].map((shop) => webhook(`https://shop${shop}.example.com/hook?token=s3cr3t`));
		const all = findings(foreign, { address: at() });
		expect(all.map(({ code }) => code)).toEqual(['WEBHOOK_MISSING', 'WEBHOOK_SLOTS_FULL', ...Array<string>(5).fill('WEBHOOK_OF_OTHER_SYSTEM')]);
		expect(all[0]?.slots).toEqual({ used: 5, of: 5 });
		expect(JSON.stringify(all)).not.toContain('s3cr3t');
	});

	it('finds what is off, and why', () => {
		expect(audit([webhook(at(), { enabled: false })])).toEqual(['error WEBHOOK_DISABLED customerorder CREATE (update)']);
		const off = (reason: 'paused' | 'unpublished') => ({ ...webhook(at()), ...stopped(webhook(at()), { reason, since: '2026-11-22T10:00:00Z' }), id: 'off' }) as RegisteredWebhook;
		expect(audit([off('paused')])).toEqual(['info WEBHOOK_PAUSED customerorder CREATE (resume)']);
		expect(audit([off('unpublished')])).toEqual(['info WEBHOOK_UNPUBLISHED customerorder CREATE']);
		expect(findings([off('paused')], {})[0]?.message).toContain('2026-11-22T10:00:00.000Z');
		expect(audit([{ ...off('paused'), enabled: true }])).toEqual(['error WEBHOOK_CHECK_STRING_UNKNOWN customerorder CREATE (resume)']);
	});

	it('finds an old and an unknown check string', () => {
		expect(audit([webhook(at({}, 'older-secret-0123456789'))])).toEqual(expect.arrayContaining(['warning WEBHOOK_CHECK_STRING_OLD customerorder CREATE (rotate)']));
		expect(audit([webhook(at({}, 'stolen-secret-0123456789'))])).toEqual(expect.arrayContaining(['error WEBHOOK_CHECK_STRING_UNKNOWN customerorder CREATE (ensure)']));
	});

	it('finds doubles, other addresses and other systems, and is healthy nevertheless', () => {
		const present = [
			webhook(at()),
			webhook(at({}, 'older-secret-0123456789')),
			webhook(at({ base: 'https://old.example.com' })),
			webhook(at({ instanceKey: 'ffffffffffff' })),
			webhook('https://shop.example.com/hook'),
		];
		expect(audit(present)).toEqual(
			expect.arrayContaining([
				'warning WEBHOOK_DUPLICATE customerorder CREATE',
				'warning WEBHOOK_OTHER_ADDRESS customerorder CREATE (move)',
				'info WEBHOOK_OF_OTHER_SYSTEM customerorder CREATE',
			]),
		);
		expect(isHealthy(findings(present, {}))).toBe(true);
		expect(isHealthy(findings([], {}))).toBe(false);
	});

	it.each<[string, string[]]>([
		['http://n8n.example.com', ['warning WEBHOOK_NOT_HTTPS n8n.example.com']],
		['https://localhost:5678', ['error WEBHOOK_ADDRESS_LOCAL localhost:5678']],
		['https://192.168.1.7', ['error WEBHOOK_ADDRESS_LOCAL 192.168.1.7']],
		['http://127.0.0.1:5678', ['error WEBHOOK_ADDRESS_LOCAL 127.0.0.1:5678', 'warning WEBHOOK_NOT_HTTPS 127.0.0.1:5678']],
		[`https://n8n.example.com/${'a'.repeat(240)}`, ['error WEBHOOK_URL_TOO_LONG n8n.example.com']],
	])('R071: finds what is wrong with the address %s', (base, expected) => {
		const own = { ...RECEIVER, base };
		const more = { own, address: at({ base }), expected: [], isOwn: (url: string) => leadsTo(url, own) };
		expect(audit([webhook(at({ base }))], more)).toEqual(expected);
		expect(audit([webhook(at({ base }))], { ...more, local: true })).toEqual(expected.filter((text) => text.includes('TOO_LONG')));
	});

	it.each<[string, string[]]>([
		['https://n8n.example.com', []],
		['http://localhost:5678', ['error WEBHOOK_ADDRESS_LOCAL localhost:5678', 'warning WEBHOOK_NOT_HTTPS localhost:5678']],
		// Short enough by itself: what a trigger adds makes it too long.
		[`https://n8n.example.com/${'a'.repeat(140)}`, ['error WEBHOOK_URL_TOO_LONG n8n.example.com']],
		[`https://n8n.example.com/${'a'.repeat(90)}`, []],
	])('R071: before there is a webhook, finds what would be wrong with its address at %s', (base, expected) => {
		const own = { ...RECEIVER, base };
		const more = { own, address: null, expected: [], isOwn: () => false };
		const told = (present: RegisteredWebhook[], local = false): string[] => findings(present, { ...more, local }).filter(({ key }) => key === new URL(base).host).map(({ code, level, key }) => `${level} ${code} ${key}`);
		expect(told([])).toEqual(expected);
		expect(told([], true)).toEqual(expected.filter((text) => text.includes('TOO_LONG')));
		expect(told([webhook('https://shop.example.com/hook')])).toEqual(expected);
		// One that is there counts by its own address, and nothing is told twice.
		expect(told([webhook(at({ base }))])).toEqual(expected.filter((text) => !text.includes('TOO_LONG')));
	});
});
