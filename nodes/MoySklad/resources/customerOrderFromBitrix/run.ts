import { stateFor, type AttributeValueOf, type Sha1 } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { attributeValues } from './attributeValues';
import { findCounterparties } from './counterparties';
import { Currencies } from './currencies';
import { findExisting } from './existing';
import { findGoods, type OrderGoods } from './goods';
import { headerOf, planCreation, planUpdate, type Draft, type Header } from './planning';
import type { OrderSettings } from './settings';
import { isOpen, type OrderTask } from './task';
import { together } from './together';
import { writeDrafts } from './writing';

export interface OrderRun {
	client: MoySkladClient;
	sha1: Sha1;
	settings: OrderSettings;
}

/** Gives every task its result. What fails as a whole, fails its orders only. */
export const writeOrders = async (run: OrderRun, tasks: readonly OrderTask[]): Promise<void> =>
	await together(tasks, async (some) => await writeSome(run, some));

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
