import {
	DOCUMENT_FAMILIES,
	DocumentKeys,
	entityReference,
	planDeletion,
	planOrderDeletion,
	type DeletedOrder,
	type DeletionPolicy,
	type DocumentFamily,
	type OrderDeletion,
	type Sha1,
} from '../../../../core';
import { trashObjects, writeMany, type MoySkladClient } from '../../../../transport';
import { findByKey } from '../customerOrderFromBitrix/existing';
import { isOpen, type Identified } from '../customerOrderFromBitrix/task';
import { together } from '../customerOrderFromBitrix/together';
import { readListed } from '../orderDocuments/reading';
import type { FollowingTask } from '../orderDocuments/task';
import { carriedOut, carryOut, conclude, failureOf, isDue, linkAfter, told, type Attempt } from '../orderDocuments/writing';

/** An order that is gone from the store. */
export type DeletedTask = FollowingTask<Identified>;

export interface DeletionRun {
	client: MoySkladClient;
	sha1: Sha1;
	policy: DeletionPolicy;
	preview: boolean;
}

/** Gives every task its result. Documents leave the books before the customer order does. */
export const settleDeleted = async (run: DeletionRun, tasks: readonly DeletedTask[]): Promise<void> =>
	await together(tasks, async (some) => await settleSome(run, some));

async function settleSome({ client, sha1, policy, preview }: DeletionRun, tasks: readonly DeletedTask[]): Promise<void> {
	await findByKey(client, tasks);
	for (const task of tasks.filter(isOpen)) if (task.known === undefined || task.known.deleted) task.finish('unchanged');
	const open = tasks.filter(isOpen);
	await readListed(client, open, Object.keys(DOCUMENT_FAMILIES) as DocumentFamily[]);
	const plans = open.map((task) => ({ task, plan: planDeletion(factsOf(task), new DocumentKeys(sha1, task.order.source.siteKey), policy) }));
	const attempts = preview ? plans.flatMap(({ task, plan }) => plan.steps.map((step): Attempt => ({ task, step }))) : await carryOut(client, plans);
	const orders = open.map((task) => {
		const own = attempts.filter((attempt) => attempt.task === task);
		const withdrawn = carriedOut(own).flatMap(({ step }) => step.known?.id ?? []);
		return new Settling(task, own, planOrderDeletion(factsOf(task), new Set(withdrawn), policy));
	});
	if (!preview) await writeOrders(client, orders.filter((one) => one.isDue));
	for (const one of orders) one.finish(preview);
}

const factsOf = (task: DeletedTask): DeletedOrder => ({
	customerOrder: task.customerOrder,
	documents: task.documents,
	orderLink: task.orderLink,
	link: task.link,
	deletedAt: task.order.updatedAt,
});

/** One customer order on its way out. */
class Settling {
	error: ReturnType<typeof failureOf>;

	constructor(
		readonly task: DeletedTask,
		private readonly attempts: readonly Attempt[],
		readonly deletion: OrderDeletion,
	) {
		this.error = failureOf(attempts) ?? deletion.conflict?.report();
	}

	get isDue(): boolean {
		return this.error === undefined && (this.deletion.bin || Object.keys(this.deletion.body).length > 0);
	}

	finish(preview: boolean): void {
		const { task, attempts, deletion } = this;
		const isGone = this.isDue;
		const steps = attempts.map(({ step }) => step);
		task.warnings.push(...steps.flatMap(({ warnings }) => warnings), ...deletion.warnings);
		const changes = [...(preview ? steps.filter(isDue) : carriedOut(attempts).map(({ step }) => step)).flatMap((step) => step.changes), ...(isGone ? deletion.changes : [])];
		if (preview) task.finish(changes.length > 0 ? 'planned' : 'unchanged', changes);
		else task.finish(isGone && deletion.bin ? 'deleted' : changes.length > 0 ? 'updated' : 'unchanged', changes, linkAfter(task, attempts));
		conclude(task, this.error, { moySkladId: task.customerOrder.id, ...(!preview && { documents: attempts.map(told) }) });
	}
}

async function writeOrders(client: MoySkladClient, orders: readonly Settling[]): Promise<void> {
	const changed = orders.filter(({ deletion }) => Object.keys(deletion.body).length > 0);
	const bodies = changed.map(({ task, deletion }) => ({ ...entityReference('customerorder', task.customerOrder.id), ...deletion.body }));
	const outcomes = await writeMany(client, '/entity/customerorder', bodies, { repeatable: true });
	changed.forEach((one, index) => {
		const outcome = outcomes[index];
		if (outcome && 'error' in outcome) one.error = outcome.error.report();
	});
	const thrownAway = orders.filter(({ deletion, error }) => deletion.bin && !error);
	const results = await trashObjects(client, 'customerorder', thrownAway.map(({ task }) => task.customerOrder.id));
	thrownAway.forEach((one, index) => (one.error = results[index]?.error));
}
