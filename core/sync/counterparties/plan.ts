import type { CompanyType } from '../../model/counterparty';
import type { CustomerCard } from '../../model/customerCard';
import { entityDifferences, holds } from '../../moysklad/compare';
import { rowsIn } from '../../moysklad/counterparty';
import { anyMoment } from '../../moysklad/moment';
import { fieldsBody, plainValue, presentValue } from '../../moysklad/presentValue';
import { allows, type ConflictPolicy } from '../conflictPolicy';
import { Decisions, type DecidedField, type Mark } from '../decisions';
import type { FilledField } from '../mapping';
import type { FieldChange, Warning } from '../result';
import { belongsTo, comparable, isCardList, type CardList } from './fields';
import { joinedTags, lackingAccounts, lackingPeople, type ListRow } from './lists';
import type { CounterpartyLink } from './link';

type Json = Record<string, unknown>;

/** What a plan is made from beside the fields. */
export interface PlanFacts {
	card: CustomerCard;
	link: CounterpartyLink | undefined;
	conflicts: ConflictPolicy;
	/** What a person decided about fields that both sides changed. */
	decided?: 'source' | 'target';
	mark: Mark;
}

/** What is to be written of a counterparty. */
export interface CounterpartyPlan {
	/** Fields to send; empty: nothing differs. */
	body: Json;
	/** Rows of its lists to add or to fill, by URLs of their own: an array in the body would replace them all. */
	people: ListRow[];
	accounts: ListRow[];
	changes: FieldChange[];
	/** Fields that both sides changed and that a person has to decide about; then nothing is to be written. */
	conflicts: FieldChange[];
	/** Fields that both sides changed and that are left to MoySklad. */
	warnings: Warning[];
	/** Marks of what is settled after this. */
	written: Record<string, string>;
}

/** A counterparty that is to be made. All its lists are in its body. */
export function planNewCounterparty(fields: readonly FilledField[], { card, mark }: Pick<PlanFacts, 'card' | 'mark'>): CounterpartyPlan {
	const kind = (fields.find(({ target }) => target === 'companyType')?.value ?? card.kind) as CompanyType;
	const own = fields.filter(({ target }) => !isCardList(target) && belongsTo(kind, target));
	const people = lackingPeople([], listIn(fields, 'contactPersons')).map(({ body }) => body);
	const accounts = lackingAccounts([], listIn(fields, 'accounts')).map(({ body }) => body);
	const tags = joinedTags([], listIn(fields, 'tags'));
	const body = {
		companyType: kind,
		...fieldsBody(own),
		...(tags.length > 0 && { tags }),
		...(people.length > 0 && { contactpersons: people }),
		...(accounts.length > 0 && { accounts }),
	};
	return { body, people: [], accounts: [], changes: entityDifferences({}, body).changes, conflicts: [], warnings: [], written: marksOf(own, mark) };
}

/** What is to be changed of a counterparty; `row` has its lists where the fields name them. */
export function planCounterparty(fields: readonly FilledField[], row: Json, facts: PlanFacts): CounterpartyPlan {
	const own = fields.filter(({ target }) => !isCardList(target) && belongsTo(row.companyType, target));
	const decisions = decisionsOf(row, facts);
	const verdicts = own.map((field) => ({ field, verdict: decisions.decide(decidedField(field, row)) }));
	const having = (wanted: string): FilledField[] => verdicts.flatMap(({ field, verdict }) => (verdict === wanted ? [field] : []));
	const tags = tagsOf(fields, row);
	const { body, changes } = entityDifferences(row, { ...fieldsBody(having('write')), ...(tags && { tags }) });
	const people = listFor(fields, 'contactPersons', rowsIn(row.contactpersons), lackingPeople);
	const accounts = listFor(fields, 'accounts', rowsIn(row.accounts), lackingAccounts);
	return {
		body,
		people,
		accounts,
		changes: [...changes, ...listChanges('contactpersons', people), ...listChanges('accounts', accounts)],
		conflicts: entityDifferences(row, fieldsBody(having('review'))).changes,
		warnings: facts.decided === undefined ? decisions.remarks() : [],
		written: decisions.written,
	};
}

/** What a person has decided counts before the policy. */
function decisionsOf({ updated }: Json, { card, link, conflicts, decided, mark }: PlanFacts): Decisions {
	const policy = decided === undefined ? conflicts : decided === 'source' ? 'sourceWins' : 'targetWins';
	return new Decisions({ before: link?.written, conflicts: policy, changed: { source: card.updatedAt, target: anyMoment(typeof updated === 'string' ? updated : null) }, mark });
}

function decidedField({ target, policy, value }: FilledField, row: Json): DecidedField {
	const present = presentValue(row, target);
	const source = compared(target, value);
	const isEmpty = present === undefined || present === null || present === '';
	return { field: target, source, target: holds(plainValue(present), plainValue(value)) ? source : compared(target, present), policy, isEmpty };
}

/** A value as the text in which equal ones are equal. */
function compared(target: string, value: unknown): string {
	const inner = comparable(target, plainValue(value));
	return typeof inner === 'string' ? inner : JSON.stringify(inner ?? null);
}

const marksOf = (fields: readonly FilledField[], mark: Mark): Record<string, string> =>
	Object.fromEntries(fields.map(({ target, value }) => [target, mark(compared(target, value))]));

/** What the fields want in a list; lists of other forms than a card's have nothing. */
function listIn<Row>(fields: readonly FilledField[], list: CardList): Row[] {
	const value = fields.find(({ target }) => target === list)?.value;
	return Array.isArray(value) ? (value as Row[]) : [];
}

function listFor(fields: readonly FilledField[], list: CardList, present: Json[], lacking: (present: Json[], wanted: Json[]) => ListRow[]): ListRow[] {
	return isOpenFor(fields, list, present.length) ? lacking(present.map((one) => ({ ...one })), listIn(fields, list)) : [];
}

/** *Always* adds what is missing, *Only When Empty* only to an empty list, *Only When Creating* never later. */
function isOpenFor(fields: readonly FilledField[], list: CardList, present: number): boolean {
	const field = fields.find(({ target }) => target === list);
	return field !== undefined && allows(field.policy, { isNew: false, isEmpty: present === 0 });
}

function tagsOf(fields: readonly FilledField[], row: Json): string[] | undefined {
	const present = Array.isArray(row.tags) ? (row.tags as string[]) : [];
	const joined = joinedTags(present, listIn(fields, 'tags'));
	return joined.length > present.length && isOpenFor(fields, 'tags', present.length) ? joined : undefined;
}

const listChanges = (field: string, rows: readonly ListRow[]): FieldChange[] =>
	rows.map(({ id, body }) => ({ field: id === undefined ? field : `${field}.${id}`, from: null, to: body }));
