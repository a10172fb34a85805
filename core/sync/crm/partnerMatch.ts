import { readContactPoints } from '../../bitrix/crm/contactPoints';
import type { Requisite } from '../../bitrix/crm/requisite';
import { SyncError } from '../../errors';
import { customerKeys, type CustomerKeys } from '../../model/counterparty';
import type { Partner } from '../../moysklad/partner';
import { compareParties } from '../matching/comparison';
import { PartyDirectory } from '../matching/directory';
import { partyOfKeys, toParty, type Party } from '../matching/party';
import { RULE_WORDS, type MatchRule } from '../matching/rules';
import { warning, type Warning } from '../result';

/** A contact or company of the portal that may be the counterparty. */
export interface CrmCandidate extends Party {
	/** MoySklad's id of the counterparty that it belongs to already; null = to none. */
	boundTo: string | null;
}

/** One of those among whom a person decides; how likely it is, in per cent. */
export interface ScoredCandidate {
	id: string;
	score: number;
}

/** `take`: the only one that fits. `create`: none does. `error`: a person decides. */
export type PartnerMatch = { take: string } | { create: true; warnings: Warning[] } | { error: SyncError; candidates: ScoredCandidate[]; rule: MatchRule };

/** The keys by which a counterparty is looked for in the portal. */
export const partnerKeys = ({ inn, kpp, email, phone }: Partner): CustomerKeys => customerKeys({ inn, kpp, email, phone });

/**
 * Which record of the portal a counterparty is, by the first of the rules by which any fits. One that belongs to another
 * counterparty is never taken: two companies with one INN are a mistake in MoySklad, while a phone may be shared.
 * @param what contacts or companies, for messages
 */
export function matchPartner(partner: Partner, candidates: readonly CrmCandidate[], rules: readonly MatchRule[], what: string): PartnerMatch {
	const keys = partyOfKeys(partner.id, partnerKeys(partner));
	const free = directoryOf(candidates.filter(({ boundTo }) => boundTo === null)).find(rules, keys);
	const bound = directoryOf(candidates.filter(({ boundTo }) => boundTo !== null && boundTo !== partner.id)).find(rules, keys);
	if (free) return one(keys, free.candidates, free.rule, what);
	if (!bound) return { create: true, warnings: [] };
	const details = { rule: RULE_WORDS[bound.rule], ids: idsOf(bound.candidates) };
	if (bound.rule !== 'innKpp') return { create: true, warnings: [warning('CRM_PARTNER_SHARED', details)] };
	return { error: new SyncError('CRM_PARTNER_TAKEN', details), candidates: scored(keys, bound.candidates), rule: bound.rule };
}

function one(sought: Party, found: readonly Party[], rule: MatchRule, what: string): PartnerMatch {
	const [only, another] = found;
	if (only && !another) return { take: only.id };
	const details = { count: found.length, what, rule: RULE_WORDS[rule], ids: idsOf(found) };
	return { error: new SyncError('CRM_PARTNER_AMBIGUOUS', details), candidates: scored(sought, found), rule };
}

const scored = (sought: Party, found: readonly Party[]): ScoredCandidate[] =>
	found.map((party) => ({ id: party.id, score: compareParties(party, sought).score })).sort((left, right) => right.score - left.score);

function directoryOf(candidates: readonly Party[]): PartyDirectory {
	const directory = new PartyDirectory();
	for (const candidate of candidates) directory.add(candidate);
	return directory;
}

const idsOf = (candidates: readonly Party[]): string => candidates.map(({ id }) => id).join(', ');

/** A record of the portal as a candidate. */
export interface CandidateFacts {
	id: number;
	kind: 'company' | 'contact';
	boundTo: string | null;
	/** `PHONE`, `EMAIL` and `DATE_CREATE` of its row. */
	row: Record<string, unknown>;
	requisites: readonly Requisite[];
}

/** A record of the portal in the form in which it is compared. INN and KPP come from the first requisites that have an INN. */
export function candidateOf({ id, kind, boundTo, row, requisites }: CandidateFacts): CrmCandidate {
	const main = requisites.find(({ fields }) => fields.RQ_INN !== undefined);
	const party = toParty({
		id: String(id),
		kind: kind === 'company' ? 'legal' : 'individual',
		inn: main?.fields.RQ_INN,
		kpp: main?.fields.RQ_KPP,
		emails: readContactPoints(row.EMAIL).map(({ value }) => value),
		phones: readContactPoints(row.PHONE).map(({ value }) => value),
		created: typeof row.DATE_CREATE === 'string' ? row.DATE_CREATE : '',
	});
	return { ...party, boundTo };
}
