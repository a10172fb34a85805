import { EXCHANGE_ORDERS, runTemplate } from '../demo/exchangeJob.cts';
import type { Installation } from '../demo/installation.cts';
import { plainProducts } from '../demo/mainJob.cts';
import { changeSetting } from '../e2e/changeSetting.cts';
import { publishJournal } from '../e2e/journalTables.cts';
import { publishSleeping } from '../e2e/publishSleeping.cts';
import { chosen } from '../n8n/workflowDraft.cts';
import { placeOrders } from '../simulators/bitrix/orders/placeOrders.cts';
import { control } from '../simulators/moysklad/control.cts';
import type { Editor } from './editor.cts';
import { FormReader } from './formReader.cts';

const SINCE = { startDate: '2020-01-01' };

/** What the user of each template enters in *Settings*, as its notes say. */
export const SETTINGS: Record<string, Record<string, string | boolean>> = {
	'05': SINCE,
	'05b': EXCHANGE_ORDERS,
	'20': { ...SINCE, preview: false },
	'20b': { ...SINCE, ordersFlow: EXCHANGE_ORDERS.flow },
	'21': SINCE,
	'22': SINCE,
	'23': SINCE,
};

/** Templates that keep their lock by calling themselves, which n8n allows to published workflows only. */
export const CALLING_THEMSELVES = ['03b', '04b', '05b', '20b'];

/** What else has to be there before a template runs: others that it works with, and what has no list to choose from. */
export const PREPARATIONS: Record<string, (installation: Installation) => Promise<void>> = {
	async '04b'(installation) {
		await publishSleeping(installation, '03b');
		await runTemplate(installation, '03b', 'Import Now');
		await installation.unpublish('03b');
	},
	'12': async (installation) => await installation.publish('10'),
	async '13'(installation) {
		await changeSetting(installation, '13', 'triggerUrl', await installation.api.webhookUrl(installation.workflow('10'), 'Something Changed'));
		await installation.publish('10');
	},
	'26': async (installation) => await publishSleeping(installation, '24'),
	async '27'(installation) {
		const workflow = installation.workflow('27');
		const [priceType] = installation.bitrix.portal.store.priceTypes.all();
		const pair = { from: { __rl: true, mode: 'computed', value: 'Everybody With Discounts' }, to: chosen(String(priceType?.id)) };
		for (const { name, parameters } of workflow.nodes) if (name === 'Update Prices') parameters.priceTypes = { pair: [pair] };
		await installation.api.update(workflow);
	},
	'29': async (installation) => await publishSleeping(installation, '05', '21'),
	'29b': async (installation) => await publishSleeping(installation, '05', '21'),
	'31': async (installation) => await publishJournal(installation),
};

/** What a template waits for after the click, and who does it. */
interface Waiting {
	trigger: string;
	reason: string;
	happen(installation: Installation, editor: Editor, click: () => Promise<void>): Promise<void>;
}

/** A product is changed in MoySklad, which calls the test address that the trigger has registered there. */
const changeOfProduct: Waiting = {
	trigger: 'Something Changed',
	reason: 'It is started by a change in MoySklad.',
	async happen({ moySklad }, editor, click) {
		await click();
		await editor.waitsForEvent();
		const [product] = plainProducts(moySklad);
		await control(moySklad.parts, 'POST', 'edit', { user: 'admin', method: 'PUT', path: `entity/product/${String(product?.id)}`, body: { weight: Number(product?.weight ?? 0) + 1 } });
	},
};

/** n8n opens the form in a window of its own. */
async function formOf({ page }: Editor, click: () => Promise<void>): Promise<FormReader> {
	const [window] = await Promise.all([page.waitForEvent('popup'), click()]);
	return new FormReader(window);
}

/** The templates that a click alone does not run to their end: they have no *Manual Trigger*. */
export const AWAITED: Record<string, Waiting> = {
	'00': {
		trigger: 'Form',
		reason: 'A form: its user goes from page to page.',
		async happen({ moySklad }, editor, click) {
			const [organization] = moySklad.account.table('organization').all();
			const wizard = await formOf(editor, click);
			await wizard.at('Set-up wizard');
			await wizard.choose('How is the store connected?', 'REST API: Bitrix24, or a site with REST');
			await wizard.press('Check');
			await wizard.at('Choose');
			await wizard.choose('Catalog of the store', 'Основной каталог товаров');
			await wizard.choose('Organization that sells', String(organization?.name));
			await wizard.enter('Orders placed since', SINCE.startDate);
			await wizard.press('Go on');
			await wizard.at('Confirm pairs');
			await wizard.press('Go on');
			await wizard.at('Preview');
			await wizard.press('Go on');
			await wizard.at('Webhooks');
			await wizard.mark('End without an import');
			await wizard.press('Go on');
			await wizard.at('Set up');
		},
	},
	'01': {
		trigger: 'Form',
		reason: 'A form: its user says which webhooks shall be there.',
		async happen(installation, editor, click) {
			const form = await formOf(editor, click);
			await form.at('Webhooks of MoySklad');
			await form.enter('Webhook URL of the trigger', await installation.api.webhookUrl(installation.workflow('02'), 'Something Changed'));
			await form.mark('Payments');
			await form.choose('Deletions', 'Leave them out');
			await form.choose('Action', 'Show what would change');
			await form.press('Submit');
		},
	},
	'02': changeOfProduct,
	'10': changeOfProduct,
	'10b': changeOfProduct,
	'25': {
		trigger: 'Form',
		reason: 'A form: a person decides.',
		async happen(_installation, editor, click) {
			const form = await formOf(editor, click);
			await form.at('Doubtful customers');
			await form.choose('How many at once', '5');
			await form.press('Submit');
		},
	},
	'29': {
		trigger: 'Something Happened',
		reason: 'It is started by an event of the store.',
		async happen({ bitrix }, editor, click) {
			await click();
			await editor.waitsForEvent();
			placeOrders(bitrix.portal, bitrix.catalogs, { count: 1, seed: 7 });
		},
	},
};
