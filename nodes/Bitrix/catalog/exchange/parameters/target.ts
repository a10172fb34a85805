import type { INodeProperties } from 'n8n-workflow';
import { goneProperty, goneSectionProperty } from '../../parameters/target';

export const linkProperty: INodeProperties = {
	displayName: 'Link',
	name: 'link',
	type: 'string',
	default: '={{ $json.link }}',
	description: 'What the result of the last run called link. The site does not tell what it has: with the link an unchanged item is not sent again, and without it the item counts as new.',
};

export const siteVariantsProperties: INodeProperties[] = [
	{
		displayName: 'Variants on the Site',
		name: 'siteVariants',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'In a Block of Their Own', value: 'block', description: 'The site imports offers into a block of their own' },
			{ name: 'None', value: 'none', description: 'Variants are left out, and their products are sold as they are' },
		],
		default: 'block',
		description: 'How the site keeps variants, which it does not tell',
	},
	{
		displayName: 'Variants only arrive where the settings of the catalog on the site say that offers are imported into an information block of their own (Экспортировать предложения в отдельный инфоблок, option 1C_USE_OFFERS). Otherwise the site passes them over without a word.',
		name: 'siteVariantsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { siteVariants: ['block'] } },
	},
];

const withoutDelete = (property: INodeProperties): INodeProperties => ({
	...property,
	options: property.options?.filter((option) => !('value' in option) || option.value !== 'delete'),
});

/** Files of the exchange hide, and never delete. */
export const exchangeGoneProperty = withoutDelete(goneProperty);
export const exchangeGoneSectionProperty = withoutDelete(goneSectionProperty);
