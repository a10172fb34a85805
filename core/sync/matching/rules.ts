import { contradictions, type Comparison, type PartyField } from './comparison';
import type { Party } from './party';

/** By what a customer is looked for among others, in the order that the user chose. Names only ever propose. */
export type MatchRule = 'externalId' | 'innKpp' | 'phone' | 'email' | 'name';

/** The rules as messages call them. */
export const RULE_WORDS: Record<MatchRule, string> = { externalId: 'external ID', innKpp: 'INN and KPP', phone: 'phone', email: 'e-mail', name: 'name' };

/** The field by which a rule finds. */
const RULE_FIELDS: Record<MatchRule, PartyField> = { externalId: 'externalId', innKpp: 'inn', phone: 'phone', email: 'email', name: 'name' };

/** What must not differ for a rule to be certain. A firm that moved gets another KPP and may change its name, and keeps its external id. */
const MUST_AGREE: Record<MatchRule, readonly PartyField[]> = {
	externalId: ['inn', 'kind'],
	innKpp: ['inn', 'kpp', 'kind'],
	phone: ['inn', 'kpp', 'kind', 'name'],
	email: ['inn', 'kpp', 'kind', 'name'],
	name: [],
};

/** The keys under which a rule finds a party. */
export function ruleKeys(rule: MatchRule, { externalIds, inn, phones, emails }: Party): readonly string[] {
	switch (rule) {
		case 'externalId':
			return externalIds;
		case 'innKpp':
			return inn === undefined ? [] : [inn];
		case 'phone':
			return phones;
		case 'email':
			return emails;
		case 'name':
			return [];
	}
}

/** Whether two parties are one beyond doubt, when the rule is all that speaks for it: nothing that must agree differs or is only similar. */
export function isCertain(rule: MatchRule, { reasons }: Comparison): boolean {
	if (rule === 'name') return false;
	const found = reasons.some(({ field, says }) => field === RULE_FIELDS[rule] && says === 'same');
	return found && reasons.every(({ field, says }) => says === 'same' || !MUST_AGREE[rule].includes(field));
}

/** Whether a name alone can propose: two numbers tell two firms apart, whatever they are called. */
export const mayPropose = (comparison: Comparison): boolean => {
	const differing = contradictions(comparison);
	return !differing.has('inn') && !differing.has('kpp');
};
