import type { INode } from 'n8n-workflow';
import type { Installation } from '../demo/installation.cts';
import { ivan } from '../nodes/orders/store.cts';
import { placeOrder } from '../simulators/bitrix/orders/placeOrders.cts';
import type { Browser } from './browser.cts';
import { FormReader } from './formReader.cts';

/** Of who fills in forms. */
export const LOGIN = { user: 'integrator', password: 'who-sets-it-up' };

/** How long something that runs beside the form may take. */
export const WITHIN_MS = 120_000;

function formOf(installation: Installation, number: string): INode {
	const form = installation.workflow(number).nodes.find(({ name }) => name === 'Form');
	if (!form) throw new RangeError('There is no form');
	return form;
}

/** Puts the form of a template behind the login. */
export async function lockForm(installation: Installation, number: string): Promise<void> {
	const { id, name, type } = await installation.api.createCredential('httpBasicAuth', LOGIN);
	formOf(installation, number).credentials = { [type]: { id, name } };
	await installation.api.update(installation.workflow(number));
}

/** Publishes the form behind a login, and opens it. */
export async function openWizard(installation: Installation, browser: Browser): Promise<FormReader> {
	const { n8n } = installation;
	const form = formOf(installation, '00');
	if (!form.credentials) {
		await lockForm(installation, '00');
		await installation.publish('00');
	}
	await browser.keepLogin(LOGIN);
	const { page } = await browser.open();
	// The reader waits for each page by its heading.
	await page.goto(`${n8n.url}/form/${String(form.webhookId)}`, { waitUntil: 'commit' });
	return new FormReader(page);
}

/** What the settings table holds under a name. */
export async function keptChoice({ api: { dataTables } }: Installation, name: string): Promise<unknown> {
	const { id } = await dataTables.named('msbx_settings');
	const { data } = await dataTables.rows(id, { filters: [{ columnName: 'name', condition: 'eq', value: name }] });
	return data[0] ? (JSON.parse(String(data[0].value)) as unknown) : undefined;
}

/** Site keys and ids in the external codes of the customer orders that came from a site. */
export const arrivedOf = ({ moySklad }: Installation, siteKey: string): string[] =>
	moySklad.account.table('customerorder').all().map(({ externalCode }) => String(externalCode)).filter((code) => code.startsWith(`bitrix:${siteKey}:`));

/** An order of something that is in no catalog, so that the catalog is still empty. */
export function orderOfNoGoods({ bitrix }: Installation): void {
	placeOrder(bitrix.portal, {
		site: 's1', customer: ivan, statusId: 'N', canceled: false, shipped: false, managerComment: '', payments: [],
		lines: [{ productId: 0, name: 'Гравировка', quantity: 1, basePrice: 100, price: 100, vatRate: 0.2, vatIncluded: 'Y', coupon: '', components: [] }],
		delivery: { service: 'delivery-courier', price: 0 },
	});
}
