import { Installation } from '../../demo/installation.cts';
import { publishBench } from './bench.cts';
import { keep } from './running.cts';

/** Jest calls it once before all files. */
export default async function start(): Promise<void> {
	const installation = await Installation.start({
		bitrix: { orders: 3, deals: 3 },
		exchangeStore: { edition: 'site', orders: 3 },
		settings: { '05': { startDate: '2020-01-01' }, '05b': { startDate: '2020-01-01' } },
	});
	keep(installation);
	const { n8n, moySklad, bitrix, exchangeStore, credentials, workflows } = installation;
	const { login, password, token } = moySklad.users.integration;
	bitrix.portal.oauth.application.redirectUri = `${n8n.url}/rest/oauth2-credential/callback`;
	publishBench({
		n8n: { url: n8n.url, owner: n8n.owner },
		credentials,
		workflows: Object.fromEntries([...workflows].map(([number, { id }]) => [number, id])),
		moySklad: { url: moySklad.url, baseUrl: moySklad.baseUrl, integration: { login, password, token } },
		bitrix: { url: bitrix.url, webhookUrl: bitrix.webhookUrl, oauth: bitrix.oauth, catalog: String(bitrix.catalogs.main.products) },
		site: { url: exchangeStore.url, login: exchangeStore.exchange.login, password: exchangeStore.exchange.password },
	});
}
