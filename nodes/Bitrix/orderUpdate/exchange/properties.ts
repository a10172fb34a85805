import type { INodeProperties } from 'n8n-workflow';
import { exchangeOptions } from '../../../shared/exchangeProperties';
import { failAfterAllOption } from '../../../shared/writeOutputs';
import { zoneOption } from '../../orders/exchange/siteZone';

/** The name that snapshots are kept under. */
export const flowProperty: INodeProperties = {
	displayName: 'Flow',
	name: 'flow',
	type: 'string',
	default: 'orders',
	required: true,
	description: 'Name of the flow whose snapshots are handed in: the same as in Bitrix Order Export',
};

/** Options of all operations, with those of one in the order of their names. */
export const updateOptions = (more: readonly INodeProperties[] = []): INodeProperties[] =>
	[failAfterAllOption, ...exchangeOptions, zoneOption, ...more].sort((one, other) => one.displayName.localeCompare(other.displayName));
