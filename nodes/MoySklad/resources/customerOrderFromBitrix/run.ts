import type { IExecuteFunctions } from 'n8n-workflow';
import { stateFor, type FilledField, type Sha1 } from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { caught } from '../../../shared/errors';
import { findCounterparties } from './counterparties';
import { Currencies } from './currencies';
import { findExisting } from './existing';
import { filledOrders } from './filling';
import { findGoods, type OrderGoods } from './goods';
import { headerOf, planCreation, planUpdate, type Draft, type Header } from './planning';
import type { OrderSettings } from './settings';
import { isOpen, type OrderTask } from './task';
import { together } from './together';
import { writeDrafts } from './writing';

export interface OrderRun {
	context: IExecuteFunctions;
	client: MoySkladClient;
	sha1: Sha1;
	settings: OrderSettings;
}

/** Gives every task its result. What fails as a whole, fails its orders only. */
export const writeOrders = async (run: OrderRun, tasks: readonly OrderTask[]): Promise<void> =>
	await together(tasks, async (some) => await writeSome(run, some));

async function writeSome(run: OrderRun, tasks: readonly OrderTask[]): Promise<void> {
	const { context, client, sha1, settings } = run;
	await findExisting(client, tasks, settings.linkExisting);
	const filled = await filledOrders(context, client, settings, tasks);
	const headers = new Map(tasks.filter(isOpen).map((task) => [task, firstHeader(run, task, filled.get(task))]));

	const withLines = tasks.filter((task) => isOpen(task) && needsPositions(task, headers));
	const goods = await findGoods({ client, sha1, ...settings }, withLines);
	const withCustomer = tasks.filter((task) => isOpen(task) && needsAgent(task, headers));
	const agents = await findCounterparties({ client, sha1, ...settings }, withCustomer);
	const currencies = new Currencies(client);
	const drafts: Draft[] = [];
	for (const task of tasks.filter(isOpen)) {
		try {
			const header = withStandIns(run, task, headers.get(task), filled.get(task), goods.get(task));
			drafts.push(await plan(run, task, header, goods.get(task), agents.get(task), currencies));
		} catch (error) {
			task.fail(caught(error));
		}
	}
	if (settings.preview) drafts.forEach(showPlan);
	else await writeDrafts(client, drafts);
}

function firstHeader({ sha1, settings }: OrderRun, task: OrderTask, filled: readonly FilledField[] = []): Header {
	const { state, warning: unmapped } = stateFor(task.order, settings.states);
	if (unmapped) task.warnings.push(unmapped);
	return headerOf(sha1, task, settings, state, filled, task.link?.snapshot.standIns);
}

/** Placeholders are named in the description, once it is known for what they stand. */
function withStandIns(
	{ sha1, settings }: OrderRun,
	task: OrderTask,
	header: Header | undefined,
	filled: readonly FilledField[] = [],
	goods?: OrderGoods,
): Header {
	if (header && !goods) return header;
	return headerOf(sha1, task, settings, stateFor(task.order, settings.states).state, filled, goods?.standIns);
}

const hasChanged = (mark: string, { link }: OrderTask, header: Header | undefined): boolean =>
	link?.written[mark] !== header?.marks[mark];

const needsPositions = (task: OrderTask, headers: ReadonlyMap<OrderTask, Header>): boolean =>
	task.known === undefined || hasChanged('lines', task, headers.get(task));

const needsAgent = (task: OrderTask, headers: ReadonlyMap<OrderTask, Header>): boolean =>
	task.known === undefined || (task.link !== undefined && hasChanged('customer', task, headers.get(task)));

async function plan(
	run: OrderRun,
	task: OrderTask,
	header: Header,
	goods: OrderGoods | undefined,
	agent: string | undefined,
	currencies: Currencies,
): Promise<Draft> {
	if (task.known) return planUpdate(run, task, header, goods, agent);
	if (!goods || agent === undefined) throw new RangeError('A new order without goods or counterparty');
	return planCreation(task, run.settings, { header, goods, agent, currency: await currencies.idOf(task.order.currency) });
}

function showPlan({ task, body, changes }: Draft): void {
	task.finish(Object.keys(body).length > 0 ? 'planned' : 'unchanged', changes);
}
