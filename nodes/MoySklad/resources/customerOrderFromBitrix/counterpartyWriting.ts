import { beginning, counterpartyOf, entityReference, longestText, SyncError, type Counterparty } from '../../../../core';
import { writeMany, type Entity, type MoySkladClient, type Written } from '../../../../transport';
import type { Buyer } from './buyer';

const PATH = '/entity/counterparty';

/** Makes the counterparties that were decided on. By syncId: their ids, or why they were refused. */
export async function createCounterparties(
	{ client, preview }: { client: MoySkladClient; preview: boolean },
	buyers: readonly Buyer[],
): Promise<Map<string, string | SyncError>> {
	const wanted = buyers.flatMap(({ decision, syncId: id }) =>
		decision && 'create' in decision && id !== undefined ? [{ id, body: decision.create }] : [],
	);
	if (preview) return new Map(wanted.map(({ id }) => [id, id]));
	const outcomes = await writeMany(
		client,
		PATH,
		wanted.map(({ id, body }) => ({ syncId: id, ...bodyOf(body) })),
		{ repeatable: true },
	);
	return new Map(wanted.map(({ id }, index) => [id, idOrError(outcomes[index])]));
}

const idOrError = (outcome: Written | undefined): string | SyncError =>
	outcome && 'entity' in outcome
		? String(outcome.entity.id)
		: (outcome?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: `POST ${PATH}`, reason: 'no answer' }));

function bodyOf({ contactPerson, ...counterparty }: Counterparty): Entity {
	const fields = Object.fromEntries(Object.entries(counterparty).map(([name, value]) => [name, cut(name, value)]));
	return { ...fields, ...(contactPerson && { contactpersons: [contactPerson] }) };
}

const cut = (field: string, value: string): string => beginning(value, longestText(field));

const FILLABLE = ['inn', 'kpp', 'legalTitle', 'legalAddress', 'phone', 'email'] as const;

/** Fills what is empty in counterparties that were found (rule O4: what is filled is never changed). A refusal is a warning of the orders. */
export async function fillEmptyFields(
	client: MoySkladClient,
	buyers: readonly Buyer[],
	rows: ReadonlyMap<string, Entity>,
): Promise<void> {
	const wanted = buyers.flatMap((buyer) => {
		const row = buyer.decision && 'take' in buyer.decision ? rows.get(buyer.decision.take) : undefined;
		const body = row && missingIn(row, counterpartyOf(buyer.customer));
		return row && body ? [{ buyer, body: { ...entityReference('counterparty', String(row.id)), ...body } }] : [];
	});
	const outcomes = await writeMany(
		client,
		PATH,
		wanted.map(({ body }) => body),
		{ repeatable: true },
	);
	wanted.forEach(({ buyer }, index) => {
		const outcome = outcomes[index];
		if (!outcome || !('error' in outcome)) return;
		const { code, message, advice } = outcome.error.report();
		buyer.warnings.push({ code, message, advice });
	});
}

function missingIn(row: Entity, counterparty: Counterparty | undefined): Entity | undefined {
	const missing = FILLABLE.filter((field) => counterparty?.[field] !== undefined && !row[field]);
	return missing.length > 0
		? Object.fromEntries(missing.map((field) => [field, cut(field, counterparty?.[field] ?? '')]))
		: undefined;
}
