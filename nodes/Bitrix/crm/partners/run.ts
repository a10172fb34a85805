import { FieldsInConflict, stampOf, SyncError, warning, type MatchRule } from '../../../../core';
import { inRoundsOf } from '../../catalog/rounds';
import { idsOf } from '../customers';
import { byIds, byOrigin, type LookedUp } from '../records';
import type { CrmSession } from '../session';
import { changeBySubWorkflow } from '../subWorkflow';
import { isOpen } from '../task';
import { retriedTogether } from '../together';
import { writeDetails } from './details';
import { ownValues, partnerFields, valuesOf, type PartnerFields, type PartnerType } from './fields';
import { matchPartners } from './matching';
import { writePeople } from './people';
import { planPartner, type PartnerPlanning } from './planning';
import { readPresets, requisitesOf } from './requisiteReads';
import type { PartnerSettings } from './settings';
import type { PartnerPlan, PartnerTask } from './task';
import { isWrite, writePartners } from './writing';

const TYPES: PartnerType[] = ['company', 'contact'];

/** What portals without requisites do not have. */
const REQUISITES = 'crm.requisite.list';

/** Brings all counterparties about: contacts and companies with requisites, then bank accounts and addresses, then contact persons. Every task gets a result. */
export async function writeAll(session: CrmSession, settings: PartnerSettings, tasks: readonly PartnerTask[]): Promise<void> {
	if (tasks.length === 0) return;
	const planning = await prepare(session, settings, tasks);
	await storeAll(planning, tasks, settings.rules);
	const stored = tasks.filter(isOpen);
	if (planning.presets && !settings.createOnly) await inDetail(planning, stored);
	else if (planning.presets) await inDetail(planning, stored.filter(({ sent }) => sent === 'create'));
	if (settings.people) await writePeople(planning, stored.filter((task) => isOpen(task) && (!settings.createOnly || task.sent === 'create')));
	for (const task of tasks) if (isOpen(task)) finish(task, settings);
}

/** Reads the books, and what the mapping gives. */
async function prepare(session: CrmSession, settings: PartnerSettings, tasks: readonly PartnerTask[]): Promise<PartnerPlanning> {
	const fields = {} as Record<PartnerType, PartnerFields>;
	for (const type of TYPES) fields[type] = await partnerFields(session, settings, type, tasks.filter((task) => task.type === type));
	for (const task of tasks) fillIn(session, task, fields[task.type as PartnerType], settings);
	await changeBySubWorkflow(session, tasks);
	return { session, settings, fields, presets: settings.requisites ? await presetsOf(session) : undefined };
}

/** Gives a task what the settings and the mapping say of it. */
export function fillIn(session: CrmSession, task: PartnerTask, { rules }: PartnerFields, settings: PartnerSettings): void {
	try {
		const { name, phone, email } = task.source.partner;
		if ((name ?? phone ?? email) === null) throw new SyncError('CRM_PARTNER_NAMELESS');
		task.own = ownValues(task, settings);
		task.values = valuesOf(session, task, rules, settings);
	} catch (error) {
		task.fail(error);
	}
}

async function presetsOf(session: CrmSession): Promise<PartnerPlanning['presets']> {
	if (await session.features.has(REQUISITES)) return await readPresets(session);
	const { message, advice } = warning('CRM_METHOD_MISSING', { call: REQUISITES, what: 'requisites' });
	session.hint(`${message}. ${advice}`);
	return undefined;
}

/** Records and their requisites. Afterwards a task is stored, or has a result. */
export async function storeAll(planning: PartnerPlanning, tasks: readonly PartnerTask[], rules: readonly MatchRule[]): Promise<void> {
	const isDue = (task: PartnerTask): boolean => isOpen(task) && !task.stored;
	await inRoundsOf(tasks, async (pending) => await retriedTogether(pending, async () => await storeRound(planning, pending, rules)), (task, error) => task.fail(error), isDue);
}

async function storeRound(planning: PartnerPlanning, pending: readonly PartnerTask[], rules: readonly MatchRule[]): Promise<void> {
	const { session, settings } = planning;
	for (const type of TYPES) await look(planning, type, pending.filter((task) => task.type === type), rules);
	for (const task of pending) if (isGoingOn(task)) plan(planning, task);
	const writing = pending.filter((task) => isGoingOn(task) && task.planned && isWrite(task.planned));
	session.tell(`${pending.length} counterparties compared, ${writing.length} to write`);
	if (!settings.preview) await writePartners(session, writing);
	for (const task of pending) if (isGoingOn(task)) task.stored = true;
}

const isGoingOn = (task: PartnerTask): boolean => isOpen(task) && !task.unsure;

