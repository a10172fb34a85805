import {
	conflictShown, entityDifferences, entityReference, FieldsInConflict, planCounterparty, planNewCounterparty, rowsIn, SyncError, targetReference, warning, type CounterpartyLink, type CounterpartyPlan, type FilledField, type PlanFacts,
} from '../../../../core';
import { writeMany, type Entity, type MoySkladClient, type Written } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { writeLists } from './lists';
import type { CustomerSettings } from './settings';
import { isOpen, type CustomerTask } from './task';

const PATH = '/entity/counterparty';

/** Answers only show where these are. */
const LISTS = ['contactpersons', 'accounts'];

export interface WritingRun {
	client: MoySkladClient;
	settings: CustomerSettings;
	mark: PlanFacts['mark'];
}

/** A customer with what is to be written of him. */
interface Draft {
	task: CustomerTask;
	/** The id of his counterparty, or the key of another customer of this run that gets it. */
	target: string;
	/** His counterparty as MoySklad has it; undefined when it is to be made. */
	row: Entity | undefined;
	plan: CounterpartyPlan;
}

/** Writes customers whose counterparty is known or to be made. */
export class CounterpartyWriter {
	/** Ids of counterparties that were made, by the key of the customer. */
	readonly made = new Map<string, string>();

	/** `rows`: counterparties by their ids, with the lists that are to be written; `keys`: of all customers of this run. */
	constructor(
		private readonly run: WritingRun,
		private readonly rows: Map<string, Entity>,
		private readonly fields: ReadonlyMap<CustomerTask, FilledField[]>,
		private readonly keys: ReadonlySet<string>,
	) {}

	/** Two customers that are one counterparty are written one after the other, so that the second sees what the first has written. */
	async write(tasks: readonly CustomerTask[]): Promise<void> {
		const queues = new Map<string, CustomerTask[]>();
		for (const task of tasks) {
			const target = task.who && 'take' in task.who ? task.who.take : task.key;
			queues.set(target, [...(queues.get(target) ?? []), task]);
		}
		for (let round = 0; ; round += 1) {
			const due = [...queues].flatMap(([target, queue]) => queue.slice(round, round + 1).map((task) => ({ target, task })));
			if (due.length === 0) return;
			await this.round(due.flatMap(({ target, task }) => this.draft(target, task) ?? []));
		}
	}

	private draft(target: string, task: CustomerTask): Draft | undefined {
		const fields = this.fields.get(task);
		if (!isOpen(task) || !fields) return undefined;
		try {
			const row = this.rows.get(this.made.get(target) ?? target);
			if (!row && !this.keys.has(target)) throw new SyncError('MOYSKLAD_NOT_FOUND', { call: `counterparty ${target}` });
			const facts: PlanFacts = { card: task.card, link: linkTo(row, task.link), conflicts: this.run.settings.conflicts, decided: task.decision?.fields ?? undefined, mark: this.run.mark };
			if (row?.archived === true) task.warnings.push(warning('COUNTERPARTY_ARCHIVED'));
			const plan = row ? planCounterparty(fields, row, facts) : planNewCounterparty(fields, facts);
			task.warnings.push(...plan.warnings);
			return { task, target, row, plan };
		} catch (error) {
			task.fail(caught(error));
			return undefined;
		}
	}

	private async round(drafts: readonly Draft[]): Promise<void> {
		for (const draft of drafts) if (draft.plan.conflicts.length > 0) askAboutFields(draft);
		const due = drafts.filter(({ task }) => isOpen(task));
		if (this.run.settings.preview) return due.forEach((draft) => this.show(draft));
		const sent = due.filter(({ row, plan }) => row === undefined || Object.keys(plan.body).length > 0);
		const outcomes = await writeMany(this.run.client, PATH, sent.map((draft) => this.body(draft)), { repeatable: true });
		await this.correctOld(sent, outcomes);
		sent.forEach((draft, index) => this.took(draft, outcomes[index]));
		await writeLists(this.run.client, due.filter(({ task }) => isOpen(task)).flatMap(({ task, row, plan }) => (row ? [{ task, id: String(row.id), plan }] : [])));
		for (const draft of due) if (isOpen(draft.task)) this.finish(draft);
	}

