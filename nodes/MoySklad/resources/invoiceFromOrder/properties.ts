import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { optionsProperty } from '../../../shared/properties';
import { suppressWebhooksOption } from '../../../shared/suppressWebhooks';
import { failAfterAllOption, previewProperty } from '../../../shared/writeOutputs';
import { documentConflicts } from '../orderDocuments/properties';

/** The parameters of *Create From Customer Order*. Their lists are `moySkladLists` and `customerOrderStates`. */
export const invoiceFromOrderProperties: INodeProperties[] = [
	{
		displayName: 'Customer Order',
		name: 'customerOrder',
		type: 'string',
		default: '={{ $json.moySkladId ?? $json.id }}',
		required: true,
		description: 'ID or link of the customer order of which the invoice is made',
	},
	{
		displayName: 'States',
		name: 'states',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add State',
		description: 'In which states a customer order gets its invoice; in every state when none is chosen. An invoice that is there follows its order in any state.',
		options: [
			{
				displayName: 'State',
				name: 'row',
				values: [locator({ displayName: 'State of the Order', name: 'state', searchListMethod: 'customerOrderStates' })],
			},
		],
	},
	documentConflicts,
	previewProperty,
	optionsProperty([
		suppressWebhooksOption,
		failAfterAllOption,
		{
			displayName: 'Flow',
			name: 'flow',
			type: 'string',
			default: 'invoices',
			description: 'Name under which the links of this flow are kept',
		},
		{
			displayName: 'Link',
			name: 'link',
			type: 'json',
			default: '={{ $json.link }}',
			description: 'What the last result of this operation called link. With it changes of the order and of the invoice are told apart.',
		},
		{
			displayName: 'Payment Within Days',
			name: 'paymentDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 5,
			description: 'How many days after the date of the order the invoice is planned to be paid',
		},
	]),
];