/** Finds what is there: by the mark of origin, by the link, by the rules of the user; then the requisites of what was found. */
async function look({ session, fields, presets }: PartnerPlanning, type: PartnerType, tasks: readonly PartnerTask[], rules: readonly MatchRule[]): Promise<void> {
	if (tasks.length === 0) return;
	const select = [...new Set([...fields[type].rules.map(({ target }) => target), 'PHONE', 'EMAIL', 'DATE_MODIFY'])].filter((name) => fields[type].fields.has(name));
	const marked = await byOrigin(session, type, tasks.map(({ source }) => source.id), select);
	for (const task of tasks) {
		task.remarks.length = 0;
		take(task, marked, task.source.id);
	}
	await findLinked(session, type, tasks.filter((task) => isGoingOn(task) && !task.present && task.link), select);
	await matchPartners(session, type, tasks.filter((task) => isGoingOn(task) && !task.present), rules, select);
	const found = tasks.filter((task) => isGoingOn(task) && task.present);
	const requisites = presets ? await requisitesOf(session, type, found.map(({ present }) => present?.id ?? 0)) : new Map<number, never[]>();
	for (const task of found) task.requisites = requisites.get(task.present?.id ?? 0) ?? [];
}

function take(task: PartnerTask, { found, failed }: LookedUp, key: string): void {
	const failure = failed.get(key);
	if (failure) throw failure;
	const records = found.get(key) ?? [];
	if (records.length > 1) task.fail(new SyncError('CRM_DUPLICATE', { what: 'records', key, ids: idsOf(records) }), { candidates: records.map(({ id }) => ({ bitrixId: String(id), rule: 'origin' })) });
	else task.present = records[0];
}

/** What is gone is not made again; what belongs to another counterparty by now is not ours any more. */
async function findLinked(session: CrmSession, type: PartnerType, tasks: readonly PartnerTask[], select: readonly string[]): Promise<void> {
	const due = tasks.filter(({ link }) => link?.type === type);
	if (due.length === 0) return;
	const looked = await byIds(session, type, due.map(({ link }) => Number(link?.bitrixId)).filter((id) => id > 0), select);
	for (const task of due) {
		const id = task.link?.bitrixId ?? '';
		take(task, looked, id);
		if (task.present && (task.present.boundTo ?? task.source.id) === task.source.id) continue;
		task.present = undefined;
		task.warnings = [...task.remarks, warning('CRM_GONE', { what: type, id })];
		task.finish('skipped');
	}
}

function plan(planning: PartnerPlanning, task: PartnerTask): void {
	const { settings } = planning;
	try {
		const planned = planPartner(planning, task);
		if (isWrite(planned)) Object.assign(planned.fields, stampOf(planning.fields[task.type as PartnerType].fields, planning.session.began));
		task.bitrixId = task.present?.id;
		const stays = settings.createOnly && task.present !== undefined;
		if (planned.review.length > 0 && !stays) throw new FieldsInConflict('CRM_REVIEW', planned.review);
		task.warnings = [...task.remarks, ...planned.warnings];
		task.written = planned.marks;
		task.planned = stays ? onlyMark(planned) : planned;
		task.plan(task.planned.changes);
	} catch (error) {
		task.fail(error);
	}
}

/** Of a record that is to stay as it is only says whose it is. */
function onlyMark(plan: PartnerPlan): PartnerPlan {
	const { ORIGINATOR_ID, ORIGIN_ID } = plan.fields;
	return { ...plan, fields: ORIGIN_ID === undefined ? {} : { ORIGINATOR_ID, ORIGIN_ID }, requisite: undefined, changes: [] };
}

/** Bank accounts and addresses of those that have requisites. */
async function inDetail({ session, settings }: PartnerPlanning, tasks: readonly PartnerTask[]): Promise<void> {
	const due = new Set(tasks.filter(({ requisiteId, planned }) => requisiteId !== undefined || (settings.preview && planned?.requisite)));
	const attempt = async (pending: readonly PartnerTask[]): Promise<void> => {
		await writeDetails(session, settings, pending);
		for (const task of pending) if (!task.unsure) due.delete(task);
	};
	await inRoundsOf([...due], async (pending) => await retriedTogether(pending, async () => await attempt(pending)), (task, error) => task.fail(error), (task) => isOpen(task) && due.has(task));
}

/** Says what became of a counterparty with everything that hangs on it. */
function finish(task: PartnerTask, settings: PartnerSettings): void {
	const changed = (task.changes?.length ?? 0) > 0;
	if (settings.preview) task.finish(changed ? 'planned' : 'unchanged');
	else task.finish(task.sent === 'create' ? 'created' : task.sent ? 'updated' : 'unchanged', settings.flow);
}
