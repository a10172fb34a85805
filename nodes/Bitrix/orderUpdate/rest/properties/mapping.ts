import type { INodeProperties } from 'n8n-workflow';
import { policyProperty } from '../../../../shared/fieldPolicies';
import { locator } from '../../../../shared/locator';
import { mappedValue } from '../../../../shared/mappingRow';
import { rowsProperty } from '../../../../shared/rowsProperty';
import { INTO_STORE } from './lines';

/** What else of an order follows MoySklad. */
export const mappingProperty: INodeProperties = rowsProperty({
	displayName: 'Changes to the Mapping',
	name: 'fields',
	row: 'Change',
	description: 'What else goes into fields and properties of the order: each row changes one field. Empty values leave it alone.',
	values: [
		{
			displayName: 'Field in the Store Name or ID',
			name: 'target',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getOrderTargets' },
			default: '',
			description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		...mappedValue({
			name: 'From MoySklad Field',
			field: locator({
				displayName: 'MoySklad Field',
				name: 'field',
				searchListMethod: 'moySkladOrderFields',
				typed: { displayName: 'By Name', placeholder: 'e.g. number, attribute:Carrier' },
			}),
			placeholder: 'e.g. {{ $json.name }}',
		}),
		policyProperty(INTO_STORE),
	],
});
