import fc from 'fast-check';
import { exchangeAddress, redirectTarget } from '../../../core';

const SCRIPT = '/bitrix/admin/1c_exchange.php';

describe('The address of an exchange', () => {
	it.each([
		['shop.example.com', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com/', `https://shop.example.com${SCRIPT}`],
		['  HTTPS://Shop.Example.com  ', `https://shop.example.com${SCRIPT}`],
		['http://shop.example.com', `http://shop.example.com${SCRIPT}`],
		['//shop.example.com', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com:443', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com:8443', `https://shop.example.com:8443${SCRIPT}`],
		['shop.example.com:8080', `https://shop.example.com:8080${SCRIPT}`],
		['127.0.0.1:4020', `https://127.0.0.1:4020${SCRIPT}`],
		['http://[::1]:80', `http://[::1]${SCRIPT}`],
		['https://shop.example.com/bitrix/admin/', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com/bitrix/admin/index.php?lang=ru#top', `https://shop.example.com${SCRIPT}`],
		['https://shop.example.com/bitrix/admin/1c_exchange.php?type=sale&mode=checkauth', `https://shop.example.com${SCRIPT}`],
		['https://admin:Pa55@shop.example.com/', `https://shop.example.com${SCRIPT}`],
		['магазин.рф', `https://xn--80aairftm.xn--p1ai${SCRIPT}`],
	])('%s', (site, url) => expect(exchangeAddress(site).url).toBe(url));

	it.each([
		['', SCRIPT],
		['/bitrix/admin/1c_exchange.php', SCRIPT],
		['bitrix/admin/1c_exchange.php', SCRIPT],
		['/shop/exchange.php?type=catalog', '/shop/exchange.php'],
		['https://other.example.com/a/b.php?x=1', '/a/b.php'],
		['/a/../b.php', '/b.php'],
		[' /a b.php ', '/a%20b.php'],
		['/', SCRIPT],
	])('with the path “%s”', (path, script) => expect(exchangeAddress('shop.example.com', path).url).toBe(`https://shop.example.com${script}`));

	it.each([
		['', 'empty'],
		['   ', 'empty'],
		['shop example.com', 'space'],
		['https://', 'no address'],
		['https://shop.example.com:99999', 'no address'],
		['ftp://shop.example.com', 'ftp:'],
		['javascript://x', 'javascript:'],
		['file:///etc/passwd', 'no address'],
	])('“%s” is none', (site, reason) => {
		expect(() => exchangeAddress(site)).toThrow(expect.objectContaining({ code: 'EXCHANGE_ADDRESS', message: expect.stringContaining(reason) as string }));
	});

	it('does not repeat what may hold a password', () => {
		expect(() => exchangeAddress('ftp://admin:Pa55@shop.example.com')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('Pa55') as string }));
		expect(JSON.stringify(exchangeAddress('https://admin:Pa55@shop.example.com'))).not.toContain('Pa55');
	});

	it('is one site with www. and without', () => {
		expect(exchangeAddress('www.shop.example.com').site).toBe(exchangeAddress('http://shop.example.com').site);
		expect(exchangeAddress('shop.example.com:81').site).not.toBe(exchangeAddress('shop.example.com').site);
	});

	it('is a web address or an error of the catalogue, whatever was typed', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (site, path) => {
				try {
					const { url } = exchangeAddress(site, path);
					const { protocol, search, hash, username } = new URL(url);
					return /^https?:$/.test(protocol) && search === '' && hash === '' && username === '' && new URL(url).href === url;
				} catch (error) {
					return (error as { code?: string }).code === 'EXCHANGE_ADDRESS';
				}
			}),
		);
	});
});

describe('A redirect', () => {
	const from = exchangeAddress('http://shop.example.com');
	it.each([
		['https://shop.example.com/bitrix/admin/1c_exchange.php?type=catalog', { site: 'https://shop.example.com', sameScript: true }],
		['//www.shop.example.com/bitrix/admin/1c_exchange.php', { site: 'http://www.shop.example.com', sameScript: true }],
		['/auth/', { site: 'http://shop.example.com', sameScript: false }],
		['', undefined],
		['http://[', undefined],
	])('to “%s”', (location, target) => expect(redirectTarget(location, from)).toEqual(target));
});
