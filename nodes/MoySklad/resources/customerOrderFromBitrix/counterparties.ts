import {
	choose,
	counterpartyOf,
	partyOfCounterparty,
	PartyDirectory,
	RULE_WORDS,
	SyncError,
	validEmail,
	warning,
	withArchived,
	type Sha1,
} from '../../../../core';
import { readByValues, type Entity, type MoySkladClient } from '../../../../transport';
import { readCandidates } from '../../counterparties/candidates';
import { buyersOf, type Buyer } from './buyer';
import { createCounterparties, fillEmptyFields } from './counterpartyWriting';
import type { CounterpartyRule, CounterpartySettings } from './settings';
import type { OrderTask } from './task';

export interface CounterpartyRun {
	client: MoySkladClient;
	sha1: Sha1;
	counterparties: CounterpartySettings;
	preview: boolean;
}

/**
 * The counterparty of each order: the one that this node made for the same customer before, or one that the rules find, or a new one.
 * Orders whose customer cannot be told are finished here.
 */
export async function findCounterparties(run: CounterpartyRun, tasks: readonly OrderTask[]): Promise<Map<OrderTask, string>> {
	const buyers = buyersOf(run.sha1, tasks);
	const search = new Search(run, buyers);
	await search.madeBefore();
	for (const rule of run.counterparties.rules) await search.byRule(rule);
	search.settleRest();
	const made = await createCounterparties(run, buyers);
	if (run.counterparties.fillEmpty && !run.preview) await fillEmptyFields(run.client, buyers, search.rows);
	return agentsOf(buyers, made);
}

function agentsOf(buyers: readonly Buyer[], made: ReadonlyMap<string, string | SyncError>): Map<OrderTask, string> {
	const agents = new Map<OrderTask, string>();
	for (const buyer of buyers) {
		const agent = agentOf(buyer, made);
		for (const task of buyer.tasks) {
			task.warnings.push(...buyer.warnings);
			if (agent instanceof SyncError) task.fail(agent);
			else agents.set(task, agent);
		}
	}
	return agents;
}

function agentOf({ decision, syncId = '' }: Buyer, made: ReadonlyMap<string, string | SyncError>): string | SyncError {
	if (!decision) return new SyncError('COUNTERPARTY_NOT_FOUND');
	if ('error' in decision) return decision.error;
	return 'take' in decision
		? (made.get(decision.take) ?? decision.take)
		: (made.get(syncId) ?? new SyncError('COUNTERPARTY_NOT_FOUND'));
}

class Search {
	/** Counterparties that were read, by id. */
	readonly rows = new Map<string, Entity>();
	private readonly directory = new PartyDirectory();

	constructor(
		private readonly run: CounterpartyRun,
		private readonly buyers: readonly Buyer[],
	) {
		for (const buyer of buyers) if (buyer.syncId === undefined) this.fallBack(buyer, new SyncError('COUNTERPARTY_NAMELESS'));
	}

	private get open(): Buyer[] {
		return this.buyers.filter(({ decision }) => decision === undefined);
	}

	async madeBefore(): Promise<void> {
		const ids = this.open.flatMap(({ syncId }) => syncId ?? []);
		const rows =
			ids.length === 0
				? []
				: await readByValues(this.run.client, 'entity/counterparty', 'syncId', ids, { conditions: withArchived });
		for (const row of rows) this.rows.set(String(row.id), row);
		const known = new Map(rows.map((row) => [row.syncId, String(row.id)]));
		for (const buyer of this.open) {
			const id = known.get(buyer.syncId);
			if (id !== undefined) buyer.decision = { take: id };
		}
	}

	async byRule(rule: CounterpartyRule): Promise<void> {
		const sought = this.open.map(({ party, customer }) => ({ party, emails: [customer.email] }));
		await readCandidates(this.run.client, { rule, sought }, (row) => {
			if (this.run.counterparties.fillEmpty) this.rows.set(String(row.id), row);
			this.directory.add(partyOfCounterparty(row));
		});
		for (const buyer of this.open) this.decide(buyer, [rule]);
	}

	/** Customers that no rule found; those of one run that are the same by a rule get one counterparty. */
	settleRest(): void {
		const { none, rules } = this.run.counterparties;
		for (const buyer of this.open) {
			if (this.decide(buyer, rules)) continue;
			if (none === 'create') this.create(buyer);
			else if (none === 'fallback') this.fallBack(buyer);
			else buyer.decision = { error: new SyncError('COUNTERPARTY_NOT_FOUND') };
		}
	}

	private decide(buyer: Buyer, rules: readonly CounterpartyRule[]): boolean {
		const found = this.directory.find(rules, buyer.party);
		if (!found) return false;
		const { candidates, rule } = found;
		const details = { count: candidates.length, rule: RULE_WORDS[rule], ids: candidates.map(({ id }) => id).join(', ') };
		if (candidates.length > 1) buyer.warnings.push(warning('COUNTERPARTY_AMBIGUOUS', details));
		const choice = choose(candidates, this.run.counterparties.several);
		if ('take' in choice) buyer.decision = choice;
		else if ('create' in choice) this.create(buyer);
		else if ('fallback' in choice) this.fallBack(buyer);
		else buyer.decision = { error: new SyncError('COUNTERPARTY_AMBIGUOUS', details) };
		return true;
	}

	private create(buyer: Buyer): void {
		const counterparty = counterpartyOf(buyer.customer);
		if (!counterparty || buyer.syncId === undefined) return this.fallBack(buyer, new SyncError('COUNTERPARTY_NAMELESS'));
		if (buyer.customer.email && !validEmail(buyer.customer.email)) buyer.warnings.push(warning('COUNTERPARTY_EMAIL_INVALID'));
		buyer.decision = { create: counterparty };
		// So that other customers of the run find it.
		this.directory.add({ ...buyer.party, kind: buyer.customer.kind === 'person' ? 'individual' : 'legal' });
	}

	private fallBack(buyer: Buyer, reason?: SyncError): void {
		const { fallback } = this.run.counterparties;
		if (fallback === undefined) buyer.decision = { error: reason ?? new SyncError('COUNTERPARTY_NO_FALLBACK') };
		else buyer.decision = { take: fallback };
		if (fallback !== undefined && reason) buyer.warnings.push(warning(reason.code));
	}
}
