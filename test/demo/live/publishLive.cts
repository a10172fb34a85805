import type { INodeParameters } from 'n8n-workflow';
import { readReceiver, receiverPrefix } from '../../../core';
import { chosen } from '../../n8n/workflowDraft.cts';
import { connectApplication, giveApplication } from '../application.cts';
import { runTemplate } from '../exchangeJob.cts';
import type { Installation } from '../installation.cts';
import { chooseIn, paySystemId, stateId } from '../life/chooseStates.cts';
import { storeRules } from '../life/flows.cts';

const RUN = 'Run Now';
const SINCE = '2020-01-01';

/** *Settings* of the templates that keep both sides together while somebody plays with them. */
export const LIVE_SETTINGS = {
	'11': { orders: 'order progress' },
	'20': { startDate: SINCE, preview: false },
	'21': { startDate: SINCE },
};

/**
 * Publishes what is needed for a change to cross over by itself, beside 02 (catalog), 04 (stock) and 05 (orders): 29 wakes 05 and 21 when
 * something happens in the store; 10 hears of orders in MoySklad, and 11 has 20 tell the store.
 */
export async function publishLive(installation: Installation): Promise<void> {
	const rules = storeRules({ stateId: (name) => stateId(installation, name), paySystemId: (xmlId) => paySystemId(installation.bitrix, xmlId) });
	await chooseIn(installation, '20', 'Update Orders', rules);
	await chooseIn(installation, '21', 'Documents to MoySklad', { shipmentStore: chosen(installation.firstId('store')) });
	await hearOfOrdersOnly(installation);
	await hearOfNoOwnWrites(installation);
	await giveApplication(installation, '29', await connectApplication(installation));
	await installation.publish('05', '21');
	await runTemplate(installation, '21', RUN);
	await runTemplate(installation, '20', RUN);
	await installation.publish('20', '11', '10');
	await runTemplate(installation, '11', RUN);
	await installation.publish('29');
}

/** Goods and stock have their own triggers in 02 and 04. Whoever looks at a page wants to see orders at once, not with the next minute. */
async function hearOfOrdersOnly(installation: Installation): Promise<void> {
	const trigger = installation.workflow('10').nodes.find(({ name }) => name === 'Something Changed');
	const { row } = trigger?.parameters.events as { row: Array<{ entity: string } & INodeParameters> };
	const orders = row.filter(({ entity }) => ['customerorder', 'demand', 'paymentin', 'cashin'].includes(entity));
	await chooseIn(installation, '10', 'Something Changed', { events: { row: orders.map((one) => ({ ...one, execution: 'immediate' })) }, stock: {} });
}

/** As docs/templates.md says: what the flows of orders write does not start the receiver of this n8n. */
async function hearOfNoOwnWrites(installation: Installation): Promise<void> {
	const address = await installation.api.webhookUrl(installation.workflow('10'), 'Something Changed');
	const options = { suppressWebhooks: chosen(receiverPrefix(readReceiver(address))) };
	await chooseIn(installation, '05', 'To MoySklad', { options });
	await chooseIn(installation, '21', 'Documents to MoySklad', { options });
}
