import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { momentIn, SyncError } from '../../../core';

export const cursorProperty: INodeProperties = {
	displayName: 'Cursor',
	name: 'cursor',
	type: 'json',
	default: '={{ $json.cursor }}',
	description:
		'The cursor that Confirm Export gave last; empty for the very first run, which exports nothing older than Start Date',
};

export const startDateProperty: INodeProperties = {
	displayName: 'Start Date',
	name: 'startDate',
	type: 'dateTime',
	default: '',
	description:
		'For the first run: orders that were placed before are never exported. The moment of the first run when empty.',
};

const yesOrNo = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'options',
	options: [
		{ name: 'All', value: 'all' },
		{ name: 'Yes', value: 'yes' },
		{ name: 'No', value: 'no' },
	],
	default: 'all',
	description,
});

/** What can be asked of orders, in the order of their names. */
const filters = (statusList: string): INodeProperties[] => [
	{ ...yesOrNo('Cancelled', 'canceled', 'Whether orders are exported that were cancelled') },
	{
		displayName: 'Include Orders Born Elsewhere',
		name: 'bornElsewhere',
		type: 'boolean',
		default: false,
		description:
			'Whether orders are exported that came into the store from another system, such as a marketplace or MoySklad itself',
	},
	{ ...yesOrNo('Paid', 'paid', 'Whether orders are exported that are paid') },
	{
		displayName: 'Sites',
		name: 'sites',
		type: 'string',
		default: '',
		placeholder: 'e.g. s1, s2',
		description: 'IDs of the sites of this Bitrix whose orders are exported; all when empty',
	},
	{
		displayName: 'Status Names or IDs',
		name: 'statuses',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: statusList },
		default: [],
		description:
			'Orders in other statuses are left out. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

type FilterName = 'canceled' | 'bornElsewhere' | 'paid' | 'sites' | 'statuses';

/** The collection *Filters* with some of the filters; statuses come from a live list. */
export const filtersProperty = (names: readonly FilterName[], statusList: string): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	default: {},
	placeholder: 'Add Filter',
	description: 'An order that does not fit now is exported when it changes so that it fits',
	options: filters(statusList).filter(({ name }) => names.includes(name as FilterName)),
});

export interface ChosenFilter {
	/** All when empty. */
	statuses: string[];
	sites: string[];
	/** Both when undefined. */
	paid?: boolean;
	canceled?: boolean;
}

export function orderFilterOf(context: IExecuteFunctions): ChosenFilter {
	const chosen = context.getNodeParameter('filters', 0, {}) as { statuses?: string[]; sites?: string; paid?: string; canceled?: string };
	const sites = (chosen.sites ?? '').split(',').map((site) => site.trim());
	return { statuses: chosen.statuses ?? [], sites: sites.filter((site) => site !== ''), paid: choice(chosen.paid), canceled: choice(chosen.canceled) };
}

const choice = (word: string | undefined): boolean | undefined => (word === 'yes' ? true : word === 'no' ? false : undefined);

/** A date without an offset is one of the workflow's time zone. */
export function startOf(value: unknown, zone: string): string | undefined {
	const text = String(value ?? '').trim();
	if (text === '') return undefined;
	const moment = momentIn(zone, text);
	if (Number.isNaN(moment)) throw new SyncError('ORDER_CURSOR_INVALID', { reason: `Start Date is not a moment: ${text}` });
	return new Date(moment).toISOString();
}
