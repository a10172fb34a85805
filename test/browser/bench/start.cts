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
	await furnish(installation);
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

/** What a shop has that has been set up: without fields of its own on documents, and without webhooks, their lists are empty. */
async function furnish({ moySklad }: Installation): Promise<void> {
	const make = async (path: string, body: unknown): Promise<void> => {
		const response = await fetch(`${moySklad.baseUrl}/entity/${path}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${moySklad.users.admin.token}`, 'content-type': 'application/json', 'accept-encoding': 'gzip', accept: 'application/json;charset=utf-8' },
			body: JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`MoySklad refused ${path}: ${await response.text()}`);
	};
	for (const document of ['demand', 'paymentin']) await make(`${document}/metadata/attributes`, { name: 'Номер отслеживания', type: 'string' });
	const one = (type: string): unknown => ({ meta: { href: `${moySklad.baseUrl}/entity/${type}/${String(moySklad.account.table(type).all()[0]?.id)}`, type, mediaType: 'application/json' } });
	const parties = { organization: one('organization'), agent: one('counterparty') };
	for (const document of ['customerorder', 'paymentin', 'cashin', 'invoiceout']) await make(document, parties);
	for (const document of ['demand', 'salesreturn']) await make(document, { ...parties, store: one('store') });
	await make('webhook', { url: 'https://shop.example.com/hook', action: 'UPDATE', entityType: 'product' });
}
