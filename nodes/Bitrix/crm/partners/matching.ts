import { candidateOf, groupBy, matchPartner, partnerKeys, phoneSpellings, SyncError, warning, type CrmCandidate, type MatchRule } from '../../../../core';
import type { Command } from '../../../../transport';
import { byIds, type CrmRecord } from '../records';
import type { CrmSession } from '../session';
import type { PartnerType } from './fields';
import { requisitesByInn, requisitesOf } from './requisiteReads';
import type { PartnerTask } from './task';

const FIND = 'crm.duplicate.findbycomm';

const WORDS: Record<PartnerType, string> = { company: 'companies', contact: 'contacts' };

/**
 * Looks for records that may be these counterparties, by the rules of the user, before any is made. Several that fit are a conflict.
 * @param select fields of the records that plans need
 */
export async function matchPartners(session: CrmSession, type: PartnerType, tasks: readonly PartnerTask[], rules: readonly MatchRule[], select: readonly string[]): Promise<void> {
	if (tasks.length === 0 || rules.length === 0) return;
	const ids = await candidateIds(session, type, tasks, rules);
	if (ids.length === 0) return;
	const records = await byIds(session, type, ids, [...select, 'PHONE', 'EMAIL', 'DATE_CREATE']);
	for (const failure of records.failed.values()) throw failure;
	const requisites = await requisitesOf(session, type, ids);
	const known = new Map<string, CrmRecord>([...records.found].flatMap(([id, [record]]) => (record ? [[id, record]] : [])));
	const pool = new CandidatePool([...known.values()].map((record) => candidateOf({ ...record, kind: type, requisites: requisites.get(record.id) ?? [] })));
	for (const task of tasks) {
		const found = matchPartner(task.source.partner, pool.near(task), rules, WORDS[type]);
		if ('take' in found) task.present = known.get(found.take);
		else if ('create' in found) task.remarks.push(...found.warnings);
		else task.fail(found.error, { candidates: found.candidates.map(({ id, score }) => ({ bitrixId: id, rule: found.rule, score })) });
	}
}

/** Candidates by what they can be found by, so that each counterparty is compared with a few only. */
class CandidatePool {
	private readonly byKey: Map<string, CrmCandidate[]>;

	constructor(candidates: readonly CrmCandidate[]) {
		const keyed = candidates.flatMap((candidate) => [candidate.inn ?? '', ...candidate.phones, ...candidate.emails].filter((key) => key !== '').map((key) => ({ key, candidate })));
		this.byKey = new Map([...groupBy(keyed, ({ key }) => key)].map(([key, some]) => [key, some.map(({ candidate }) => candidate)]));
	}

	near({ source }: PartnerTask): CrmCandidate[] {
		const { inn, email, phones } = partnerKeys(source.partner);
		return [...new Set([inn, email, ...phones].flatMap((key) => this.byKey.get(key ?? '') ?? []))];
	}
}

/** Ids of all records that share an INN, a phone or an e-mail with one of the counterparties. */
async function candidateIds(session: CrmSession, type: PartnerType, tasks: readonly PartnerTask[], rules: readonly MatchRule[]): Promise<number[]> {
	const keys = tasks.map(({ source }) => partnerKeys(source.partner));
	const inns = rules.includes('innKpp') ? keys.flatMap(({ inn }) => inn ?? []) : [];
	const byInn = await requisitesByInn(session, type, inns);
	const phones = rules.includes('phone') ? keys.map((one) => one.phones.flatMap(phoneSpellings)) : [];
	const emails = rules.includes('email') ? keys.map(({ email }) => (email === undefined ? [] : [email])) : [];
	const found = await byContact(session, type, [...phones.map((values) => ({ type: 'PHONE', values })), ...emails.map((values) => ({ type: 'EMAIL', values }))]);
	return [...new Set([...[...byInn.values()].flat().map(({ ownerId }) => ownerId), ...found])];
}

/** Bitrix takes twenty values and gives twenty ids a question. */
const MOST_VALUES = 20;

/** One question for each counterparty, so that the hits of one do not take the place of another's. */
async function byContact(session: CrmSession, type: PartnerType, asked: ReadonlyArray<{ type: string; values: string[] }>): Promise<number[]> {
	const questions = asked.filter(({ values }) => values.length > 0);
	if (questions.length === 0) return [];
	if (!(await session.features.has(FIND))) {
		const { code, message, advice } = warning('CRM_METHOD_MISSING', { call: FIND, what: 'the search by phone and e-mail' });
		session.hint(`${message}. ${advice} (${code})`);
		return [];
	}
	const commands = questions.map(({ type: kind, values }): Omit<Command, 'key'> => ({
		method: FIND, parameters: { type: kind, values: values.slice(0, MOST_VALUES), entity_type: type.toUpperCase() },
	}));
	const outcomes = await session.batches.each(commands, { repeatable: true, parallel: 2 });
	return outcomes.flatMap((outcome) => {
		if ('error' in outcome) throw outcome.error;
		return idsIn(outcome.result, type);
	});
}

/** `{CONTACT: [ids]}`; nothing found is an empty list. */
function idsIn(answer: unknown, type: PartnerType): number[] {
	const ids = (answer as Record<string, unknown> | null)?.[type.toUpperCase()] ?? [];
	const list = (typeof ids === 'object' && ids !== null ? Object.values(ids) : []).map(Number);
	if (list.every((id) => Number.isSafeInteger(id) && id > 0)) return list;
	throw new SyncError('ANSWER_UNEXPECTED', { call: FIND, reason: 'an id that is none' });
}
