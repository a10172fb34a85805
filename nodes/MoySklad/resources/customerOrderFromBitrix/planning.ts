import {
	chargesOf,
	entityReference,
	isReserved,
	joinBodies,
	linesSource,
	markOf,
	customerIdentity,
	orderExternalCode,
	orderSums,
	planEdit,
	positionBody,
	settledStanding,
	stateFor,
	SyncError,
	toKopecks,
	toMoscow,
	toRubles,
	trackedFields,
	wantedPositions,
	warning,
	type FieldChange,
	type FilledField,
	type KnownOrder,
	type Order,
	type OrderLink,
	type Sha1,
	type StoreState,
	type ToldStanding,
	type TrackedField,
	type WantedPosition,
	type Warning,
	type WrittenPosition,
} from '../../../../core';
import type { Entity } from '../../../../transport';
import type { OrderGoods } from './goods';
import { presetPolicies } from './filling';
import type { OrderRun } from './run';
import type { OrderSettings } from './settings';
import type { OrderTask } from './task';

const MOST_POSITIONS = 1000;

/** What the store says of an order, and the marks by which a later run knows what changed. */
export interface Header {
	fields: TrackedField[];
	marks: Record<string, string>;
	reserve: boolean;
	/** Whether the order is in the books, as far as the store has a say in it. */
	posted: boolean;
}

/** An order as it is about to be written. */
export interface Draft {
	task: OrderTask;
	header: Header;
	/** Empty: there is nothing to write. */
	body: Entity;
	changes: FieldChange[];
	/** Where positions are written: which, and whether their sum is the order's total. */
	positions?: { wanted: WantedPosition[]; balanced: boolean; standIns: string[]; goods: OrderGoods };
	/** Where they are not: the memory of them. */
	memory: WrittenPosition[];
}

export function headerOf(
	sha1: Sha1,
	{ order }: OrderTask,
	settings: OrderSettings,
	state: string | undefined,
	filled: readonly FilledField[],
	standIns: readonly string[] = [],
): Header {
	const fields = trackedFields(order, { number: settings.number, state, filled, policies: presetPolicies(settings), standIns });
	const reserve = isReserved(order, settings.reserve);
	const posted = !(order.canceled && settings.unpostCanceled);
	const sources = {
		customer: customerIdentity(order.customer),
		lines: linesSource(order),
		reserve,
		posted,
		...Object.fromEntries(fields.map(({ name, source }) => [name, source])),
	};
	return {
		fields,
		reserve,
		posted,
		marks: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, markOf(sha1, source)])),
	};
}

interface Positions {
	wanted: WantedPosition[];
	balanced: boolean;
	/** What the order costs and what its positions come to, in kopecks. */
	total: number;
	sum: number;
}

/** The positions of an order. Throws ORDER_TOO_LONG. */
export function positionsOf(order: Order, goods: OrderGoods, reserve: boolean, wholeKopecks = false): Positions {
	const charges = chargesOf(order, goods.deliveryVat);
	const { positions, difference } = orderSums(charges, order.total, { wholeKopecks });
	if (positions.length > MOST_POSITIONS) throw new SyncError('ORDER_TOO_LONG', { count: positions.length });
	const total = toKopecks(order.total);
	return {
		wanted: wantedPositions(positions, charges, goods.byLine, reserve && difference === 0),
		balanced: difference === 0,
		total,
		sum: total - difference,
	};
}

export const sumDiffers = ({ currency }: Order, total: number, sum: number) =>
	warning('ORDER_SUM_DIFFERS', { wanted: `${toRubles(total)} ${currency}`, sum: `${toRubles(sum)} ${currency}` });

/** One that a person has posted is theirs. */
const isStillUnposted = ({ applicable }: KnownOrder, link: OrderLink | undefined): boolean => link?.snapshot.unposted === true && !applicable;

/** It is told as long as it lasts: nobody reads what a run said of an order months ago. */
const stillDiffering = (order: Order, { sum }: KnownOrder): Warning[] => (sum === toKopecks(order.total) ? [] : [sumDiffers(order, toKopecks(order.total), sum)]);

export interface CreationFacts {
	header: Header;
	goods: OrderGoods;
	agent: string;
	/** Id of the currency, when it is not the account's own. */
	currency?: string;
}

