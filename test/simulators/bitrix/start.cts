import { makeCertificate, type Certificate } from '../kernel/certificate.cts';
import { makeBench, startSimulator, type RunningSimulator } from '../kernel/simulator.cts';
import { AUTHORIZE_PATH, TOKEN_PATH } from './access/oauth.cts';
import { makeWebhooks } from './access/people.cts';
import { furnishCatalog, type Catalogs } from './catalog/furnish.cts';
import { makeControl } from './control/control.cts';
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
	webhooks: Record<'editor' | 'manager' | 'guest' | 'catalogOnly' | 'saleOnly', string>;
	oauth: {
		clientId: string;
		clientSecret: string;
		redirectUri: string;
		authorizeUrl: string;
		tokenUrl: string;
		/** The base of the authorization server, without a path of REST. */
		serverEndpoint: string;
		memberId: string;
	};
	/** Ids of information blocks. */
	catalogs: Catalogs;
	/** The data and settings inside, for tests in the same process. */
	portal: Portal;
	/** Only with `https`: clients have to trust it. */
	certificate?: string;
}

/** Starts a Bitrix on loopback: a cloud Bitrix24, one on a server of its own, or a plain site. Without goods, with the books filled. */
export async function startBitrix(options: BitrixOptions = {}): Promise<RunningBitrix> {
	const full = fullOptions(options);
	const bench = makeBench(full.seed);
	const portal = new Portal(full, bench.clock);
	const catalogs = furnishCatalog(portal);
	furnishSale(portal);
	if (full.orders > 0) placeOrders(portal, catalogs, { count: full.orders, seed: full.seed });
	const runner = new Runner(portal, new Registry(portal), bench.counters);
	const rate = new RateLimit(portal);
	const platform = new BitrixPlatform(portal, runner, rate, bench.counters, makeControl(portal, catalogs, rate));
	const certificate = full.https ? makeCertificate() : undefined;
	const running = await startSimulator(platform, bench, full.port, certificate);
	portal.url = running.url;
	return { ...running, ...addresses(portal), catalogs, portal, ...trust(certificate) };
}

const trust = (certificate: Certificate | undefined): Pick<RunningBitrix, 'certificate'> =>
	certificate ? { certificate: certificate.certificate } : {};

function addresses({ url, options, oauth }: Portal): Pick<RunningBitrix, 'webhookUrl' | 'webhooks' | 'oauth'> {
	const hooks = makeWebhooks(options.seed);
	const hookUrl = (purpose: keyof typeof hooks): string => `${url}/rest/${hooks[purpose].user}/${hooks[purpose].secret}/`;
	const { clientId, clientSecret, redirectUri } = oauth.application;
	return {
		webhookUrl: hookUrl('admin'),
		webhooks: {
			editor: hookUrl('editor'),
			manager: hookUrl('manager'),
			guest: hookUrl('guest'),
			catalogOnly: hookUrl('catalogOnly'),
			saleOnly: hookUrl('saleOnly'),
		},
		oauth: {
			clientId,
			clientSecret,
			redirectUri,
			memberId: oauth.memberId,
			authorizeUrl: `${url}${AUTHORIZE_PATH}`,
			tokenUrl: `${url}${TOKEN_PATH}`,
			serverEndpoint: `${url}${TOKEN_PATH.replace('/oauth/token/', '')}`,
		},
	};
}
