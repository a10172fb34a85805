import type { CompanyType } from '../../model/counterparty';
import type { CustomerCard } from '../../model/customerCard';
import { entityDifferences, holds } from '../../moysklad/compare';
import { rowsIn } from '../../moysklad/counterparty';
import { fromMoscow } from '../../moysklad/moment';
import { idOf, type Reference } from '../../moysklad/reference';
import { judge, type ConflictPolicy } from '../conflictPolicy';
import type { Policy } from '../mapping';
import type { FieldChange } from '../result';
import { belongsTo, comparable, isCardList, type CardList } from './fields';
import { joinedTags, lackingAccounts, lackingPeople, type ListRow } from './lists';
import type { CounterpartyLink } from './link';

type Json = Record<string, unknown>;

/** A field of a counterparty that the customer fills. */
export interface FilledField {
	/** MoySklad's keyword, or `attribute:<id>`. */
	target: string;
	policy: Policy;
	/** In MoySklad's form; of an additional field with its `meta`. */
	value: unknown;
}

/** What a plan is made from beside the fields. */
export interface PlanFacts {
	card: CustomerCard;
	link: CounterpartyLink | undefined;
	conflicts: ConflictPolicy;
	/** What a person decided about fields that both sides changed. */
	decided?: 'source' | 'target';
	/** A short mark of a value. */
	mark(value: unknown): string;
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
	/** Marks of what the fields that follow the customer are after this. */
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
		...bodyOf(own),
		...(tags.length > 0 && { tags }),
		...(people.length > 0 && { contactpersons: people }),
		...(accounts.length > 0 && { accounts }),
	};
	return { body, people: [], accounts: [], changes: entityDifferences({}, body).changes, conflicts: [], written: marksOf(own, mark) };
}

/** What is to be changed of a counterparty; `row` has its lists where the fields name them. */
export function planCounterparty(fields: readonly FilledField[], row: Json, facts: PlanFacts): CounterpartyPlan {
	const own = fields.filter(({ target }) => !isCardList(target) && belongsTo(row.companyType, target));
	const verdicts = own.map((field) => ({ field, verdict: verdictOf(field, row, facts) }));
	const having = (wanted: string): FilledField[] => verdicts.flatMap(({ field, verdict }) => (verdict === wanted ? [field] : []));
	const tags = tagsOf(fields, row);
	const { body, changes } = entityDifferences(row, { ...bodyOf(having('write')), ...(tags && { tags }) });
	const people = listFor(fields, 'contactPersons', rowsIn(row.contactpersons), lackingPeople);
	const accounts = listFor(fields, 'accounts', rowsIn(row.accounts), lackingAccounts);
	const settled = [...having('same'), ...having('write'), ...(facts.decided === undefined ? [] : having('keep'))];
	return {
		body,
		people,
		accounts,
		changes: [...changes, ...listChanges('contactpersons', people), ...listChanges('accounts', accounts)],
		conflicts: entityDifferences(row, bodyOf(having('review'))).changes,
		written: { ...facts.link?.written, ...marksOf(settled, facts.mark) },
	};
}

type FieldVerdict = 'same' | 'write' | 'keep' | 'review' | 'left';

function verdictOf({ target, policy, value }: FilledField, row: Json, { card, link, conflicts, decided, mark }: PlanFacts): FieldVerdict {
	const present = presentIn(row, target);
	if (isSame(target, present, value)) return 'same';
	const empty = present === undefined || present === null || present === '';
	if (policy !== 'always') return policy === 'empty' && empty ? 'write' : 'left';
	const sides = { source: mark(comparable(target, plain(value))), target: mark(comparable(target, plain(present))), written: link?.written[target] };
	const policyNow = decided === undefined ? conflicts : decided === 'source' ? 'sourceWins' : 'targetWins';
	return judge(sides, policyNow, { source: card.updatedAt, target: changedAt(row) });
}

const isSame = (target: string, present: unknown, wanted: unknown): boolean =>
	holds(plain(present), plain(wanted)) || comparable(target, plain(present)) === comparable(target, plain(wanted));

/** Additional fields and references by what they hold. */
function plain(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	const inner = 'value' in value ? value.value : value;
	return typeof inner === 'object' && inner !== null && 'meta' in inner ? idOf(inner as Reference) : inner;
}

function presentIn(row: Json, target: string): unknown {
	const id = attributeId(target);
	return id === undefined ? row[target] : rowsIn(row.attributes).find((one) => idOf(one as unknown as Reference) === id || one.id === id)?.value;
}

const attributeId = (target: string): string | undefined => /^attribute:(.+)$/.exec(target)?.[1];

function changedAt({ updated }: Json): string | null {
	try {
		return new Date(fromMoscow(String(updated))).toISOString();
	} catch {
		return null;
	}
}

/** The fields as one body: additional fields in one list. */
function bodyOf(fields: readonly FilledField[]): Json {
	const attributes = fields.filter(({ target }) => attributeId(target) !== undefined).map(({ value }) => value);
	const own = fields.filter(({ target }) => attributeId(target) === undefined).map(({ target, value }) => [target, value]);
	return { ...(Object.fromEntries(own) as Json), ...(attributes.length > 0 && { attributes }) };
}

/** Only fields that follow the customer are remembered. */
const marksOf = (fields: readonly FilledField[], mark: PlanFacts['mark']): Record<string, string> =>
	Object.fromEntries(fields.filter(({ policy }) => policy === 'always').map(({ target, value }) => [target, mark(comparable(target, plain(value)))]));

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
	const policy = fields.find(({ target }) => target === list)?.policy;
	return policy === 'always' || (policy === 'empty' && present === 0);
}

function tagsOf(fields: readonly FilledField[], row: Json): string[] | undefined {
	const present = Array.isArray(row.tags) ? (row.tags as string[]) : [];
	const joined = joinedTags(present, listIn(fields, 'tags'));
	return joined.length > present.length && isOpenFor(fields, 'tags', present.length) ? joined : undefined;
}

const listChanges = (field: string, rows: readonly ListRow[]): FieldChange[] =>
	rows.map(({ id, body }) => ({ field: id === undefined ? field : `${field}.${id}`, from: null, to: body }));