	private body({ task, row, plan }: Draft): Entity {
		if (row) return { ...entityReference('counterparty', String(row.id)), ...plan.body };
		const { links, tags } = this.run.settings;
		const own = Object.fromEntries(Object.entries(links).map(([field, id]) => [field, referenceOf(field, id)]));
		const all = [...new Set([...((plan.body.tags as string[] | undefined) ?? []), ...tags])];
		return { syncId: task.key, ...own, ...plan.body, ...(all.length > 0 && { tags: all }) };
	}

	/** Somebody made it in the meantime: MoySklad then gives the old one unchanged (rule I5). */
	private async correctOld(sent: readonly Draft[], outcomes: Written[]): Promise<void> {
		const old = sent.flatMap(({ row, plan }, index) => {
			const outcome = outcomes[index];
			if (row || !outcome || !('entity' in outcome)) return [];
			const comparable = Object.entries(plan.body).filter(([field]) => !LISTS.includes(field));
			const { body } = entityDifferences(outcome.entity, Object.fromEntries(comparable));
			return Object.keys(body).length === 0 ? [] : [{ index, body: { ...entityReference('counterparty', String(outcome.entity.id)), ...body } }];
		});
		const corrected = await writeMany(this.run.client, PATH, old.map(({ body }) => body), { repeatable: true });
		old.forEach(({ index }, place) => (outcomes[index] = corrected[place] as Written));
	}

	private took({ task, target, row, plan }: Draft, outcome: Written | undefined): void {
		if (!outcome || 'error' in outcome) return task.fail(outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: `POST ${PATH}`, reason: 'no answer to this element' }));
		const id = String(outcome.entity.id);
		const { contactpersons, accounts } = row ?? plan.body;
		this.rows.set(id, { ...outcome.entity, contactpersons, accounts });
		if (!row) this.made.set(target, id);
	}

	/** What later customers of the run find in the lists. */
	private keepLists(id: string, { people, accounts }: CounterpartyPlan): void {
		const row = this.rows.get(id);
		if (row) this.rows.set(id, { ...row, contactpersons: joined(row.contactpersons, people), accounts: joined(row.accounts, accounts) });
	}

	private finish({ task, target, row, plan }: Draft): void {
		const id = String(row?.id ?? this.made.get(target));
		this.keepLists(id, plan);
		const status = row === undefined ? 'created' : plan.changes.length > 0 ? 'updated' : 'unchanged';
		task.finish(status, id, plan.changes, this.linkOf(task, this.rows.get(id) ?? {}, id, plan));
	}

	/** Later customers of the run see what would have been written. */
	private show({ task, target, row, plan }: Draft): void {
		const id = row ? String(row.id) : null;
		this.rows.set(id ?? target, { ...row, ...plan.body, id: id ?? target });
		this.keepLists(id ?? target, plan);
		task.finish(id !== null && plan.changes.length === 0 ? 'unchanged' : 'planned', id, plan.changes);
	}

	private linkOf({ key, card: { source } }: CustomerTask, { externalCode }: Entity, moySkladId: string, { written }: CounterpartyPlan): CounterpartyLink {
		return {
			flow: this.run.settings.flow,
			type: 'counterparty',
			key,
			moySkladId,
			externalCode: typeof externalCode === 'string' ? externalCode : null,
			bitrixId: source.entity === 'customer' ? null : source.id,
			parent: null,
			written,
			pictures: {},
			snapshot: null,
		};
	}
}

/** What was written of another counterparty, before a person decided or it was merged, says nothing of this one. */
const linkTo = (row: Entity | undefined, link: CounterpartyLink | undefined): CounterpartyLink | undefined => (link?.moySkladId.toLowerCase() === row?.id ? link : undefined);

const joined = (present: unknown, rows: CounterpartyPlan['people']): Entity[] => [...rowsIn(present), ...rows.filter(({ id }) => id === undefined).map(({ body }) => body)];

function askAboutFields({ task, row = {}, plan }: Draft): void {
	const error = new FieldsInConflict('COUNTERPARTY_FIELDS_CHANGED', plan.conflicts);
	const { changes, warnings } = conflictShown(error);
	task.warnings.push(...warnings);
	task.review(error, [], { id: String(row.id), changes });
}

const referenceOf = (field: string, id: string): Entity => ({ ...targetReference(TARGETS[field] ?? field, id, 'counterparty') });

const TARGETS: Record<string, string> = { priceType: 'pricetype', owner: 'employee' };
