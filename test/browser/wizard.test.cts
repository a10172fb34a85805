import { Installation } from '../demo/installation.cts';
import { changeAcross, flowState } from '../demo/mainJob.cts';
import { waitFor } from '../n8n/waiting.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { Browser } from './browser.cts';
import { arrivedOf, keptChoice, openWizard, orderOfNoGoods, WITHIN_MS } from './wizard.cts';

const REST = 'REST API: Bitrix24, or a site with REST';
const FLOWS = ['Catalog', 'Stock and prices', 'Orders to MoySklad', 'Progress of orders to the store'];

/** An n8n in which nothing is chosen anywhere: the wizard alone makes a running synchronisation of it. */
describe('The set-up wizard', () => {
	let installation: Installation;
	let browser: Browser;

	beforeAll(async () => {
		installation = await Installation.start({ moySklad: { size: { products: 12, pictures: 0 } }, choose: 'inTable' });
		orderOfNoGoods(installation);
		for (const property of installation.bitrix.portal.store.orderProperties.all()) if (property.code === 'LOCATION') property.required = 'Y';
		await installation.publish('03');
		browser = await Browser.start();
	});
	afterAll(async () => {
		await browser?.close();
		await installation?.stop();
	});

	const items = (): number => installation.bitrix.portal.store.elements.all().length;
	const arrived = (): string[] => arrivedOf(installation, 'wizard-shop');

	it('R225: lets nobody in without a login', async () => {
		await openWizard(installation, browser);
		const form = installation.workflow('00').nodes.find(({ name }) => name === 'Form');
		expect((await fetch(`${installation.n8n.url}/form/${String(form?.webhookId)}`)).status).toBe(401);
	});

	it('R236: leads from the check to a running synchronisation', async () => {
		const wizard = await openWizard(installation, browser);
		installation.moySklad.faults.set([{ kind: 'html', share: 1, route: 'context/employee' }]);
		// Of an inbox that somebody has deleted.
		await installation.api.dataTables.create('msbx_dead_letters', [{ name: 'code', type: 'string' }]);
		await wizard.at('Set-up wizard', '1-start');
		await wizard.choose('How is the store connected?', REST);
		for (const flow of FLOWS) await wizard.mark(flow);
		await wizard.press('Check');
		await wizard.at('Not ready yet');
		expect(await wizard.text()).toMatch(/MoySklad/);
		installation.moySklad.faults.set([]);
		await wizard.press('Check again');

		await wizard.at('Choose', '3-choose');
		expect(await wizard.text()).toContain('CHECK_REQUIRED_ORDER_PROPERTY');
		expect(await wizard.text()).toContain('CHECK_INBOX_MISSING');
		expect(await wizard.text()).not.toContain('CHECK_STATE_UNMAPPED');
		const [organization] = installation.moySklad.account.table('organization').all();
		await wizard.choose('Catalog of the store', 'Основной каталог товаров');
		await wizard.choose('Organization that sells', String(organization?.name));
		await wizard.enter('Orders placed since', '2020-01-01');
		await wizard.enter('Site key', 'wizard-shop');
		await wizard.enter('Time zone of the site', 'Mars/Olympus');
		await wizard.press('Go on');
		await waitFor('What is wrong', WITHIN_MS, async () => ((await wizard.text()).includes('There is no time zone Mars/Olympus') ? true : undefined));
		await wizard.at('Choose');
		expect(await wizard.chosen('Organization that sells')).toBe(organization?.name);
		expect(await wizard.entered('Orders placed since')).toBe('2020-01-01');
		expect(await wizard.entered('Site key')).toBe('wizard-shop');
		await wizard.enter('Time zone of the site', 'Europe/Moscow');
		await wizard.press('Go on');

		await wizard.at('Confirm pairs', '5-pairs');
		const [inCash, byCard] = installation.bitrix.portal.store.paySystems.all();
		await wizard.choose(`Pay system ${String(byCard?.NAME)}`, 'Incoming Payment');
		expect(await wizard.chosen(`Pay system ${String(inCash?.NAME)}`)).toBe('Cash In');
		const [state] = installation.moySklad.account.statesOf('customerorder');
		await wizard.choose(`State ${String(state?.name)}`, 'Leave it out');
		await wizard.press('Go on');

		const before = items();
		await wizard.at('Preview', '6-preview');
		expect(await wizard.text()).toMatch(/Items\s+[1-9]/);
		expect(await wizard.text()).toContain('Orders of the store since 2020-01-01: 1.');
		expect(await wizard.text()).toMatch(/Checked with these choices: [1-9]/);
		expect(await wizard.text()).toMatch(new RegExp(`${String(state?.name)}.*CHECK_STATE_UNMAPPED`));
		for (const code of ['CHECK_INBOX_MISSING', 'CHECK_REQUIRED_ORDER_PROPERTY']) expect(await wizard.text()).toContain(code);
		for (const code of ['CHECK_NOT_CHOSEN', 'CHECK_CHOICE_GONE', 'CHECK_FAILED', 'UNEXPECTED']) expect(await wizard.text()).not.toContain(code);
		expect(items()).toBe(before);
		await wizard.press('Go on');

		await wizard.at('Webhooks');
		expect(await wizard.text()).toContain('Webhooks of this n8n in MoySklad: 0');
		expect(await keptChoice(installation, 'paySystems')).toEqual(expect.arrayContaining([expect.objectContaining({ from: String(inCash?.id), to: 'cashin' }), expect.objectContaining({ from: String(byCard?.id), to: 'paymentin' })]));
		expect(await keptChoice(installation, 'units')).toEqual(expect.arrayContaining([expect.objectContaining({ fromName: 'шт' })]));
		await installation.publish('02', '04', '05');
		await wizard.mark('Look at the webhooks again');
		await wizard.press('Go on');
		await waitFor('The webhooks', WITHIN_MS, async () => (/Webhooks of this n8n in MoySklad: [1-9]/.test(await wizard.text()) ? true : undefined));
		await wizard.at('Webhooks', '8-webhooks-made');
		await wizard.mark('Start the first import');
		await wizard.press('Go on');

		await wizard.at('Set up', '9-done');
		expect(await wizard.text()).toContain('The first import has been started.');
		expect(await wizard.text()).toContain(String(organization?.name));
		expect(await wizard.rowOf('03 Full catalog import')).toContain('started just now');
		expect(await wizard.rowOf('02 Catalog changes by webhook')).toContain('its webhooks are on');
		expect(await wizard.rowOf('20 Order progress to the store')).toMatch(/nothing yet(?!.*optional)/s);
		expect(await wizard.text()).not.toContain('21 Payments and shipments');

		await waitFor('The end of the first import', WITHIN_MS, async () => ((await flowState(installation.api, 'catalog').catch(() => ({ step: '' }))).step === 'done' ? true : undefined));
		expect(items()).toBeGreaterThan(before);
		expect(await changeAcross(installation)).toBeLessThan(20_000);
		placeOrders(installation.bitrix.portal, installation.bitrix.catalogs, { count: 1, seed: 9 });
		await waitFor('The orders in MoySklad', WITHIN_MS, async () => await Promise.resolve(arrived().length === installation.bitrix.portal.store.orders.all().length ? true : undefined));
		expect(arrived()).toHaveLength(2);
	});

	it('shows the present choices when it is run again, and refuses another site key', async () => {
		const wizard = await openWizard(installation, browser);
		await wizard.choose('How is the store connected?', REST);
		await wizard.press('Check');
		await wizard.at('Choose');
		expect(await wizard.text()).toContain('CHECK_REQUIRED_ORDER_PROPERTY');
		expect(await wizard.entered('Site key')).toBe('wizard-shop');
		expect(await wizard.entered('Orders placed since')).toBe('2020-01-01');
		await wizard.enter('Site key', 'another-shop');
		await wizard.press('Go on');
		await waitFor('What is wrong', WITHIN_MS, async () => ((await wizard.text()).includes('Orders have come over with the site key wizard-shop') ? true : undefined));
	});
});
