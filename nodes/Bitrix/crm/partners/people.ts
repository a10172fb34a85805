import { groupBy, partnerOfPerson, SyncError, type MatchRule } from '../../../../core';
import { rowsIn } from '../../catalog/asking';
import { inRoundsOf } from '../../catalog/rounds';
import { WRITES_IN_A_BATCH } from '../session';
import { isOpen } from '../task';
import { retriedTogether } from '../together';
import type { PartnerPlanning } from './planning';
import { fillIn, storeAll } from './run';
import { PartnerTask } from './task';

const BOUND = { method: 'crm.company.contact.items.get' };
const BIND = 'crm.contact.company.add';

/** People of a company are found by what they are reached by only. */
const RULES: MatchRule[] = ['phone', 'email'];

/**
 * Makes the contact persons of companies contacts, and binds them to their company. What concerns a person is told with the
 * company: it has no item of its own.
 */
export async function writePeople(planning: PartnerPlanning, companies: readonly PartnerTask[]): Promise<void> {
	const { session, settings, fields } = planning;
	const owners = companies.filter(({ type, source, bitrixId }) => type === 'company' && (source.partner.people?.length ?? 0) > 0 && (bitrixId !== undefined || settings.preview));
	const people = owners.flatMap((owner) => peopleOf(owner).map((task) => ({ owner, task })));
	if (people.length === 0) return;
	const tasks = people.map(({ task }) => task);
	for (const task of tasks) fillIn(session, task, fields.contact, settings);
	await storeAll({ ...planning, presets: undefined }, tasks, settings.rules.filter((rule) => RULES.includes(rule)));
	await bindAll(planning, people);
	for (const [owner, some] of groupBy(people, (one) => one.owner)) tell(owner, some.map(({ task }) => task));
}

function peopleOf({ source: { partner }, bitrixId }: PartnerTask): PartnerTask[] {
	return (partner.people ?? []).map((person) => {
		const source = { id: person.id, externalCode: person.externalCode, updated: partner.updated, partner: partnerOfPerson(person, partner), position: person.position };
		const task = new PartnerTask(undefined, 'contact', source, undefined);
		task.companyId = bitrixId;
		return task;
	});
}

interface Employed {
	owner: PartnerTask;
	task: PartnerTask;
}

/** Binds contacts that were there already; their other companies stay. */
async function bindAll(planning: PartnerPlanning, people: readonly Employed[]): Promise<void> {
	const due = new Map(people.filter(({ task, owner }) => task.present !== undefined && owner.bitrixId !== undefined).map((one) => [one.task, one]));
	const attempt = async (pending: readonly PartnerTask[]): Promise<void> => {
		await bind(planning, pending.flatMap((task) => due.get(task) ?? []));
		for (const task of pending) if (!task.unsure) due.delete(task);
	};
	await inRoundsOf([...due.keys()], async (pending) => await retriedTogether(pending, async () => await attempt(pending)), (task, error) => task.fail(error), (task) => isOpen(task) && due.has(task));
}

async function bind({ session, settings }: PartnerPlanning, known: readonly Employed[]): Promise<void> {
	const companies = [...new Set(known.map(({ owner }) => owner.bitrixId ?? 0))];
	const outcomes = await session.batches.each(companies.map((id) => ({ method: BOUND.method, parameters: { id } })), { repeatable: true });
	const bound = new Map(companies.map((id, index) => [id, new Set(rowsIn(outcomes[index], BOUND).map(({ CONTACT_ID }) => Number(CONTACT_ID)))]));
	const lacking = known.filter(({ task, owner }) => !bound.get(owner.bitrixId ?? 0)?.has(task.present?.id ?? 0));
	for (const { task } of lacking) task.changes = [...(task.changes ?? []), { field: 'COMPANY_ID', from: null, to: 'bound' }];
	if (settings.preview) return;
	const writes = lacking.map(({ task, owner }) => ({ method: BIND, parameters: { id: task.present?.id, fields: { COMPANY_ID: owner.bitrixId } } }));
	const answers = await session.batches.each(writes, { repeatable: true, most: WRITES_IN_A_BATCH });
	lacking.forEach(({ task }, index) => {
		const answer = answers[index];
		if (answer && 'result' in answer) task.sent ??= 'update';
		else if (answer?.error.retryable === false) task.fail(answer.error);
		else task.unsure = answer?.error ?? new SyncError('ANSWER_UNEXPECTED', { call: BIND, reason: 'no answer' });
	});
}

/** What became of its people, as part of what became of the company. A person who cannot be told from others is a warning. */
function tell(owner: PartnerTask, people: readonly PartnerTask[]): void {
	const changed = people.filter(({ changes = [] }) => changes.length > 0);
	if (changed.length > 0) owner.changes = [...(owner.changes ?? []), { field: 'contacts', from: people.length - changed.length, to: people.length }];
	if (changed.some(({ sent }) => sent !== undefined)) owner.sent ??= 'update';
	for (const { failure, warnings } of people) {
		owner.warnings.push(...warnings);
		if (!failure) continue;
		if (failure.kind === 'conflict') owner.warnings.push({ code: failure.code, message: failure.message, advice: failure.advice });
		else owner.fail(failure);
	}
}
