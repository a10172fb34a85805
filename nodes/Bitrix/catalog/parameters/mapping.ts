import type { INodeProperties } from 'n8n-workflow';
import { INTO_BITRIX, policyOptions, policyProperty } from '../../../shared/fieldPolicies';
import { locator } from '../../../shared/locator';
import { mappedValue } from '../../../shared/mappingRow';

/** How a connection knows its fields, and what its preset writes. */
interface FieldList {
	searchListMethod: string;
	placeholder: string;
	description: string;
}

/** A list of changes to the preset (trap N22: a resource mapper cannot carry a policy). */
export const mappingProperty = ({ searchListMethod, placeholder, description }: FieldList): INodeProperties => ({
	displayName: 'Changes to the Mapping',
	name: 'mapping',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Change',
	description,
	options: [
		{
			displayName: 'Change',
			name: 'change',
			values: [
				locator({
					displayName: 'Field in Bitrix',
					name: 'target',
					searchListMethod,
					typed: { displayName: 'By Name', placeholder },
				}),
				...mappedValue({
					name: 'From MoySklad Field',
					field: locator({
						displayName: 'MoySklad Field',
						name: 'field',
						searchListMethod: 'moySkladFields',
						typed: { displayName: 'By Name', placeholder: 'e.g. article, price:Retail, characteristic:Colour' },
					}),
					placeholder: 'e.g. {{ $json.name.toUpperCase() }}',
				}),
				policyProperty(INTO_BITRIX),
			],
		},
	],
});

/** The preset, and a list of changes to it. */
export const mappingProperties: INodeProperties[] = [
	mappingProperty({
		searchListMethod: 'targets',
		placeholder: 'e.g. previewText, property:258, price:2',
		description: 'The preset writes name and section when it makes an item, the description when it is empty, and unit, VAT, weight, prices, article, barcodes, additional fields and characteristics always. Each row changes one field.',
	}),
	{
		displayName: 'Additional Fields of MoySklad',
		name: 'attributes',
		type: 'options',
		options: [
			{ name: 'Create Missing Properties', value: 'create', description: 'Every additional field gets a property in Bitrix' },
			{ name: 'Matching Properties Only', value: 'matching', description: 'Those for which Bitrix has a property whose XML_ID is the ID of the field, or of the same name' },
			{ name: 'None', value: 'none' },
		],
		default: 'matching',
	},
	{
		displayName: 'Pictures',
		name: 'pictures',
		type: 'options',
		options: policyOptions(INTO_BITRIX),
		default: 'empty',
		description: 'When pictures of MoySklad are written. Needs the MoySklad API credential, and Pictures among what MoySklad Entity includes. Pictures that do not come from MoySklad are never touched.',
	},
];
