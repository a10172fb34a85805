import {
	invoiceLink,
	planInvoice,
	readKnownDocument,
	linkedIds,
	SyncError,
	type InvoiceLink,
	type InvoiceSettings,
	type KnownDocument,
} from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { readAgain } from '../customerOrderFromBitrix/existing';
import { isOpen } from '../customerOrderFromBitrix/task';
import { together } from '../customerOrderFromBitrix/together';
import { readByField } from '../orderDocuments/reading';
import { carryOut, conclude, failureOf, isDue, statusOf, type Attempt } from '../orderDocuments/writing';
import type { InvoiceTask } from './task';

export interface InvoicesRun {
	client: MoySkladClient;
	settings: InvoiceSettings;
	flow: string;
	preview: boolean;
}

/** Gives every task its result. */
export const makeInvoices = async (run: InvoicesRun, tasks: readonly InvoiceTask[]): Promise<void> =>
	await together(tasks, async (some) => await makeSome(run, some));

async function makeSome({ client, settings, flow, preview }: InvoicesRun, tasks: readonly InvoiceTask[]): Promise<void> {
	const orders = await readAgain(client, tasks.map(({ orderId }) => orderId));
	for (const task of tasks) {
		task.customerOrder = orders.get(task.orderId);
		if (!task.customerOrder) task.fail(new SyncError('MOYSKLAD_NOT_FOUND', { call: `entity/customerorder/${task.orderId}` }));
	}
	const open = tasks.filter(isOpen);
	await readInvoices(client, open);
	const plans = open.map((task) => ({ task, ...planInvoice(task.facts, settings) }));
	for (const { task, step, warning } of plans) {
		if (warning) task.warnings.push(warning);
		if (!step) task.finish('skipped');
	}
	const planned = plans.flatMap(({ task, step }) => (step ? [{ task, plan: { steps: [step], warnings: [] } }] : []));
	const attempts = preview ? planned.flatMap(({ task, plan }) => plan.steps.map((step): Attempt => ({ task, step }))) : await carryOut(client, planned);
	for (const { task } of planned) for (const attempt of attempts.filter((one) => one.task === task)) finish(task, attempt, flow, preview);
}

/** Those that the orders list, and those that carry their keys. */
async function readInvoices(client: MoySkladClient, tasks: readonly InvoiceTask[]): Promise<void> {
	const listed = new Map(tasks.map((task) => [task, linkedIds(task.facts.customerOrder.row, 'invoicesOut').map(({ id }) => id)]));
	const byId = await readByField(client, 'invoiceout', 'id', [...listed.values()].flat());
	const byKey = await readByField(client, 'invoiceout', 'syncId', tasks.map(({ key }) => key));
	for (const task of tasks) {
		const fits = (one: KnownDocument): boolean => one.syncId === task.key || (listed.get(task) ?? []).includes(one.id);
		task.invoices = [...new Map([...byId, ...byKey].filter(fits).map((one) => [one.id, one])).values()];
	}
}

function finish(task: InvoiceTask, attempt: Attempt, flow: string, preview: boolean): void {
	const { step, row, error } = attempt;
	task.warnings.push(...step.warnings);
	const invoice = row ? readKnownDocument('invoiceout', row).id : step.known?.id;
	const isWritten = isDue(step) && !error;
	if (preview) task.finish(isWritten ? 'planned' : 'unchanged', isWritten ? step.changes : []);
	else task.finish(statusOf(isWritten ? [attempt] : []), isWritten ? step.changes : [], linkAfter(task, attempt, flow, invoice));
	conclude(task, failureOf([attempt]), { moySkladId: invoice ?? null });
}

const linkAfter = (task: InvoiceTask, { step, error }: Attempt, flow: string, invoice: string | undefined): InvoiceLink | undefined =>
	invoice === undefined || error || step.conflict ? undefined : invoiceLink(flow, task.facts, invoice, { ...step.written });
