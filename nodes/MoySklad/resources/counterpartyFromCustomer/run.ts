import type { IExecuteFunctions } from 'n8n-workflow';
import { markOf, newestByKey, warning, type FilledField, type Sha1 } from '../../../../core';
import { Attributes, type MoySkladClient } from '../../../../transport';
import { FailureTrace } from '../../../shared/failureTrace';
import { readRows } from '../../counterparties/rows';
import { filledFields } from '../../mapping/filledFields';
import { customerFilling } from './filling';
import { askPeople } from './reviewing';
import { identify } from './search';
import type { CustomerSettings } from './settings';
import { isOpen, type CustomerTask } from './task';
import { CounterpartyWriter } from './writing';

export interface CustomerRun {
	context: IExecuteFunctions;
	client: MoySkladClient;
	sha1: Sha1;
	settings: CustomerSettings;
}

/** Gives every task its result. What fails as a whole, fails its customers only. */
export async function writeCustomers(run: CustomerRun, tasks: readonly CustomerTask[]): Promise<void> {
	const newest = newestByKey(tasks);
	const trace = new FailureTrace<CustomerTask>(async (some) => await writeSome(run, some));
	await trace.run([...newest.values()]);
	for (const task of tasks) if (isOpen(task)) repeat(task, newest.get(task.key));
}

/** An older state in the same run is only done when the newest one is, and asks nobody a second time. */
function repeat(task: CustomerTask, newest: CustomerTask | undefined): void {
	const newer = newest?.result;
	task.warnings.push(warning('COUNTERPARTY_REPEATED'));
	if (newer?.status === 'failed') task.result = { ...newer, warnings: task.warnings };
	else task.finish('skipped', newer?.moySkladId ?? null);
}

async function writeSome({ context, client, sha1, settings }: CustomerRun, tasks: readonly CustomerTask[]): Promise<void> {
	for (const task of tasks) task.who = undefined;
	const attributes = new Attributes(client, 'counterparty');
	const doubts = await identify({ client, attributes, settings }, tasks);
	const due = tasks.filter((task) => isOpen(task) && task.who !== undefined);
	const fields = await filledFields(settings.rules, attributes, due, customerFilling(context));
	const keys = new Set(tasks.map(({ key }) => key));
	const ids = due.flatMap(({ who }) => (who && 'take' in who && !keys.has(who.take) ? [who.take] : []));
	const rows = await readRows(client, 'id', ids, listsIn([...fields.values()].flat()));
	const writer = new CounterpartyWriter({ client, settings, mark: (value) => markOf(sha1, value) }, rows, fields, keys);
	await writer.write(due);
	await askPeople({ client, preview: settings.preview, made: writer.made }, doubts);
}

/** The lists of counterparties that have to be known because somebody may be added to them, by MoySklad's keywords. */
const listsIn = (fields: readonly FilledField[]): string[] => ['contactPersons', 'accounts'].filter((list) => fields.some(({ target }) => target === list)).map((list) => list.toLowerCase());
