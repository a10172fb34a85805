import type { INodeProperties } from 'n8n-workflow';
import { INTO_BITRIX, policyOptions } from '../../../../shared/fieldPolicies';
import { mappingProperty } from '../../parameters/mapping';

/** The preset over the exchange, and a list of changes to it. */
export const exchangeMappingProperties: INodeProperties[] = [
	mappingProperty({
		searchListMethod: 'exchangeTargets',
		placeholder: 'e.g. previewText, property:brand',
		description: 'The preset writes section and description when it makes an item, and name, unit, VAT, weight, article, barcode, additional fields and characteristics always. Each row changes one field. Nobody can see over the exchange whether a field is empty, so Only When Empty is like Only When Creating, and the name always goes along.',
	}),
	{
		displayName: 'Additional Fields of MoySklad',
		name: 'attributes',
		type: 'options',
		options: [
			{ name: 'All', value: 'create', description: 'Every additional field gets a property on the site with its ID as external code, as in the exchange of MoySklad itself' },
			{ name: 'None', value: 'none' },
		],
		default: 'create',
	},
	{
		displayName: 'Pictures',
		name: 'pictures',
		type: 'options',
		options: policyOptions(INTO_BITRIX),
		default: 'empty',
		description: 'When pictures of MoySklad are sent. Needs the MoySklad API credential, and Pictures among what MoySklad Entity includes. With Always, pictures that somebody added on the site are replaced when those of MoySklad change.',
	},
];
