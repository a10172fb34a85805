import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';
import { policies } from '../../../catalog/parameters/mapping';

/** What else of an order follows MoySklad. */
export const mappingProperty: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Field',
	description: 'What goes into fields and properties of the order. Empty values leave them alone.',
	options: [
		{
			displayName: 'Field',
			name: 'row',
			values: [
				{
					displayName: 'Field in the Store Name or ID',
					name: 'target',
					type: 'options',
					typeOptions: { loadOptionsMethod: 'getOrderTargets' },
					default: '',
					description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'options',
					options: [
						{ name: 'From MoySklad Field', value: 'field' },
						{ name: 'Expression', value: 'expression' },
					],
					default: 'field',
				},
				locator({
					displayName: 'MoySklad Field',
					name: 'field',
					searchListMethod: 'moySkladOrderFields',
					typed: { displayName: 'By Name', placeholder: 'e.g. number, attribute:Carrier' },
					displayOptions: { show: { value: ['field'] } },
				}),
				{
					displayName: 'Expression',
					name: 'expression',
					type: 'string',
					default: '',
					placeholder: 'e.g. {{ $json.name }}',
					displayOptions: { show: { value: ['expression'] } },
				},
				{ displayName: 'Policy', name: 'policy', type: 'options', options: policies, default: 'always' },
			],
		},
	],
};
