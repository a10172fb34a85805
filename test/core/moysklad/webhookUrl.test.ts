import fc from 'fast-check';
import {
	isLocal,
	leadsTo,
	originOf,
	publicBase,
	readAddress,
	readReceiver,
	receiverPrefix,
	shownUrl,
	SyncError,
	validCheckString,
	writeAddress,
	type ReceiverAddress,
} from '../../../core';

const ADDRESS: ReceiverAddress = {
	base: 'https://n8n.example.com',
	endpoint: 'webhook',
	webhookId: '5f0c1a2b-0000-4000-8000-000000000001',
	instanceKey: '0123456789ab',
	checkString: 'secret-0123456789',
};
const URL_OF_IT =
	'https://n8n.example.com/webhook/5f0c1a2b-0000-4000-8000-000000000001/moysklad?instance=0123456789ab&check=secret-0123456789';

const code = (work: () => unknown): string | undefined => {
	try {
		work();
		return undefined;
	} catch (error) {
		return error instanceof SyncError ? error.code : String(error);
	}
};

const checkStrings = fc.string({ unit: fc.constantFrom(...'abcXYZ019-._~'), minLength: 16, maxLength: 40 });
const addresses: fc.Arbitrary<ReceiverAddress> = fc.record({
	base: fc.constantFrom(
		'https://n8n.example.com',
		'http://shop.example.org:8443',
		'https://example.com/tools/n8n',
		'https://example.com/webhook/x/moysklad',
	),
	endpoint: fc.constantFrom('webhook', 'webhook-test', 'hooks'),
	webhookId: fc.uuid(),
	instanceKey: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 12, maxLength: 12 }),
	checkString: checkStrings,
});

describe('The address of a receiver', () => {
	it('has a path without placeholders, which n8n finds in its cache', () => {
		expect(writeAddress(ADDRESS)).toBe(URL_OF_IT);
	});

	it('is read back as it was written', () => {
		fc.assert(
			fc.property(addresses, (address) => {
				expect(readAddress(writeAddress(address))).toEqual(address);
			}),
		);
	});

	it('is read from what n8n shows', () => {
		fc.assert(
			fc.property(addresses, ({ base, endpoint, webhookId }) => {
				const shown = `${receiverPrefix({ base, endpoint, webhookId })}/moysklad`;
				expect(readReceiver(` ${shown}\n`)).toEqual({ base, endpoint, webhookId });
			}),
		);
	});

	it.each([
		'',
		'n8n.example.com/webhook/a/moysklad',
		'https://n8n.example.com/webhook/a',
		'https://n8n.example.com/webhook/a/moysklad/x',
		'https://n8n.example.com/moysklad',
		`${URL_OF_IT}&x=1`,
	])('is not seen in "%s"', (url) => {
		expect(code(() => readReceiver(url))).toBe('WEBHOOK_URL_NOT_OF_TRIGGER');
	});

	it.each([
		['a key that is none', URL_OF_IT.replace('0123456789ab', '0123456789aX')],
		['no check string', URL_OF_IT.replace('&check=secret-0123456789', '')],
		['more of a query', `${URL_OF_IT}&a=1`],
		['another path', URL_OF_IT.replace('/moysklad?', '/bitrix?')],
		['no query', 'https://n8n.example.com/webhook/a/moysklad'],
	])('is none with %s', (_what, url) => {
		expect(readAddress(url)).toBeUndefined();
	});

	it('has at most 255 characters', () => {
		const longest = { ...ADDRESS, checkString: 'x'.repeat(255 - URL_OF_IT.length + ADDRESS.checkString.length) };
		expect(writeAddress(longest)).toHaveLength(255);
		expect(code(() => writeAddress({ ...longest, checkString: `${longest.checkString}x` }))).toBe(
			'WEBHOOK_URL_TOO_LONG',
		);
	});

	it('W1: leads to a trigger whatever the check string, but only with the same base, id and key', () => {
		fc.assert(
			fc.property(addresses, checkStrings, (address, other) => {
				expect(leadsTo(writeAddress({ ...address, checkString: other }), address)).toBe(true);
				expect(leadsTo(writeAddress({ ...address, base: 'https://clone.example.com' }), address)).toBe(false);
				expect(
					leadsTo(writeAddress({ ...address, instanceKey: 'ffffffffffff' }), {
						...address,
						instanceKey: '000000000000',
					}),
				).toBe(false);
				expect(leadsTo(writeAddress({ ...address, webhookId: 'another' }), address)).toBe(false);
				expect(leadsTo(writeAddress({ ...address, endpoint: 'other' }), address)).toBe(false);
			}),
		);
	});

	it('W4: begins with a prefix that no other trigger has, of this n8n or another', () => {
		fc.assert(
			fc.property(addresses, addresses, (one, other) => {
				const prefix = `${receiverPrefix(one)}/`;
				const same = one.base === other.base && one.endpoint === other.endpoint && one.webhookId === other.webhookId;
				expect(writeAddress(one).startsWith(prefix)).toBe(true);
				expect(writeAddress(other).startsWith(prefix)).toBe(same);
			}),
		);
	});
});

