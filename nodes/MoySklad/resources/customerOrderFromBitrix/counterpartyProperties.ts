import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';

/** How the customer of an order becomes a counterparty. */
export const counterpartyProperties: INodeProperties[] = [
	{
		displayName: 'Find Counterparty By',
		name: 'matchRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		default: { rule: [{ by: 'innKpp' }, { by: 'email' }, { by: 'phone' }] },
		placeholder: 'Add Rule',
		description:
			'How the customer is looked for, in this order; the first rule that finds anybody decides. Counterparties that this node made itself are known anyway.',
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'By',
						name: 'by',
						type: 'options',
						options: [
							{ name: 'E-Mail', value: 'email' },
							{ name: 'INN and KPP', value: 'innKpp' },
							{ name: 'Phone', value: 'phone', description: 'One search for each phone that is not known yet' },
						],
						default: 'phone',
					},
				],
			},
		],
	},
	{
		displayName: 'When Several Fit',
		name: 'severalCounterparties',
		type: 'options',
		options: [
			{ name: 'Create', value: 'create', description: 'Make another counterparty' },
			{ name: 'Fallback Counterparty', value: 'fallback', description: 'Take the one that is chosen below' },
			{ name: 'Newest', value: 'newest', description: 'Take the one that was made last' },
			{ name: 'Stop', value: 'stop', description: 'Do not write the order' },
		],
		default: 'fallback',
		description: 'In any case the result has a warning, so that a person can look at it',
	},
	{
		displayName: 'When None Fits',
		name: 'noCounterparty',
		type: 'options',
		options: [
			{ name: 'Create', value: 'create' },
			{ name: 'Fallback Counterparty', value: 'fallback' },
			{ name: 'Stop', value: 'stop' },
		],
		default: 'create',
		description: 'What to do with a customer that MoySklad does not know',
	},
	locator({
		displayName: 'Fallback Counterparty',
		name: 'fallbackCounterparty',
		searchListMethod: 'counterparties',
		description: 'Stands for customers that cannot be told for certain, e.g. a counterparty “Retail Customer”',
	}),
];
