import {
	ATTRIBUTE_PREFIX, idOf, isUuid, partyOfCounterparty, PartyDirectory, warning, type Candidate, type MatchRule, type MatchVerdict, type Party, type Reference,
} from '../../../../core';
import type { Attributes, Entity, MoySkladClient } from '../../../../transport';
import { readCandidates } from '../../counterparties/candidates';
import { readRows } from '../../counterparties/rows';
import type { CustomerSettings } from './settings';
import { isOpen, type CustomerTask } from './task';

export interface SearchRun {
	client: MoySkladClient;
	attributes: Attributes;
	settings: CustomerSettings;
}

type Review = Extract<MatchVerdict, { kind: 'review' }>;

/**
 * Who each customer is: whom a person decided on, whom the link or MoySklad's id names, who was made of him before, whom the rules find,
 * or somebody new. Those about whom there are doubts come back with their candidates; those that are left out are finished.
 */
export async function identify(run: SearchRun, tasks: readonly CustomerTask[]): Promise<Map<CustomerTask, Candidate[]>> {
	const search = new Search(run, tasks);
	await search.known();
	for (const rule of run.settings.match) await search.byRule(rule);
	search.settleRest();
	return search.doubts;
}

class Search {
	readonly doubts = new Map<CustomerTask, Candidate[]>();
	private readonly directory: PartyDirectory;
	private readonly used: MatchRule[] = [];

	constructor(
		private readonly run: SearchRun,
		private readonly tasks: readonly CustomerTask[],
	) {
		this.directory = new PartyDirectory({ names: run.settings.match.includes('name') });
	}

	private get open(): CustomerTask[] {
		return this.tasks.filter((task) => isOpen(task) && task.who === undefined && !this.doubts.has(task));
	}

	/** Those of whom somebody said who they are. */
	async known(): Promise<void> {
		const { client } = this.run;
		for (const task of this.tasks) if (task.decision?.take === 'skip') leaveOut(task, 'a person decided so');
		const rows = await readRows(client, 'id', this.open.flatMap(namedIds));
		const made = await readRows(client, 'syncId', this.open.map(({ key }) => key));
		for (const task of this.open) task.who = who(task, rows, made.get(task.key));
	}

	async byRule(rule: MatchRule): Promise<void> {
		const { client, attributes, settings } = this.run;
		const field = settings.externalIdField;
		const externalIdField = field.startsWith(ATTRIBUTE_PREFIX) ? (await attributes.definition(field)).meta.href : field;
		const sought = this.open.map(({ party, card }) => ({ party, emails: card.emails, name: card.name }));
		await readCandidates(client, { rule, sought, externalIdField }, (row) => this.directory.add(toParty(row, field)));
		this.used.push(rule);
		for (const task of this.open) {
			const verdict = this.directory.match(this.used, task.party, settings);
			if (verdict.kind === 'take') task.who = { take: verdict.id };
			else if (verdict.kind === 'review' && verdict.several) this.doubt(task, verdict);
		}
	}

	/** Customers whom no rule found for certain; those of one run that are the same by a rule get one counterparty. */
	settleRest(): void {
		const { match, none } = this.run.settings;
		for (const task of this.open) {
			const verdict = this.directory.match(match, task.party, this.run.settings);
			if (verdict.kind === 'take') task.who = { take: verdict.id };
			else if (verdict.kind === 'review') this.doubt(task, verdict);
			else if (none === 'create') this.create(task);
			else leaveOut(task, 'MoySklad does not have it, and new ones are not made');
		}
	}

	private doubt(task: CustomerTask, { candidates }: Review): void {
		const { doubtful } = this.run.settings;
		if (doubtful === 'create') this.create(task);
		else if (doubtful === 'skip') leaveOut(task, 'it is not certain who it is');
		else this.doubts.set(task, candidates);
	}

	/** Other customers of the run find the new one. */
	private create(task: CustomerTask): void {
		task.who = { create: true };
		this.directory.add(task.party);
	}
}

const namedIds = ({ decision, link, card }: CustomerTask): string[] => [decision?.take, link?.moySkladId, card.moySkladId].flatMap((id) => (id && isUuid(id) ? [id.toLowerCase()] : []));

/** Undefined where nobody said it, or whom they named is not there any more. */
function who(task: CustomerTask, rows: ReadonlyMap<string, Entity>, made: Entity | undefined): CustomerTask['who'] {
	const { decision, link, card } = task;
	const there = (id: string | null | undefined): boolean => rows.has(id?.toLowerCase() ?? '');
	if (decision && isUuid(decision.take)) {
		if (there(decision.take)) return { take: decision.take.toLowerCase() };
		task.warnings.push(warning('COUNTERPARTY_DECISION_VOID'));
	}
	if (decision?.take === 'create') return made ? { take: String(made.id) } : { create: true };
	const named = [link?.moySkladId, card.moySkladId].find(there);
	if (named) return { take: named.toLowerCase() };
	if (made) return { take: String(made.id) };
	if (link) task.warnings.push(warning('COUNTERPARTY_GONE'));
	return undefined;
}

function leaveOut(task: CustomerTask, reason: string): void {
	task.warnings.push(warning('COUNTERPARTY_LEFT_OUT', { reason }));
	task.finish('skipped', null);
}

function toParty(row: Entity, externalIdField: string): Party {
	const id = externalIdField.startsWith(ATTRIBUTE_PREFIX) ? externalIdField.slice(ATTRIBUTE_PREFIX.length) : undefined;
	const value = id === undefined ? row[externalIdField] : attributeIn(row, id);
	return partyOfCounterparty(row, typeof value === 'string' ? [value] : []);
}

function attributeIn({ attributes }: Entity, definition: string): unknown {
	const rows = Array.isArray(attributes) ? (attributes as Array<Entity & Reference>) : [];
	return rows.find((row) => row.id === definition || idOf(row) === definition)?.value;
}
