import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { CursorOwner, OrderReading } from '../../../../core';
import { siteOf } from '../../../shared/bitrixExchange';
import { exchangeOptions } from '../../../shared/exchangeProperties';
import { ownerIn } from '../readingProperties';
import { siteZone, zoneOption } from './siteZone';

/** How documents of the site are understood. */
export const exchangeReadingOptions: INodeProperties[] = [
	{
		displayName: 'Currencies',
		name: 'currencies',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Currency',
		description: 'What the site calls currencies, where its settings replace their codes by other words; “руб” is known',
		options: [
			{
				displayName: 'Currency',
				name: 'currency',
				values: [
					{ displayName: 'Code', name: 'code', type: 'string', default: '', placeholder: 'e.g. BYN' },
					{ displayName: 'Name on the Site', name: 'name', type: 'string', default: '', placeholder: 'e.g. бел' },
				],
			},
		],
	},
	...exchangeOptions,
	zoneOption,
];

/** The owner of cursors, links and snapshots over the exchange. */
export const exchangeOwner = async (context: IExecuteFunctions): Promise<CursorOwner> => ownerIn(context, (await siteOf(context)).host);

export function exchangeReading(context: IExecuteFunctions, source: CursorOwner): OrderReading {
	const rows = context.getNodeParameter('options.currencies.currency', 0, []) as Array<{ name: string; code: string }>;
	return {
		source,
		zone: siteZone(context),
		currencies: Object.fromEntries(rows.map(({ name, code }) => [name.trim().toLowerCase(), code.trim().toUpperCase()])),
	};
}
