import type { Party } from './party';
import { nameSimilarity, namesAgree, type PartyName } from './partyName';

/** By what two parties can be compared. */
export type PartyField = 'externalId' | 'inn' | 'kpp' | 'kind' | 'phone' | 'email' | 'name';

/** What one field says of two parties. Fields of which one of them says nothing are left out. */
export interface MatchReason {
	field: PartyField;
	says: 'same' | 'similar' | 'differs';
	/** How similar the names are, in per cent. */
	percent?: number;
}

/** What speaks for and against two parties being one. */
export interface Comparison {
	/** How likely both are one, in per cent; a measure to put candidates in order by, not a probability. */
	score: number;
	reasons: MatchReason[];
}

/** From this likeness on names count as similar. */
const SIMILAR = 0.5;

/** The score (per cent) that equal names alone come to. */
export const NAME_SCORE = 60;

/** How much an equal field says for itself. */
const FOR: Partial<Record<PartyField, number>> = { externalId: 0.99, inn: 0.93, kpp: 0.3, phone: 0.7, email: 0.7, name: NAME_SCORE / 100 };

/** What is left of a score when a field differs. */
const AGAINST: Partial<Record<PartyField, number>> = { inn: 0.2, kpp: 0.6, kind: 0.7, name: 0.6 };

/** Compares everything that is known of both. Symmetric, and the same every time. */
export function compareParties(one: Party, other: Party): Comparison {
	const reasons = [externalId(one, other), ...numbers(one, other), kind(one, other), ...contacts(one, other), name(one, other)].filter((reason) => reason !== undefined);
	const doubt = reasons.reduce((left, { field, says, percent = 100 }) => (says === 'differs' ? left : left * (1 - (FOR[field] ?? 0) * (percent / 100))), 1);
	const against = reasons.reduce((left, { field, says }) => (says === 'differs' ? left * (AGAINST[field] ?? 1) : left), 1);
	return { score: Math.round(100 * (1 - doubt) * against), reasons };
}

/** Fields that say that the two are not the same. */
export const contradictions = ({ reasons }: Comparison): Set<PartyField> => new Set(reasons.filter(({ says }) => says === 'differs').map(({ field }) => field));

const shares = (one: readonly string[], other: readonly string[]): boolean => one.some((key) => other.includes(key));

const externalId = (one: Party, other: Party): MatchReason | undefined =>
	shares(one.externalIds, other.externalIds) ? { field: 'externalId', says: 'same' } : undefined;

/** A KPP tells branches of one company apart; of different companies it says nothing. */
function numbers(one: Party, other: Party): MatchReason[] {
	if (one.inn === undefined || other.inn === undefined) return [];
	if (one.inn !== other.inn) return [{ field: 'inn', says: 'differs' }];
	if (one.kpp === undefined || other.kpp === undefined) return [{ field: 'inn', says: 'same' }];
	return [{ field: 'inn', says: 'same' }, { field: 'kpp', says: one.kpp === other.kpp ? 'same' : 'differs' }];
}

/**
 * A shared phone does not make a person a company. Where nobody said what one of them is, whoever has an INN counts as a firm,
 * and is then not somebody who is a person and has none.
 */
function kind(one: Party, other: Party): MatchReason | undefined {
	if (one.kind !== undefined && other.kind !== undefined) return one.kind === other.kind ? undefined : { field: 'kind', says: 'differs' };
	const oneHasNumber = (one.inn === undefined) !== (other.inn === undefined);
	return oneHasNumber && isFirm(one) !== isFirm(other) ? { field: 'kind', says: 'differs' } : undefined;
}

const isFirm = ({ kind: said, inn }: Party): boolean => (said === undefined ? inn !== undefined : said !== 'individual');

/** Two people can have several phones each: that none is shared says nothing. */
function contacts(one: Party, other: Party): MatchReason[] {
	return [
		...(shares(one.phones, other.phones) ? [{ field: 'phone', says: 'same' } as const] : []),
		...(shares(one.emails, other.emails) ? [{ field: 'email', says: 'same' } as const] : []),
	];
}

function name(one: Party, other: Party): MatchReason | undefined {
	if (one.names.length === 0 || other.names.length === 0) return undefined;
	const percent = Math.round(100 * likestNames(one, other));
	if (agreeingNames(one, other)) return { field: 'name', says: 'same', percent };
	return { field: 'name', says: percent >= 100 * SIMILAR ? 'similar' : 'differs', percent };
}

/** How much the names of two parties are the same, from 0 to 1: those two of them that are most alike. */
export const likestNames = (one: Party, other: Party): number =>
	Math.max(0, ...one.names.flatMap((mine) => other.names.map((theirs) => nameSimilarity(mine, theirs))));

const agreeingNames = (one: Party, other: Party): boolean => {
	const whole = one.kind === 'legal' || other.kind === 'legal';
	return one.names.some((mine: PartyName) => other.names.some((theirs) => namesAgree(mine, theirs, whole)));
};
