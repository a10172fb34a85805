import { DocumentKeys, planOrderDocuments, SyncError, warning, type Sha1 } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { findExisting } from '../customerOrderFromBitrix/existing';
import { isOpen } from '../customerOrderFromBitrix/task';
import { together } from '../customerOrderFromBitrix/together';
import { pairLines } from './pairing';
import { readDocuments } from './reading';
import type { DocumentsSettings } from './settings';
import type { DocumentsTask } from './task';
import { showPlan, writePlans, type OrderPlan } from './writing';

export interface DocumentsRun {
	client: MoySkladClient;
	sha1: Sha1;
	settings: DocumentsSettings;
}

/** Gives every task its result. What fails as a whole, fails its orders only. */
export async function writeDocuments(run: DocumentsRun, tasks: readonly DocumentsTask[]): Promise<void> {
	for (const task of tasks) leaveOutOld(task, run.settings);
	await together(tasks.filter(isOpen), async (some) => await writeSome(run, some));
}

/** Orders from before the flow have their money and goods booked some other way (rule O6). */
function leaveOutOld(task: DocumentsTask, { start }: DocumentsSettings): void {
	if (start === undefined || Date.parse(task.order.createdAt) >= start) return;
	task.warnings.push(warning('DOCUMENT_BEFORE_START'));
	task.finish('skipped');
}

async function writeSome({ client, sha1, settings }: DocumentsRun, tasks: readonly DocumentsTask[]): Promise<void> {
	await findExisting(client, tasks, true);
	for (const task of tasks.filter(isOpen)) if (!task.known) task.fail(new SyncError('DOCUMENT_ORDER_MISSING', { number: task.order.number }));
	const open = tasks.filter(isOpen);
	await pairLines(client, settings, settings.identity, open);
	await readDocuments({ client, sha1, settings }, open);
	const plans = open.flatMap((task): OrderPlan[] => {
		try {
			return [{ task, plan: planOrderDocuments({ ...task, customerOrder: task.customerOrder }, new DocumentKeys(sha1, task.order.source.siteKey), settings) }];
		} catch (error) {
			task.fail(caught(error));
			return [];
		}
	});
	if (settings.preview) plans.forEach(showPlan);
	else await writePlans(client, plans);
}
