import type { IExecuteFunctions } from 'n8n-workflow';
import { newOrderDocument, SyncError, type OrderDocument } from '../../../../core';
import { withExchange } from '../../../shared/bitrixExchange';
import { systemClock } from '../../../shared/clock';
import { itemFailure } from '../../../shared/errors';
import { exchangeLockProperties, exchangeSettings } from '../../../shared/exchangeProperties';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { writeOutputs } from '../../../shared/writeOutputs';
import { siteZone } from '../../orders/exchange/siteZone';
import { updateOptions } from './properties';
import { asWarning, refused, type OrderResult } from './results';
import { sendOrders, shownDocument } from './sending';

/** Makes orders on a site that takes new ones from the exchange. */
export const createOrders: BulkOperation = {
	value: 'create',
	name: 'Create Orders',
	action: 'Create orders',
	description: 'Make orders on the site, where its settings of the exchange allow new ones. An order that the site has under its number is changed and not made twice.',
	properties: [
		...exchangeLockProperties,
		{
			displayName: 'Order',
			name: 'newOrder',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			description:
				'Number (with a letter in it), date, currency, comment, vatIncluded, delivery, customer with ID, kind (person or legal), name, company, INN, KPP, legalAddress, address, phone and email, and lines with key, name, quantity, price, vat and unitCode',
		},
		{
			displayName: 'A site that takes no new orders ignores them and says that all went well: look at the site after the first run',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		optionsProperty(updateOptions()),
	],
	async all() {
		const zone = siteZone(this);
		const tasks = this.getInputData().map((_, item) => taskOf(this, item, zone));
		const due = tasks.filter((task, index): task is Due => 'document' in task && tasks.findIndex((one) => 'document' in one && one.key === task.key) === index);
		const results = new Map<string, OrderResult>();
		if (this.getNodeParameter('preview', 0, false) === true) {
			for (const { key, document } of due) results.set(key, { ...made(key, 'planned'), xml: shownDocument(this, document) });
		} else if (due.length > 0) {
			const documents = due.map(({ document }) => document);
			const remarks = await withExchange(this, exchangeSettings(this), async (connection) => await sendOrders(this, connection, documents));
			for (const { key } of due) results.set(key, { ...made(key, 'unverified'), warnings: remarks.filter(({ number }) => number === undefined || number === key).map(asWarning) });
		}
		const met = new Set<string>();
		const all = tasks.map((task) => {
			if ('result' in task) return task.result;
			const result = results.get(task.key);
			if (met.has(task.key) || !result) return refused(task.key, new SyncError('ORDER_UPDATE_TWICE'));
			met.add(task.key);
			return result;
		});
		return writeOutputs(this, all, this.getNodeParameter('options.failAfterAll', 0, false) === true);
	},
};

interface Due {
	key: string;
	document: OrderDocument;
}

function taskOf(context: IExecuteFunctions, item: number, zone: string): Due | { result: OrderResult } {
	try {
		const document = newOrderDocument(context.getNodeParameter('newOrder', item, undefined), zone, systemClock.now());
		return { key: document.number, document };
	} catch (error) {
		return { result: { ...refused('', error instanceof SyncError ? error : itemFailure(error)), bitrixId: null } };
	}
}

const made = (key: string, status: OrderResult['status']): OrderResult => ({ status, key, moySkladId: null, bitrixId: null, changes: [{ field: 'order', from: null, to: key }], warnings: [] });
