import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { anyToMoscow, idOf, invalidValue, readBalance, SyncError, type Reference } from '../../../core';
import { BALANCES, counterpartiesOfChangedDocuments, PAGE, readBalanceRows, type Entity, type MoySkladClient } from '../../../transport';
import { caught } from '../../shared/errors';
import { moySkladClient } from '../../shared/moySklad';
import type { BulkOperation } from '../../shared/operation';
import { optionsProperty, showFor } from '../../shared/properties';
import type { EntityKind } from './entityKind';
import { amountOf, amountProperties, manyRows, onePage, type Shape } from './reading/getMany';
import { idOrFailure, objectProperty } from './reading/getOne';
import { pageOptions, type ListOptions } from './reading/listOptions';

type Whose = 'all' | 'changed' | 'items';

const whoseProperty: INodeProperties = {
	displayName: 'Counterparties',
	name: 'whose',
	type: 'options',
	options: [
		{ name: 'All', value: 'all', description: 'Every counterparty of the account, 1,000 a call' },
		{ name: 'Of Input Items', value: 'items', description: 'The counterparty of each item, 150 a call' },
		{ name: 'With Changed Documents', value: 'changed', description: 'Those whose shipments, returns or payments changed since a moment' },
	],
	default: 'items',
};

const sinceProperty: INodeProperties = {
	displayName: 'Changed Since',
	name: 'since',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2026-11-21T10:00:00Z',
	description: 'A moment in any usual form. Remember when a run began, and begin the next one a few minutes before that.',
	displayOptions: { show: { whose: ['changed'] } },
};

const withBalanceOption: INodeProperties = {
	displayName: 'With a Balance Only',
	name: 'withBalance',
	type: 'boolean',
	default: false,
	description: 'Whether counterparties with whom everything is even are left out',
};

/** What buyers owe: the report of counterparties, in bulk. */
export const getBalances = (kind: EntityKind): BulkOperation => ({
	value: 'getBalances',
	name: 'Get Balances',
	action: 'Get balances of counterparties',
	description: 'Read what counterparties owe or have paid in advance, and what they have bought',
	properties: [
		whoseProperty,
		{ ...objectProperty(kind), displayOptions: { show: { whose: ['items'] } } },
		sinceProperty,
		...showFor(amountProperties, { whose: ['all'] }),
		optionsProperty([...showFor(pageOptions, { '/whose': ['all'] }), withBalanceOption]),
	],
	async all() {
		const client = await moySkladClient(this);
		const failed: INodeExecutionData[] = [];
		const done = await READERS[this.getNodeParameter('whose', 0) as Whose](this, client, failed);
		return [done, failed];
	},
});

type Reader = (context: IExecuteFunctions, client: MoySkladClient, failed: INodeExecutionData[]) => Promise<INodeExecutionData[]>;

const READERS: Record<Whose, Reader> = { all: everyone, changed: ofChangedDocuments, items: ofItems };

/** The list, once however many items there are. */
async function everyone(context: IExecuteFunctions, client: MoySkladClient, failed: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const { onePage: asPage = false, offset } = context.getNodeParameter('options', 0, {}) as ListOptions;
	const query = { offset: offset || undefined };
	const amount = amountOf(context, 0);
	const shape: Shape = async (rows) => await Promise.resolve(balances(context, rows, 0, failed).map(({ json }) => json));
	const items = asPage ? await onePage(client, BALANCES, { ...query, limit: Math.min(amount, PAGE) }, shape) : await manyRows(client, BALANCES, query, amount, { shape });
	return items.map((item) => ({ ...item, pairedItem: { item: 0 } }));
}

async function ofChangedDocuments(context: IExecuteFunctions, client: MoySkladClient, failed: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (let item = 0; item < context.getInputData().length; item += 1) {
		const ids = await counterpartiesOfChangedDocuments(client, since(context, item));
		items.push(...balances(context, await readBalanceRows(client, ids), item, failed));
	}
	return items;
}

/** What cannot be read is on *Failed* and spoils no other. */
async function ofItems(context: IExecuteFunctions, client: MoySkladClient, failed: INodeExecutionData[]): Promise<INodeExecutionData[]> {
	const ids = context.getInputData().map((_, item) => idOrFailure(context, item));
	const rows = await readBalanceRows(client, ids.filter((id) => typeof id === 'string'));
	const byId = new Map(rows.map((row) => [counterpartyId(row), row]));
	return ids.flatMap((id, item) => {
		const row = typeof id === 'string' ? byId.get(id) : undefined;
		if (row) return balances(context, [row], item, failed);
		failed.push(toFailure(typeof id === 'string' ? id : null, typeof id === 'string' ? new SyncError('MOYSKLAD_NOT_FOUND', { call: `counterparty ${id}` }) : id, item));
		return [];
	});
}

const counterpartyId = ({ counterparty }: Entity): string | undefined => idOf((counterparty as Reference | undefined)?.meta);

const toFailure = (id: string | null, error: SyncError, item: number): INodeExecutionData => ({ json: { counterparty: { id }, error: { ...error.report() } }, pairedItem: { item } });

function balances(context: IExecuteFunctions, rows: readonly Entity[], item: number, failed: INodeExecutionData[]): INodeExecutionData[] {
	const withBalance = context.getNodeParameter('options.withBalance', 0, false) === true;
	return rows.flatMap((row) => {
		try {
			const balance = readBalance(row);
			return withBalance && balance.balance === 0 ? [] : [{ json: { ...balance } as unknown as IDataObject, pairedItem: { item } }];
		} catch (error) {
			failed.push(toFailure(counterpartyId(row) ?? null, caught(error), item));
			return [];
		}
	});
}

/** Throws MOYSKLAD_VALUE_INVALID. */
function since(context: IExecuteFunctions, item: number): string {
	const value = String(context.getNodeParameter('since', item) ?? '');
	try {
		return anyToMoscow(value);
	} catch {
		throw invalidValue('since', 'a moment', value);
	}
}