/** A customer order that is to be made. */
export function planCreation(task: OrderTask, settings: OrderSettings, { header, goods, agent, currency }: CreationFacts): Draft {
	const { order, key } = task;
	const { wanted, balanced, total, sum } = positionsOf(order, goods, header.reserve);
	if (!balanced) task.warnings.push(sumDiffers(order, total, sum));
	const links = Object.entries(settings.links).map(([name, id]) => [name, entityReference(LINK_TYPES[name] ?? name, id)]);
	const filled = header.fields.filter(({ source }) => source !== '');
	return {
		task,
		header,
		body: {
			syncId: key,
			externalCode: orderExternalCode(order),
			organization: entityReference('organization', settings.organization),
			agent: entityReference('counterparty', agent),
			...(Object.fromEntries(links) as Entity),
			moment: toMoscow(Date.parse(order.createdAt)),
			...(currency !== undefined && { rate: { currency: entityReference('currency', currency) } }),
			vatEnabled: wanted.some(({ vatEnabled }) => vatEnabled),
			vatIncluded: true,
			applicable: balanced && header.posted,
			...joinBodies(filled),
			positions: wanted.map((position) => positionBody(position)),
		},
		changes: [
			{ field: 'positions', from: null, to: wanted.length },
			{ field: 'sum', from: null, to: `${toRubles(sum)} ${order.currency}` },
		],
		positions: { wanted, balanced, standIns: goods.standIns, goods },
		memory: [],
	};
}

/** Keywords of what the links of a document lead to, where they are not those of its fields. */
const LINK_TYPES: Record<string, string> = { salesChannel: 'saleschannel', owner: 'employee' };

/**
 * The state that belongs to what the other way has told the store since counts as written: what the store then says in place of it is its
 * own change, and what it only repeats is none.
 */
function linkAsTold({ sha1, settings }: Pick<OrderRun, 'sha1' | 'settings'>, { order, link }: OrderTask): OrderLink | undefined {
	if (link?.told === undefined || link.written.state === undefined) return link;
	const { id: status, name, changedAt: statusAt } = order.status;
	const stateOf = (one: ToldStanding): string | undefined => stateFor({ ...one, status: { id: one.status, name: one.status === status ? name : null } }, settings.states).state;
	const [seen, settled] = [link.told.seen, settledStanding({ ...order, status, statusAt }, link.told)].map(stateOf);
	return settled === undefined || settled === seen ? link : { ...link, written: { ...link.written, state: markOf(sha1, settled) } };
}

/** What is to change of a customer order that exists. Throws ORDER_NOT_LINKED, ORDER_SHIPPED, ORDER_REVIEW, ORDER_POSITIONS_CHANGED, ORDER_TOO_LONG. */
export function planUpdate({ sha1, settings }: Pick<OrderRun, 'sha1' | 'settings'>, task: OrderTask, header: Header, goods: OrderGoods | undefined, agentId: string | undefined): Draft {
	const { order, known } = task;
	const link = linkAsTold({ sha1, settings }, task);
	if (!known) throw new RangeError('There is no customer order to update');
	const planned = goods && positionsOf(order, goods, header.reserve);
	const standIns = goods?.standIns ?? link?.snapshot.standIns ?? [];
	const state: StoreState = {
		...header, agentId, positions: planned?.wanted, balanced: planned?.balanced ?? true, standIns,
		updatedAt: order.updatedAt, conflicts: settings.conflicts, mark: (text) => markOf(sha1, text),
	};
	const edit = planEdit(known, state, link);
	task.warnings.push(...edit.warnings);
	if (edit.replaced && planned) {
		if (!planned.balanced) task.warnings.push(sumDiffers(order, planned.total, planned.sum));
	} else if (isStillUnposted(known, link)) task.warnings.push(...stillDiffering(order, known));
	return {
		task,
		header,
		body: Object.keys(edit.body).length === 0 ? {} : { ...entityReference('customerorder', known.id), ...edit.body },
		changes: edit.changes,
		...(edit.replaced &&
			planned &&
			goods && { positions: { wanted: planned.wanted, balanced: planned.balanced, standIns, goods } }),
		memory: edit.positions,
	};
}
