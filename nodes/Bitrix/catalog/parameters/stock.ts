import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { BITRIX_ID } from './target';

const moySkladStore = locator({ displayName: 'From MoySklad', name: 'from', searchListMethod: 'moySkladStores' });

/** Which amounts of MoySklad go where (rules S1 to S3). */
export const stockProperties: INodeProperties[] = [
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'options',
		options: [
			{ name: 'Free', value: 'free', description: 'What is there less what open orders have reserved in MoySklad' },
			{ name: 'Physical', value: 'physical', description: 'What is there, less only what orders of the store itself have reserved in Bitrix: for accounts that do not reserve in MoySklad' },
			{ name: 'Expected', value: 'expected', description: 'Free, and what suppliers were asked for: sells what has not arrived yet' },
		],
		default: 'free',
		description: 'What customers may buy. The items have to say it: choose the same amount in MoySklad Entity, or a full report.',
	},
	{
		displayName: 'Stores',
		name: 'spread',
		type: 'options',
		options: [
			{ name: 'Total of All Stores', value: 'total', description: 'One amount of each item' },
			{ name: 'Total of Chosen Stores', value: 'chosen', description: 'One amount of each item, from some stores of MoySklad' },
			{ name: 'By Store', value: 'byStore', description: 'The amounts of each store; Bitrix takes them only with inventory management' },
		],
		default: 'total',
		description: 'The last two need items with stores: a report by store in MoySklad Entity',
	},
	{
		displayName: 'Chosen Stores',
		name: 'chosenStores',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Store',
		displayOptions: { show: { spread: ['chosen'] } },
		options: [{ displayName: 'Store', name: 'row', values: [moySkladStore] }],
	},
	{
		displayName: 'Store Map',
		name: 'storeMap',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Pair',
		displayOptions: { show: { spread: ['byStore'] } },
		description: 'Several stores of MoySklad may go to one of Bitrix, which gets their sum. Stores of Bitrix that are not in the list are never touched.',
		options: [
			{
				displayName: 'Pair',
				name: 'row',
				values: [moySkladStore, locator({ displayName: 'To Bitrix', name: 'to', searchListMethod: 'bitrixStores', typed: BITRIX_ID })],
			},
		],
	},
	{
		...locator({
			displayName: 'Default Store',
			name: 'defaultStore',
			searchListMethod: 'moySkladStores',
			description: 'Orders that name no store lower this one, and what it lacks the others. When empty, they lower the stores in the order of the list.',
		}),
		displayOptions: { show: { spread: ['chosen', 'byStore'] } },
	},
	{
		...locator({
			displayName: 'Store in Bitrix',
			name: 'bitrixStore',
			searchListMethod: 'bitrixStores',
			description: 'Which store gets the total, if inventory management is on in Bitrix. It need not be chosen where there is only one.',
			typed: BITRIX_ID,
		}),
		displayOptions: { show: { spread: ['total', 'chosen'] } },
	},
	{
		displayName: 'Subtract Orders Placed Since',
		name: 'ordersSince',
		type: 'dateTime',
		default: '',
		displayOptions: { show: { kind: ['free', 'expected'] } },
		description: 'Orders that were placed in the store since then and are not cancelled are not reserved in MoySklad yet, so what they want is not offered again. Usually an expression with the cursor of Bitrix Order Export. Empty = do not subtract.',
	},
	{
		displayName: 'Minimum Buffer',
		name: 'buffer',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 0,
		description: 'How much of each item is kept back, in each store where amounts go by store',
	},
];
