import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { findingIn, NO_WISH, orderSourceText, readStoreWish, warning, wishOf, type FullOrder, type StoreWish, type WishRules } from '../../../../core';
import { objectIn, throughSubWorkflow } from '../../../shared/subWorkflow';
import type { Abilities } from './abilities';
import { fail, skip, type Entry } from './entry';
import type { OrderSession } from './session';
import type { StoreOrderSettings } from './settings';
import { givenFlag, givenText } from '../given';

/** What an expression says of an order comes before what its state, payments and shipments do. */
export const changesProperty: INodeProperties = {
	displayName: 'Changes',
	name: 'orderChanges',
	type: 'collection',
	default: {},
	placeholder: 'Add Change',
	description: 'What an expression says of an order, in place of what its state and documents do. What comes out empty stays as it is.',
	options: [
		{ displayName: 'Cancellation Reason', name: 'cancelReason', type: 'string', default: '', description: 'Written when the order is cancelled' },
		{ displayName: 'Cancelled', name: 'canceled', type: 'boolean', default: false, description: 'Whether the order is cancelled' },
		{
			displayName: 'Status Name or ID',
			name: 'status',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getOrderStatuses' },
			default: '',
			description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{ displayName: 'Tracking Number', name: 'trackingNumber', type: 'string', default: '', description: 'Goes to the only shipment of the order' },
	],
};

interface Changes {
	canceled?: unknown;
	cancelReason?: unknown;
	status?: unknown;
	trackingNumber?: unknown;
}

const wishRules = ({ identity, owner }: OrderSession, settings: StoreOrderSettings): WishRules => ({
	...settings,
	ids: { siteKey: owner.siteKey, sha1: identity.sha1 },
	lines: settings.lines !== null,
});

/** What the store is to be told of each order. Entries of which it cannot be known get their result. */
export function makeWishes(session: OrderSession, abilities: Abilities, entries: Iterable<Entry>, creating: boolean): void {
	for (const entry of entries)
		try {
			makeWish(session, abilities, entry, creating);
		} catch (error) {
			fail(entry, findingIn(error));
		}
}

/** An order that was deleted in MoySklad is cancelled, or gets its result. */
function makeWish(session: OrderSession, { settings, withoutProperties, remarks }: Abilities, entry: Entry, creating: boolean): void {
	const { context } = session;
	const changes = context.getNodeParameter('orderChanges', entry.item, {}) as Changes;
	entry.remarks.push(...remarks);
	if (!entry.order) {
		if (settings.deleted === 'cancel') entry.wish = { ...NO_WISH, canceled: true, cancelReason: givenText(changes.cancelReason) };
		else skip(entry, warning('CUSTOMER_ORDER_DELETED'));
		return;
	}
	const { wish, warnings } = wishOf(entry.order, wishRules(session, settings));
	entry.remarks.push(...warnings.filter(({ code }) => code !== 'ORDER_STATUS_UNMAPPED' || givenText(changes.status) === ''));
	entry.wish = { ...wish, ...overriding(wish, changes), fields: fieldsOf(context, entry.item, entry.order, settings, { creating, withoutProperties }) };
}

function overriding(wish: StoreWish, changes: Changes): Partial<StoreWish> {
	const canceled = givenFlag(changes.canceled);
	const tracking = givenText(changes.trackingNumber);
	return {
		...(givenText(changes.status) !== '' && { status: givenText(changes.status) }),
		...(canceled !== undefined && { canceled }),
		cancelReason: givenText(changes.cancelReason),
		...(tracking !== '' && withTracking(wish, tracking)),
	};
}

/** A single shipment of MoySklad takes the number along. */
function withTracking({ shipments }: StoreWish, trackingNumber: string): Partial<StoreWish> {
	const [only, another] = shipments ?? [];
	if (!only || another) return { trackingNumber };
	return { trackingNumber, shipments: [{ ...only, trackingNumber: only.trackingNumber ?? trackingNumber }] };
}


function fieldsOf(
	context: IExecuteFunctions,
	item: number,
	order: FullOrder,
	{ fields, responsibles }: StoreOrderSettings,
	{ creating, withoutProperties }: { creating: boolean; withoutProperties: boolean },
): StoreWish['fields'] {
	const responsible = responsibles.get(order.ownerId ?? '');
	const values: StoreWish['fields'] = responsible ? { responsibleId: responsible } : {};
	for (const { target, source, policy } of fields) {
		if ((policy === 'creating' && !creating) || (withoutProperties && target.startsWith('property:'))) continue;
		const value = 'field' in source ? orderSourceText(order, source.field) : givenText(context.getNodeParameter(`fields.row[${source.row}].expression`, item, ''));
		if (value) values[target] = value;
	}
	return values;
}

/**
 * Lets a workflow of the user change what is to be written (rule C8): items in, items out, one for one, with the same keys.
 * Throws SUB_WORKFLOW_INVALID before anything is written.
 */
export async function changeBySubWorkflow({ context, settings }: OrderSession, entries: readonly Entry[]): Promise<void> {
	if (settings.subWorkflow === undefined) return;
	const due = entries.filter(({ result, wish }) => !result && wish);
	const inputs = context.getInputData();
	const items = due.map(({ item, key, moySkladId, bitrixId, wish }): INodeExecutionData => ({
		json: { key, moySkladId, bitrixId, wish: { ...wish } as unknown as IDataObject, item: inputs[item]?.json ?? null },
		pairedItem: { item },
	}));
	const given = await throughSubWorkflow(context, settings.subWorkflow, items);
	const wishes = given.map((json, index) => readStoreWish(objectIn(json, 'wish', index)));
	due.forEach((entry, index) => (entry.wish = wishes[index]));
}
