import { SyncError } from '../errors';

/** Where the exchange of a site is called. */
export interface ExchangeAddress {
	/** Of the script, without a query: `https://shop.example.com/bitrix/admin/1c_exchange.php`. */
	url: string;
	/** What a user calls the site: the host, and the port when it is not the usual one. */
	host: string;
	/** By which the site is known to locks: an address with and without `www.` is one site. */
	site: string;
}

/** Where a site has the script unless somebody moved it. */
export const EXCHANGE_PATH = '/bitrix/admin/1c_exchange.php';

/**
 * The address of the exchange, made of what a user typed or pasted. Of the site's address only scheme, host and port are
 * taken (https where none is said), of the path only the path: whoever pastes the address of an administrative page gets
 * what he means. Throws EXCHANGE_ADDRESS, which never repeats what was typed: it may hold a password.
 */
export function exchangeAddress(site: string, path = ''): ExchangeAddress {
	const { protocol, host } = siteOf(site.trim());
	return { url: `${protocol}//${host}${scriptOf(path.trim())}`, host, site: `${host.replace(/^www\./, '')}` };
}

function siteOf(site: string): URL {
	if (site === '') throw new SyncError('EXCHANGE_ADDRESS', { reason: 'it is empty' });
	if (/\s/.test(site)) throw new SyncError('EXCHANGE_ADDRESS', { reason: 'it has a space in it' });
	const url = parsed(withScheme(site));
	if (!url || url.hostname === '') throw new SyncError('EXCHANGE_ADDRESS', { reason: 'it is no address' });
	if (url.protocol !== 'https:' && url.protocol !== 'http:')
		throw new SyncError('EXCHANGE_ADDRESS', { reason: `it begins with ${url.protocol} instead of https:` });
	return url;
}

/** `shop.example.com:8080` is a host with a port, not the scheme `shop.example.com`. */
const withScheme = (site: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(site) ? site : `https://${site.replace(/^\/+/, '')}`);

function scriptOf(path: string): string {
	const pasted = /^https?:\/\//i.test(path) ? parsed(path)?.pathname : path.replace(/[?#].*$/s, '');
	if (pasted === undefined) throw new SyncError('EXCHANGE_ADDRESS', { reason: 'its path is no path' });
	const script = parsed(`https://site/${pasted.replace(/^\/+/, '')}`)?.pathname ?? '/';
	return script === '/' ? EXCHANGE_PATH : script;
}

function parsed(address: string): URL | undefined {
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}

/**
 * Where a redirect leads: to the same script at another address (then that address is to be entered), or elsewhere, as to
 * a login page. Undefined when the header is no address.
 */
export function redirectTarget(location: string | undefined, from: ExchangeAddress): { site: string; sameScript: boolean } | undefined {
	if (!location) return undefined;
	try {
		const target = new URL(location, from.url);
		return { site: `${target.protocol}//${target.host}`, sameScript: target.pathname === new URL(from.url).pathname };
	} catch {
		return undefined;
	}
}
