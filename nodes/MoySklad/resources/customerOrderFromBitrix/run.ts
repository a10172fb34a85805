import { stateFor, warning, type AttributeValueOf, type Sha1 } from '../../../../core';
import { chunks, type MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { FailureTrace } from '../../../shared/failureTrace';
import { attributeValues } from './attributeValues';
import { findCounterparties } from './counterparties';
import { Currencies } from './currencies';
import { findExisting } from './existing';
import { findGoods, type OrderGoods } from './goods';
import { headerOf, planCreation, planUpdate, type Draft, type Header } from './planning';
import type { OrderSettings } from './settings';
import { isOpen, type OrderTask } from './task';
import { writeDrafts } from './writing';

export interface OrderRun {
	client: MoySkladClient;
	sha1: Sha1;
	settings: OrderSettings;
}

/** Orders that are looked up and written together. */
const ORDERS_AT_ONCE = 200;

/** Gives every task its result. What fails as a whole, fails its orders only. */
export async function writeOrders(run: OrderRun, tasks: readonly OrderTask[]): Promise<void> {
	const current = leaveOutOlder(tasks);
	const trace = new FailureTrace<OrderTask>(async (some) => await writeSome(run, some));
	for (const some of chunks(current, ORDERS_AT_ONCE)) await trace.run(some);
	const byKey = new Map(current.map((task) => [task.key, task]));
	for (const task of tasks) if (isOpen(task)) repeatResult(task, byKey.get(task.key));
}

/** Of several states of one order only the newest is written; one that is older than what was written last is left out too. */
function leaveOutOlder(tasks: readonly OrderTask[]): OrderTask[] {
	const newest = new Map<string, OrderTask>();
	for (const task of tasks) {
		const known = newest.get(task.key);
		if (known === undefined || Date.parse(task.order.updatedAt) >= Date.parse(known.order.updatedAt)) newest.set(task.key, task);
	}
	return [...newest.values()].filter((task) => {
		const isOlder = task.link !== undefined && Date.parse(task.order.updatedAt) < Date.parse(task.link.snapshot.updatedAt);
		if (isOlder) leaveOut(task);
		return !isOlder;
	});
}

function leaveOut(task: OrderTask, moySkladId = task.link?.moySkladId ?? null): void {
	task.warnings.push(warning('ORDER_STALE'));
	task.finish('skipped');
	if (task.result) task.result.moySkladId = moySkladId;
}

/** An older state in the same run is only done when the newer one is. */
function repeatResult(task: OrderTask, newest: OrderTask | undefined): void {
	const newer = newest?.result;
	if (newer?.error) task.result = { ...newer, warnings: [warning('ORDER_STALE')] };
	else leaveOut(task, newer?.moySkladId);
}

async function writeSome(run: OrderRun, tasks: readonly OrderTask[]): Promise<void> {
	const { client, sha1, settings } = run;
	await findExisting(client, tasks, settings.linkExisting);
	const attributes = await attributeValues(client, settings.attributes, tasks);
	const headers = new Map(tasks.filter(isOpen).map((task) => [task, firstHeader(run, task, attributes.get(task))]));

	const withLines = tasks.filter((task) => isOpen(task) && needsPositions(task, headers));
	const goods = await findGoods({ client, sha1, ...settings }, withLines);
	const withCustomer = tasks.filter((task) => isOpen(task) && needsAgent(task, headers));
	const agents = await findCounterparties({ client, sha1, ...settings }, withCustomer);
	const currencies = new Currencies(client);
	const drafts: Draft[] = [];
	for (const task of tasks.filter(isOpen)) {
		try {
			const header = withStandIns(run, task, headers.get(task), attributes.get(task), goods.get(task));
			drafts.push(await plan(run, task, header, goods.get(task), agents.get(task), currencies));
		} catch (error) {
			task.fail(caught(error));
		}
	}
	if (settings.preview) drafts.forEach(showPlan);
	else await writeDrafts(client, drafts);
}

function firstHeader({ sha1, settings }: OrderRun, task: OrderTask, attributes: readonly AttributeValueOf[] = []): Header {
	const { state, warning: unmapped } = stateFor(task.order, settings.states);
	if (unmapped) task.warnings.push(unmapped);
	return headerOf(sha1, task, settings, state, attributes, task.link?.snapshot.standIns);
}

/** Placeholders are named in the description, once it is known for what they stand. */
function withStandIns(
	{ sha1, settings }: OrderRun,
	task: OrderTask,
	header: Header | undefined,
	attributes: readonly AttributeValueOf[] = [],
	goods?: OrderGoods,
): Header {
	if (header && !goods) return header;
	return headerOf(sha1, task, settings, stateFor(task.order, settings.states).state, attributes, goods?.standIns);
}

const hasChanged = (mark: string, { link }: OrderTask, header: Header | undefined): boolean =>
	link?.written[mark] !== header?.marks[mark];

const needsPositions = (task: OrderTask, headers: ReadonlyMap<OrderTask, Header>): boolean =>
	task.known === undefined || hasChanged('lines', task, headers.get(task));

const needsAgent = (task: OrderTask, headers: ReadonlyMap<OrderTask, Header>): boolean =>
	task.known === undefined || (task.link !== undefined && hasChanged('customer', task, headers.get(task)));

async function plan(
	{ settings }: OrderRun,
	task: OrderTask,
	header: Header,
	goods: OrderGoods | undefined,
	agent: string | undefined,
	currencies: Currencies,
): Promise<Draft> {
	if (task.known) return planUpdate(task, header, goods, agent);
	if (!goods || agent === undefined) throw new RangeError('A new order without goods or counterparty');
	return planCreation(task, settings, { header, goods, agent, currency: await currencies.idOf(task.order.currency) });
}

function showPlan({ task, body, changes }: Draft): void {
	task.finish(Object.keys(body).length > 0 ? 'planned' : 'unchanged', changes);
}
