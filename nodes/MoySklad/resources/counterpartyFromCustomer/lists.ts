import { lackingAccounts, lackingPeople, SyncError, type CounterpartyPlan } from '../../../../core';
import { inParallel, readAll, type Entity, type MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import type { CustomerTask } from './task';

const LANES = 5;

interface ListsOf {
	task: CustomerTask;
	/** Of the counterparty. */
	id: string;
	plan: CounterpartyPlan;
}

/** Contact persons and accounts of counterparties that are there: rows are added and filled by URLs of their own, and no other is touched. */
export async function writeLists(client: MoySkladClient, all: readonly ListsOf[]): Promise<void> {
	const due = all.filter(({ plan }) => plan.people.length + plan.accounts.length > 0);
	await inParallel(due, LANES, async ({ task, id, plan }) => {
		try {
			await writeList(client, `entity/counterparty/${id}/contactpersons`, plan.people, (present) => lackingPeople(present, plan.people.map(({ body }) => body)).length);
			await writeList(client, `entity/counterparty/${id}/accounts`, plan.accounts, (present) => lackingAccounts(present, plan.accounts.map(({ body }) => body)).length);
		} catch (error) {
			const failure = caught(error);
			if (failure.code === 'STOPPED') throw failureOf(failure);
			task.fail(failure);
		}
	});
}

const failureOf = (error: SyncError): SyncError => error;

async function writeList(client: MoySkladClient, path: string, rows: CounterpartyPlan['people'], lacking: (present: Entity[]) => number): Promise<void> {
	for (const { id, body } of rows) if (id !== undefined) await client.write('PUT', `/${path}/${id}`, body, { repeatable: true });
	const added = rows.flatMap(({ id, body }) => (id === undefined ? [body] : []));
	if (added.length === 0) return;
	try {
		await client.write('POST', `/${path}`, added, { repeatable: false });
	} catch (error) {
		// Nobody knows whether they were added: only what is not there is an error.
		if (!(error instanceof SyncError) || error.code !== 'MOYSKLAD_UNVERIFIED' || lacking(await readAll(client, path)) > 0) throw caught(error);
	}
}
