import { bornFrom, plannedRows, stageOfDeleted, stageRuleFor, stampOf, SyncError, warning, type Goods, type Partner } from '../../../../core';
import { inRoundsOf } from '../../catalog/rounds';
import { readPipelines } from '../books';
import { customerMissing, findCustomers, type Customers } from '../customers';
import { ProductIds } from '../goods';
import { createCustomers } from '../partners/customersOf';
import type { CrmSession } from '../session';
import { changeBySubWorkflow } from '../subWorkflow';
import { isOpen } from '../task';
import { prepareFields, type FieldRules } from '../userFields';
import type { DocumentKind } from './kind';
import { filledFor, currencyOf, ownValues, valuesOf } from './own';
import { isWrite, planDocument, type Planning } from './planning';
import { findPresent, readPresentRows, selectOf } from './present';
import type { DocumentSettings } from './settings';
import { checkSums } from './sums';
import type { DocumentTask } from './task';
import { writeDocuments } from './writing';

/** Fields that the node writes by rules of its own. */
const RESERVED = ['STAGE_ID', 'CATEGORY_ID', 'ORIGIN_ID', 'ORIGINATOR_ID', 'IS_MANUAL_OPPORTUNITY', 'xmlId', 'stageId', 'categoryId', 'isManualOpportunity'];

/** Brings all documents about. Every task gets a result. `dealsOf` finds the deals that invoices belong to. */
export async function writeAll(
	session: CrmSession,
	settings: DocumentSettings,
	kind: DocumentKind,
	tasks: readonly DocumentTask[],
	dealsOf: (tasks: readonly DocumentTask[]) => Promise<Map<DocumentTask, number>> = async () => new Map(),
): Promise<void> {
	if (tasks.length === 0) return;
	const documents = tasks.flatMap(({ source }) => source.document ?? []);
	const prepared = await prepareFields(session, fieldMethods(kind), documents);
	for (const remark of prepared.warnings) session.hint(`${remark.message}. ${remark.advice}`);
	const rules = prepared.rules.filter(({ target }) => !RESERVED.includes(target));
	const stages = kind.type === 'deal' && settings.stages.length > 0 ? (await readPipelines(session)).stages : [];
	await prepareTasks(session, settings, tasks, { ...prepared, rules }, dealsOf);
	const planning: Planning = { session, settings, kind, rules, stages, fields: prepared.fields, commentOf: (task) => commentOf(task, settings) };
	const select = selectOf(kind, prepared.fields, rules);
	await inRoundsOf(tasks, async (pending) => await round(planning, pending, select), (task, error) => task.fail(error));
}

const fieldMethods = ({ fieldsMethod, userFieldMethod, preset }: DocumentKind): Parameters<typeof prepareFields>[1] => ({ fields: fieldsMethod, add: userFieldMethod, preset });

const commentOf = ({ document }: DocumentTask, settings: DocumentSettings): string => filledFor(settings.comment, document, currencyOf(document, settings));

/** Everything that is known of a task before the look at what is there. */
async function prepareTasks(
	session: CrmSession,
	settings: DocumentSettings,
	tasks: readonly DocumentTask[],
	{ rules }: FieldRules,
	dealsOf: (tasks: readonly DocumentTask[]) => Promise<Map<DocumentTask, number>>,
): Promise<void> {
	const alive = tasks.filter(({ source }) => source.document);
	const products = settings.rows === 'never' ? undefined : await ProductIds.of(session, settings.goods, alive.flatMap(goodsOf));
	const customers = await customersOf(session, settings, alive);
	const deals = await dealsOf(alive);
	for (const task of tasks) {
		try {
			if (isOfTheStore(task, session, settings)) continue;
			prepare(task, settings, products);
			if (!task.source.document || !isOpen(task)) continue;
			task.own = ownValues(task.document, settings, customerOf(task, customers, settings), deals.get(task));
			task.values = valuesOf(session, task, rules, settings);
		} catch (error) {
			task.fail(error);
		}
	}
	await changeBySubWorkflow(session, tasks);
}

const goodsOf = ({ document }: DocumentTask): Goods[] => document.positions.flatMap(({ good }) => good ?? []);

/** Orders that were made from deals have their deals already; those of the portal's store get them from the portal. */
function isOfTheStore(task: DocumentTask, { host }: CrmSession, { siteKey }: DocumentSettings): boolean {
	const born = task.type === 'deal' ? bornFrom(task.source.externalCode, siteKey || host) : undefined;
	if (born && 'deal' in born) task.bornFrom = born.deal;
	if (!born || !('storeOrder' in born)) return false;
	task.warnings = [warning('CRM_STORE_ORDER', { id: born.storeOrder })];
	task.finish('skipped');
	return true;
}

