import type { INodeProperties } from 'n8n-workflow';
import { moySkladPriceType, priceProperties } from '../../parameters/prices';

const COMPLETE: INodeProperties = {
	displayName: 'These Are All Price Types of the Site',
	name: 'priceTypesComplete',
	type: 'boolean',
	default: false,
	description: 'Whether the list names every price type of the site. The site deletes prices of types that are not sent, so that no price is sent before somebody confirmed this.',
};

const TYPES: INodeProperties = {
	displayName: 'Price Types of the Site',
	name: 'sitePriceTypes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Price Type',
	description: 'Every price type of the site, the base price first. An item that lacks one of these prices keeps its old ones.',
	options: [
		{
			displayName: 'Price Type',
			name: 'row',
			values: [
				moySkladPriceType,
				{
					displayName: 'External Code',
					name: 'id',
					type: 'string',
					default: '',
					description: 'XML_ID of the price type on the site. When empty, the first one has that of the exchange of MoySklad itself.',
				},
				{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Name of the price type on the site; by it the site finds the type when no other has the external code' },
				{ displayName: 'Currency', name: 'currency', type: 'string', default: 'RUB', description: 'ISO code of the currency on the site' },
				{ displayName: 'VAT Included', name: 'vatIncluded', type: 'boolean', default: true, description: 'Whether the price includes VAT' },
			],
		},
	],
};

/** When a card that the site has gets its prices. */
export const pricePolicyProperty: INodeProperties = {
	displayName: 'Prices',
	name: 'pricePolicy',
	type: 'options',
	options: [
		{ name: 'Always', value: 'always', description: 'Bitrix follows MoySklad' },
		{ name: 'Only When Creating', value: 'creating', description: 'Afterwards another flow, such as Update Prices, sends them' },
	],
	default: 'always',
};

const GIVEN: INodeProperties = {
	displayName: 'Site Price Types From an Expression',
	name: 'siteTypes',
	type: 'json',
	default: '',
	description: 'A list of all price types of the site { from, to, toName }, the base price first, such as the wizard keeps them: the price type of MoySklad, external code and name on the site; currency, if it is not RUB. It counts where none is added above.',
};

/** As over REST, but a price cannot be deleted alone, and price types of the site stand for pairs of ids. */
const restOptions = priceProperties
	.filter(({ name }) => name === 'priceOptions')
	.map((property): INodeProperties => ({
		...property,
		options: [
			...(property.options as INodeProperties[]).filter(({ name }) => name !== 'pairs').map((option) =>
				option.name === 'zero' ? { ...option, options: option.options?.filter((one) => !('value' in one) || one.value !== 'delete') } : option,
			),
			GIVEN,
		],
	}));

export const exchangePriceProperties: INodeProperties[] = [TYPES, COMPLETE, ...restOptions];
