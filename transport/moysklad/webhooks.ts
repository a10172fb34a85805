import {
	groupBy,
	isDone,
	planWebhooks,
	readAddress,
	readWebhook,
	slotsFull,
	WEBHOOK_PATHS,
	webhookBody,
	webhookReference,
	type RegisteredWebhook,
	type SyncError,
	type Webhook,
	type WebhookKind,
	type WebhookTask,
} from '../../core';
import { partFailure } from '../failure';
import { deleteMany, writeMany, type Written } from './bulk';
import type { MoySkladClient } from './client';
import { readAll, type Entity } from './lists';

/** What became of a task. */
export type WebhookOutcome = { webhook: RegisteredWebhook } | { error: SyncError };

const KINDS: WebhookKind[] = ['object', 'stock'];

/**
 * All webhooks of the account, of objects and of stock: two calls. Those of other systems that cannot be understood are left
 * out. Throws ANSWER_UNEXPECTED for one of ours that cannot be read.
 */
export async function readWebhooks(client: MoySkladClient): Promise<RegisteredWebhook[]> {
	const lists = await Promise.all(
		KINDS.map(async (kind) => (await readAll(client, WEBHOOK_PATHS[kind])).flatMap((row) => readOrLeave(kind, row))),
	);
	return lists.flat();
}

/** What a webhook says of its kind, known here or not. */
const SUBJECT_FIELDS: Record<WebhookKind, string[]> = { object: ['entityType', 'action'], stock: ['reportType'] };

const isForeign = ({ url }: Entity): boolean => typeof url === 'string' && readAddress(url) === undefined;

/** A new kind of webhook in another system must not stop what is done about ours. */
function readOrLeave(kind: WebhookKind, row: Entity): RegisteredWebhook[] {
	try {
		return [readWebhook(kind, row)];
	} catch (error) {
		return leftOut(kind, row, error);
	}
}

function leftOut(kind: WebhookKind, row: Entity, error: unknown): [] {
	if (isForeign(row) && SUBJECT_FIELDS[kind].every((field) => typeof row[field] === 'string')) return [];
	throw error;
}

/**
 * Makes and changes webhooks; one outcome a task, in order. Tasks with nothing to do cost nothing. Where the answer is a refusal or was
 * lost, the lists are read again: a webhook that is there as it was wanted is a success, whoever made it.
 */
export async function writeWebhooks(client: MoySkladClient, tasks: readonly WebhookTask[]): Promise<WebhookOutcome[]> {
	const outcomes = await inKinds(
		tasks,
		({ wanted }) => wanted.kind,
		async (kind, some) => await writeKind(client, kind, some),
	);
	if (outcomes.every((outcome) => 'webhook' in outcome)) return outcomes;
	const present = await listAgain(client);
	if (!present) return outcomes;
	return outcomes.map((outcome, index) => settled((tasks[index] as WebhookTask).wanted, outcome, present));
}

/** Deletes webhooks; one outcome a webhook, in order. One that is gone already counts as deleted. */
export async function deleteWebhooks(
	client: MoySkladClient,
	webhooks: readonly RegisteredWebhook[],
): Promise<WebhookOutcome[]> {
	return await inKinds(
		webhooks,
		({ kind }) => kind,
		async (kind, some) => {
			const written = await deleteMany(
				client,
				WEBHOOK_PATHS[kind],
				some.map(({ id }) => webhookReference(kind, id)),
			);
			return written.map((one, index) => deleted(one, some[index] as RegisteredWebhook));
		},
	);
}

/** The same webhook sent twice is refused as a duplicate the second time, so every body may be repeated. */
async function writeKind(client: MoySkladClient, kind: WebhookKind, tasks: WebhookTask[]): Promise<WebhookOutcome[]> {
	const open = tasks.filter((task) => !isDone(task));
	const bodies = open.map(({ wanted, found }) => webhookBody(wanted, found?.id));
	const written = open.length === 0 ? [] : await writeMany(client, WEBHOOK_PATHS[kind], bodies, { repeatable: true });
	const outcomes = new Map(open.map((task, index) => [task, toOutcome(kind, written[index] as Written)]));
	return tasks.map((task) => outcomes.get(task) ?? { webhook: task.found as RegisteredWebhook });
}

function toOutcome(kind: WebhookKind, written: Written): WebhookOutcome {
	try {
		return 'error' in written ? written : { webhook: readWebhook(kind, written.entity) };
	} catch (error) {
		return { error: partFailure(error) };
	}
}

const deleted = (written: Written, webhook: RegisteredWebhook): WebhookOutcome =>
	'error' in written && written.error.code !== 'MOYSKLAD_NOT_FOUND' ? written : { webhook };

/** Works through objects and stock apart, and gives the outcomes in the order of the items. */
async function inKinds<Item extends object>(
	items: readonly Item[],
	kindOf: (item: Item) => WebhookKind,
	work: (kind: WebhookKind, items: Item[]) => Promise<WebhookOutcome[]>,
): Promise<WebhookOutcome[]> {
	const outcomes = new Map<Item, WebhookOutcome>();
	for (const [kind, some] of groupBy(items, kindOf)) {
		const done = await work(kind, some);
		some.forEach((item, index) => outcomes.set(item, done[index] as WebhookOutcome));
	}
	return items.map((item) => outcomes.get(item) as WebhookOutcome);
}

/** Undefined when the lists cannot be read now: then what went wrong first is all that is known. */
async function listAgain(client: MoySkladClient): Promise<RegisteredWebhook[] | undefined> {
	try {
		return await readWebhooks(client);
	} catch (error) {
		partFailure(error);
		return undefined;
	}
}

function settled(wanted: Webhook, outcome: WebhookOutcome, present: readonly RegisteredWebhook[]): WebhookOutcome {
	if ('webhook' in outcome) return outcome;
	const [task] = planWebhooks([wanted], present).tasks;
	if (task?.found && isDone(task)) return { webhook: task.found };
	return { error: outcome.error.code === 'WEBHOOK_SLOTS_FULL' ? slotsFull(wanted, present) : outcome.error };
}
