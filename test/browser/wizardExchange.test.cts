import { callsOf, EXCHANGE_STORE, otherCalls, runTemplate, sendStock } from '../demo/exchangeJob.cts';
import { Installation } from '../demo/installation.cts';
import { flowState } from '../demo/mainJob.cts';
import { changeSetting } from '../e2e/changeSetting.cts';
import { OrderChanges } from '../e2e/orderChanges.cts';
import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import type { OrderRow } from '../simulators/bitrix/sale/rows.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import { Browser } from './browser.cts';
import { arrivedOf, keptChoice, openWizard, orderOfNoGoods, WITHIN_MS } from './wizard.cts';

const EXCHANGE = 'Only the exchange with 1C';

/** A site without REST, and an n8n in which nothing is chosen anywhere: the wizard alone makes a running synchronisation of it. */
describe('The set-up wizard for a site that has only the exchange with 1C', () => {
	let installation: Installation;
	let browser: Browser;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: 12, pictures: 0 } }, bitrix: EXCHANGE_STORE, choose: 'inTable' });
		const wizard = installation.workflow('00');
		Object.assign(wizard.nodes.find(({ name }) => name === 'First Import')?.parameters ?? {}, { workflowId: { __rl: true, mode: 'list', value: installation.workflow('03b').id } });
		await installation.api.update(wizard);
		orderOfNoGoods(installation);
		await installation.publish('03b');
		browser = await Browser.start();
	});
	afterAll(async () => {
		await browser?.close();
		await installation?.stop();
	});

	const items = (): number => installation.bitrix.portal.store.elements.all().length;
	/** Without a code the site finds a type by its name. */
	const siteTypes = () => installation.bitrix.portal.store.priceTypes.all().map(({ name, xmlId }) => ({ name, id: xmlId ?? name }));
	const lines = (): string => siteTypes().map(({ name, id }) => (id === name ? name : `${name} = ${id}`)).join('\n');

	it('R236: leads from the check to a running synchronisation', async () => {
		const { moySklad, bitrix } = installation;
		const [organization] = moySklad.account.table('organization').all();
		const [retail] = moySklad.account.priceTypes;
		const wizard = await openWizard(installation, browser);
		await wizard.choose('How is the store connected?', EXCHANGE);
		await wizard.press('Check');

		await wizard.at('Choose', 'exchange-3-choose');
		for (const unknown of ['Catalog of the store', 'Store of Bitrix', 'shipments leave']) expect(await wizard.text()).not.toContain(unknown);
		expect(await wizard.entered('Site key')).toBe(new URL(bitrix.url).host);
		await wizard.choose('Organization that sells', String(organization?.name));
		await wizard.enter('Orders placed since', '2020-01-01');
		await wizard.enter('Site key', 'wizard-site');
		await wizard.enter('Price types of the site', `${lines()}\n${lines()}`);
		await wizard.press('Go on');
		await waitFor('What is wrong', WITHIN_MS, async () => ((await wizard.text()).includes('Two price types of the site have the same name') ? true : undefined));
		await wizard.enter('Price types of the site', lines());
		await wizard.press('Go on');

		await wizard.at('Confirm pairs', 'exchange-5-pairs');
		for (const { name } of siteTypes()) await wizard.choose(`Price type of the site: ${name}`, String(retail?.name));
		await wizard.enter('Status for the state Доставлен', 'F');
		await wizard.mark('Yes, there are no others');
		await wizard.press('Go on');

		const before = items();
		await wizard.at('Preview', 'exchange-6-preview');
		expect(await wizard.text()).toMatch(/to be sent/);
		expect(await wizard.text()).toMatch(/Items\s+[1-9]/);
		expect([items(), callsOf(bitrix.counters.snapshot(), /^1c_exchange catalog file$/)]).toEqual([before, 0]);
		await wizard.press('Go on');

		await wizard.at('First import', 'exchange-7-import');
		expect(await wizard.text()).toContain('it needs no webhooks');
		expect(await wizard.text()).not.toContain('Look at the webhooks again');
		expect(await keptChoice(installation, 'sitePriceTypes')).toMatchObject(siteTypes().map(({ name, id }) => ({ from: retail?.id, to: id, toName: name })));
		expect(await keptChoice(installation, 'statuses')).toMatchObject([{ fromName: 'Доставлен', to: 'F' }]);
		await installation.publish('05b', '04b');
		await wizard.mark('Start the first import');
		await wizard.press('Go on');

		await wizard.at('Set up', 'exchange-9-done');
		expect(await wizard.rowOf('03b Full catalog by 1C exchange')).toContain('started just now');
		expect(await wizard.rowOf('20b Order progress by 1C exchange')).toContain('nothing yet');

		await waitFor('The end of the first import', WITHIN_MS, async () => ((await flowState(installation.api, 'catalog by exchange').catch(() => ({ step: '' }))).step === 'done' ? true : undefined));
		expect(items()).toBeGreaterThan(before);
		expect(await sendStock(installation)).toMatchObject({ items: expect.any(Number) as number, off: 0, pricesOff: 0 });
		placeOrders(bitrix.portal, bitrix.catalogs, { count: 1, seed: 9 });
		await runTemplate(installation, '05b', 'Run Now');
		expect(arrivedOf(installation, 'wizard-site')).toHaveLength(2);
		expect(otherCalls(installation)).toBe(0);

		// The pairs that were confirmed are those of 20b. Its user lets it send once he has seen its preview.
		const { id, statusId } = bitrix.portal.store.orders.all().at(-1) as OrderRow;
		const status = () => bitrix.portal.store.orders.get(id)?.statusId;
		const order = moySklad.account.table('customerorder').all().find(({ externalCode }) => externalCode === `bitrix:wizard-site:${id}`);
		await new OrderChanges(installation).setState(order as Row, 'Доставлен');
		await installation.publish('20b');
		await runTemplate(installation, '20b', 'Run Now');
		expect(status()).toBe(statusId);
		await changeSetting(installation, '20b', 'preview', false);
		await installation.publish('20b');
		await runTemplate(installation, '20b', 'Run Now');
		expect(status()).toBe('F');
	});

	it('shows the present choices when it is run again, and which templates have reported in', async () => {
		const wizard = await openWizard(installation, browser);
		await wizard.choose('How is the store connected?', EXCHANGE);
		await wizard.press('Check');
		await wizard.at('Choose');
		expect(await wizard.entered('Site key')).toBe('wizard-site');
		expect(await wizard.entered('Price types of the site')).toBe(lines());
		await wizard.press('Go on');
		await wizard.at('Confirm pairs');
		expect(await wizard.entered('Status for the state Доставлен')).toBe('F');
		expect(await wizard.chosen(`Price type of the site: ${String(siteTypes()[0]?.name)}`)).toBe(installation.moySklad.account.priceTypes[0]?.name);
		await wizard.mark('Yes, there are no others');
		await wizard.press('Go on');
		await wizard.at('Preview');
		await wizard.press('Go on');
		await wizard.at('First import');
		await wizard.mark('End without an import');
		await wizard.press('Go on');
		await wizard.at('Set up', 'exchange-9-again');
		for (const template of ['03b Full catalog by 1C exchange', '05b Orders by 1C exchange', '04b Stock and prices by 1C exchange']) expect(await wizard.rowOf(template)).toMatch(/last report \d+ \w+ ago/);
		expect(await wizard.rowOf('20b Order progress by 1C exchange')).toContain('last report');
	});
});
