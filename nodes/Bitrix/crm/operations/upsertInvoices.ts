import { SyncError } from '../../../../core';
import type { BulkOperation } from '../../../shared/operation';
import { writeOutputs } from '../../../shared/writeOutputs';
import { idsOf } from '../customers';
import { documentTasks } from '../documents/input';
import { INVOICES } from '../documents/kind';
import { writeAll } from '../documents/run';
import { readDocumentSettings } from '../documents/settings';
import type { DocumentTask } from '../documents/task';
import { resultsOf } from '../entries';
import { invoiceProperties } from '../parameters/documents';
import { byOrigin } from '../records';
import { CrmSession } from '../session';

/** What older portals do not have: they know another kind of invoice. */
const ITEMS = 'crm.item.list';

export const upsertInvoices: BulkOperation = {
	value: 'upsertInvoices',
	name: 'Invoices: Upsert From Invoices',
	action: 'Upsert smart invoices from customer invoices',
	description: 'Make or update smart invoices with product rows from customer invoices of MoySklad, bound to the deal of their order; write differences only',
	properties: invoiceProperties,
	async all() {
		const settings = readDocumentSettings(this, 'invoices');
		const session = await CrmSession.open(this, settings);
		if (!(await session.features.has(ITEMS))) throw new SyncError('BITRIX_METHOD_MISSING', { call: ITEMS });
		const { tasks, refused } = await documentTasks(this, session, INVOICES, settings.flow);
		await writeAll(session, settings, INVOICES, tasks, async (some) => await dealsOf(session, some));
		return writeOutputs(this, resultsOf(tasks, refused, this.getInputData().length), settings.failAfterAll);
	},
};

/** The deals of the orders for which the invoices were made. */
async function dealsOf(session: CrmSession, tasks: readonly DocumentTask[]): Promise<Map<DocumentTask, number>> {
	const orderOf = ({ document }: DocumentTask): string => document.customerOrder?.id ?? '';
	const looked = await byOrigin(session, 'deal', tasks.map(orderOf).filter((id) => id !== ''), []);
	const deals = new Map<DocumentTask, number>();
	for (const task of tasks) {
		const failure = looked.failed.get(orderOf(task));
		if (failure) task.fail(failure);
		const [deal, another] = looked.found.get(orderOf(task)) ?? [];
		if (deal && another) task.fail(new SyncError('CRM_DUPLICATE', { what: 'deals', key: orderOf(task), ids: idsOf([deal, another]) }));
		else if (deal) deals.set(task, deal.id);
	}
	return deals;
}
