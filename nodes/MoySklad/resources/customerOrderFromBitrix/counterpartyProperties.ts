import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { matchRulesProperty } from '../../../shared/matchRules';

/** How the customer of an order becomes a counterparty. */
export const counterpartyProperties: INodeProperties[] = [
	matchRulesProperty({
		displayName: 'Find Counterparty By',
		rules: ['email', 'innKpp', 'phone'],
		usual: ['innKpp', 'email', 'phone'],
		description:
			'How the customer is looked for, in this order; the first rule that finds anybody decides. Counterparties that this node made itself are known anyway.',
	}),
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