describe('The public base address', () => {
	it.each([
		['https://n8n.example.com/', 'https://n8n.example.com'],
		[' http://203.0.113.7:5678 ', 'http://203.0.113.7:5678'],
		['https://example.com/n8n//', 'https://example.com/n8n'],
	])('%s is %s', (text, base) => {
		expect(publicBase(text)).toBe(base);
	});

	it.each([
		'',
		'n8n.example.com',
		'ftp://example.com',
		'https://',
		'https://a b.com',
		'https://example.com?x=1',
		'https://user@example.com',
		'https://example.com:port',
	])('"%s" is none', (text) => {
		expect(code(() => publicBase(text))).toBe('WEBHOOK_BASE_URL_INVALID');
	});

	it('has an origin in the usual spelling', () => {
		expect(originOf('HTTPS://N8N.Example.com:443/tools')).toBe('https://n8n.example.com');
	});

	it.each([
		'localhost:5678',
		'127.0.0.1',
		'10.1.2.3',
		'172.16.0.1',
		'172.31.9.9',
		'192.168.0.10:5678',
		'169.254.1.1',
		'0.0.0.0',
		'[::1]',
		'[fd00::1]',
		'n8n',
		'n8n.local',
		'n8n.internal',
	])('R071: %s is local', (host) => {
		expect(isLocal(`http://${host}/x`)).toBe(true);
	});

	it.each([
		'n8n.example.com',
		'203.0.113.7',
		'172.32.0.1',
		'11.0.0.1',
		'192.169.0.1',
		'[2001:db8::1]',
		'local.example.com',
		'100.example.com',
		'10.example.com',
		'127.0.0.example.com',
		'192.168.example.com',
		'172.16.example.com',
	])('R071: %s is public', (host) => {
		expect(isLocal(`https://${host}/x`)).toBe(false);
	});
});

describe('The check string', () => {
	it.each(['secret-0123456789', 'A.b_c~d-0123456789'])('can be %s', (text) => {
		expect(validCheckString(` ${text} `)).toBe(text);
	});

	it.each([
		['WEBHOOK_CHECK_STRING_MISSING', ''],
		['WEBHOOK_CHECK_STRING_MISSING', '   '],
		['WEBHOOK_CHECK_STRING_MISSING', undefined],
		['WEBHOOK_CHECK_STRING_WEAK', 'x'.repeat(15)],
		['WEBHOOK_CHECK_STRING_WEAK', 'secret/0123456789'],
		['WEBHOOK_CHECK_STRING_WEAK', 'секрет-0123456789'],
		['WEBHOOK_CHECK_STRING_WEAK', 'secret?0123456789a'],
	])('gives %s for "%s"', (expected, text) => {
		expect(code(() => validCheckString(text))).toBe(expected);
	});
});

describe('A shown address', () => {
	it('never has the check string', () => {
		fc.assert(
			fc.property(addresses, (address) => {
				expect(shownUrl(writeAddress(address))).toBe(
					writeAddress({ ...address, checkString: 'xxx' }).slice(0, -3) + '***',
				);
			}),
		);
	});

	it('has no values of a query and no login', () => {
		expect(shownUrl('https://me:pass@shop.example.com/hook?token=abc&x=&y=2#z')).toBe(
			'https://***@shop.example.com/hook?token=***&x=***&y=***#z',
		);
	});
});
