import type { INodeProperties } from 'n8n-workflow';
import { optionsProperty, showFor } from '../../../shared/properties';
import { customerProperties, matchRulesProperty, nameSimilarityOption } from '../../counterparties/properties';

/** The parameters of *Find Duplicates*. */
export const duplicatesProperties: INodeProperties[] = [
	{
		displayName: 'Look Among',
		name: 'lookAmong',
		type: 'options',
		options: [
			{ name: 'Counterparties', value: 'counterparties', description: 'All of the account, read page by page; archived ones too' },
			{ name: 'Input Items', value: 'items', description: 'Customers of a store, contacts or companies of Bitrix24, one an item' },
		],
		default: 'counterparties',
	},
	...showFor(customerProperties, { lookAmong: ['items'] }),
	matchRulesProperty({
		displayName: 'Compare By',
		rules: ['email', 'innKpp', 'name', 'phone'],
		usual: ['innKpp', 'email', 'phone', 'name'],
		description: 'What two may have in common to be compared with each other; the score then counts everything that is known of them. Those with another INN or KPP are never duplicates.',
	}),
	optionsProperty([
		{
			displayName: 'Contact Persons',
			name: 'people',
			type: 'boolean',
			default: true,
			description: 'Whether phones and e-mails of contact persons count, for which MoySklad gives 100 counterparties a call instead of 1000',
		},
		{
			displayName: 'Lowest Score (%)',
			name: 'score',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 70,
			description: 'How likely two must be the same. Equal names alone come to 60, so that 60 or less reports namesakes too; the same phone and name come to 88, the same INN to 93.',
		},
		{
			displayName: 'Most With One Key',
			name: 'most',
			type: 'number',
			typeOptions: { minValue: 2 },
			default: 20,
			description: 'A phone, e-mail or name that more have is that of a call centre or of namesakes: it is told, and nobody is compared by it',
		},
		nameSimilarityOption,
	]),
];
