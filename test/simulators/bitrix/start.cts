import { makeCertificate, type Certificate } from '../kernel/certificate.cts';
import { makeBench, startSimulator, type RunningSimulator } from '../kernel/simulator.cts';
import { AUTHORIZE_PATH, TOKEN_PATH } from './access/oauth.cts';
import { makeWebhooks } from './access/people.cts';
import { furnishCatalog, type Catalogs } from './catalog/furnish.cts';
import { makeControl } from './control/control.cts';
import { storePage, type StorePage } from './demo/storePage.cts';
import { furnishCrm } from './crm/furnish.cts';
import { placeDeals } from './crm/placeDeals.cts';
import { EXCHANGE_PATH } from './exchange/call.cts';
import { ExchangeEndpoint } from './exchange/exchange.cts';
import { awaitExchange } from './exchange/import/blocks.cts';
import { ExchangeSite } from './exchange/site.cts';
import { RateLimit } from './limits/rateLimit.cts';
import { Registry } from './methods/registry.cts';
import { Runner } from './methods/runner.cts';
import { fullOptions, type BitrixOptions } from './options.cts';
import { placeOrders } from './orders/placeOrders.cts';
import { BitrixPlatform } from './platform.cts';
import { Portal } from './portal.cts';
import { furnishSale } from './sale/furnish.cts';

export interface RunningBitrix extends RunningSimulator {
	/** The administrator's inbound webhook with all scopes: `…/rest/1/<secret>/`. */
	webhookUrl: string;
	/** Of users and scopes that may do less. */
	webhooks: Record<'editor' | 'manager' | 'guest' | 'catalogOnly' | 'saleOnly' | 'crmOnly', string>;
	oauth: {
		clientId: string;
		clientSecret: string;
		redirectUri: string;
		authorizeUrl: string;
		tokenUrl: string;
		/** The base of the authorization server, without a path of REST. */
		serverEndpoint: string;
		memberId: string;
		/** What events of the application carry as proof. */
		applicationToken: string;
	};
	/** The exchange with 1C, and the account that may exchange. */
	exchange: {
		/** `…/bitrix/admin/1c_exchange.php` */
		url: string;
		login: string;
		password: string;
		/** Its settings and state inside, for tests in the same process. */
		site: ExchangeSite;
	};
	/** Ids of information blocks. */
	catalogs: Catalogs;
	/** The data and settings inside, for tests in the same process. */
	portal: Portal;
	/** Only with `demoPage`. */
	page: StorePage | undefined;
	/** Only with `https`: clients have to trust it. */
	certificate?: string;
}

/** Starts a Bitrix on loopback: a cloud Bitrix24, one on a server of its own, or a plain site. Without goods, with the books filled. */
export async function startBitrix(options: BitrixOptions = {}): Promise<RunningBitrix> {
	const full = fullOptions(options);
	const bench = makeBench(full.seed);
	const portal = new Portal(full, bench.clock);
	const catalogs = furnishCatalog(portal);
	awaitExchange(portal, catalogs.main);
	furnishSale(portal);
	furnishCrm(portal);
	if (full.orders > 0) placeOrders(portal, catalogs, { count: full.orders, seed: full.seed });
	if (full.deals > 0) placeDeals(portal, catalogs, { count: full.deals, seed: full.seed });
	const runner = new Runner(portal, new Registry(portal), bench.counters);
	const rate = new RateLimit(portal);
	const site = new ExchangeSite(portal, full.exchange);
	const control = makeControl(portal, catalogs, rate, site);
	const page = full.demoPage ? storePage(portal, catalogs) : undefined;
	const platform = new BitrixPlatform(portal, runner, rate, bench.counters, control, new ExchangeEndpoint(site), page);
	const certificate = full.https ? makeCertificate() : undefined;
	const running = await startSimulator(platform, bench, full.port, certificate);
	portal.url = running.url;
	const { login, password } = full.exchange;
	const exchange = { url: `${running.url}${EXCHANGE_PATH}`, login, password, site };
	return { ...running, ...addresses(portal), exchange, catalogs, portal, page, ...trust(certificate) };
}

const trust = (certificate: Certificate | undefined): Pick<RunningBitrix, 'certificate'> =>
	certificate ? { certificate: certificate.certificate } : {};

function addresses({ url, options, oauth }: Portal): Pick<RunningBitrix, 'webhookUrl' | 'webhooks' | 'oauth'> {
	const hooks = makeWebhooks(options.seed);
	const hookUrl = (purpose: keyof typeof hooks): string => `${url}/rest/${hooks[purpose].user}/${hooks[purpose].secret}/`;
	const { clientId, clientSecret, redirectUri, token } = oauth.application;
	return {
		webhookUrl: hookUrl('admin'),
		webhooks: {
			editor: hookUrl('editor'),
			manager: hookUrl('manager'),
			guest: hookUrl('guest'),
			catalogOnly: hookUrl('catalogOnly'),
			saleOnly: hookUrl('saleOnly'),
			crmOnly: hookUrl('crmOnly'),
		},
		oauth: {
			clientId,
			clientSecret,
			redirectUri,
			memberId: oauth.memberId,
			applicationToken: token,
			authorizeUrl: `${url}${AUTHORIZE_PATH}`,
			tokenUrl: `${url}${TOKEN_PATH}`,
			serverEndpoint: `${url}${TOKEN_PATH.replace('/oauth/token/', '')}`,
		},
	};
}
