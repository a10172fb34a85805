import type { INodeProperties } from 'n8n-workflow';
import { duplicateProperties } from '../../../shared/duplicates/properties';
import { showFor } from '../../../shared/properties';
import { customerProperties } from '../../counterparties/properties';

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
	...duplicateProperties([
		{
			displayName: 'Contact Persons',
			name: 'people',
			type: 'boolean',
			default: true,
			description: 'Whether phones and e-mails of contact persons count, for which MoySklad gives 100 counterparties a call instead of 1000',
		},
	]),
];