function prepare(task: DocumentTask, settings: DocumentSettings, products: ProductIds | undefined): void {
	const { document } = task.source;
	if (!document || document.deleted) {
		task.source.document = undefined;
		task.rule = stageOfDeleted(settings.stages);
		task.remarks.push(warning('CRM_SOURCE_DELETED'));
		if (!task.rule) {
			task.warnings = task.remarks;
			task.finish('skipped');
		}
		return;
	}
	const { rule, warning: unmapped } = stageRuleFor(document, settings.stages);
	task.rule = rule;
	if (unmapped) task.remarks.push(unmapped);
	if (!products) return;
	if (document.morePositions !== null) throw new SyncError('CRM_POSITIONS_MISSING', { present: document.positions.length, count: document.morePositions });
	task.remarks.push(...products.remarks(goodsOf(task)));
	task.rows = plannedRows(document, (good) => products.idOf(good));
}

/** Of all documents; where the user wants it, those that are missing are made. */
async function customersOf(session: CrmSession, settings: DocumentSettings, tasks: readonly DocumentTask[]): Promise<Customers> {
	const partners = [...new Map(tasks.map(({ document }) => [document.agent.id, document.agent])).values()];
	const customers = await findCustomers(session, partners);
	const missing = partners.filter((partner) => !customers.found.has(partner.id) && !customers.failed.has(partner.id) && isWhole(partner));
	if (settings.missingCustomer !== 'create' || missing.length === 0 || settings.preview) return customers;
	const made = await createCustomers(session, missing);
	for (const [id, customer] of made.found) customers.found.set(id, customer);
	for (const [id, error] of made.failed) customers.failed.set(id, error);
	return customers;
}

/** More than a link to it. */
const isWhole = ({ companyType }: Partner): boolean => companyType !== null;

/** Undefined when there is none, and the document goes without. Throws when it may not, or nobody knows who it is. */
function customerOf(task: DocumentTask, { found, failed }: Customers, settings: DocumentSettings): ReturnType<Customers['found']['get']> {
	const { id } = task.document.agent;
	const failure = failed.get(id);
	if (failure) throw failure;
	const customer = found.get(id);
	if (customer) return customer;
	if (settings.missingCustomer === 'stop') throw new SyncError('CRM_CUSTOMER_MISSING');
	task.remarks.push(customerMissing());
	return undefined;
}

/** One look at what is there, and one attempt to bring about what is wanted. What stays without a result is tried again. */
async function round(planning: Planning, pending: readonly DocumentTask[], select: readonly string[]): Promise<void> {
	const { session, kind, settings } = planning;
	await findPresent(session, kind, pending, select);
	const withRows = pending.filter((task) => isGoingOn(task) && task.present && task.rows);
	await readPresentRows(session, kind, withRows);
	for (const task of pending) if (isGoingOn(task)) plan(planning, task);
	const writing = pending.filter(isGoingOn);
	session.tell(`${pending.length} ${kind.type}s compared, ${writing.length} to write`);
	await writeDocuments(session, kind, writing);
	await checkSums(session, kind, writing);
	for (const task of writing) if (isGoingOn(task)) task.finish(task.sent === 'create' ? 'created' : 'updated', settings.flow);
}

const isGoingOn = (task: DocumentTask): boolean => isOpen(task) && !task.unsure;

/** Plans a task. It ends its way here when nothing is to be written, or may be. */
function plan(planning: Planning, task: DocumentTask): void {
	const { settings } = planning;
	task.warnings = [...task.remarks];
	try {
		if (!task.source.document && !task.present) return task.finish('skipped');
		const planned = planDocument(planning, task);
		if (isWrite(planned)) Object.assign(planned.fields, stampOf(planning.fields, planning.session.began));
		task.warnings.push(...planned.warnings);
		task.planned = planned;
		task.plan(planned.changes);
		task.written = planned.marks;
		task.bitrixId = task.present?.id;
		if (isWrite(planned) && !settings.preview) return;
		if (isWrite(planned)) task.finish('planned');
		else task.finish(task.sent === 'create' ? 'created' : task.sent ? 'updated' : 'unchanged', settings.flow);
	} catch (error) {
		task.fail(error);
	}
}

