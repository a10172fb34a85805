import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { PriceGroupRow } from '../../../../core';
import { locator, textIn, type Located } from '../../../shared/locator';

/** Which prices are reckoned, for whom, and from which. */
export const computedPricesProperty: INodeProperties = {
	displayName: 'Computed Prices',
	name: 'computedPrices',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Price',
	default: {},
	description: 'Each is a price beside those of MoySklad, with the discounts that its buyers have. Choose it by its name in the price pairs of Bitrix Catalog Upsert.',
	options: [
		{
			displayName: 'Price',
			name: 'price',
			values: [
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Wholesale With Discounts', description: 'By this name other nodes find the price; no price type of MoySklad may have it' },
				{
					displayName: 'For',
					name: 'buyers',
					type: 'options',
					options: [
						{ name: 'Counterparty Group', value: 'group', description: 'Buyers with a tag: what holds for everybody, and what holds for the tag' },
						{ name: 'Everybody', value: 'everybody', description: 'Buyers of whom nothing is known: only what holds for everybody' },
					],
					default: 'everybody',
				},
				locator({
					displayName: 'Counterparty Group',
					name: 'group',
					searchListMethod: 'counterpartyTags',
					typed: { displayName: 'By Name', placeholder: 'e.g. wholesale' },
					displayOptions: { show: { buyers: ['group'] } },
				}),
				locator({
					displayName: 'Base Price',
					name: 'base',
					searchListMethod: 'priceTypes',
					typed: { displayName: 'By ID or Name', placeholder: 'e.g. Retail' },
					description: 'Of which percentages are taken; the first price type of MoySklad when empty',
				}),
			],
		},
	],
};

interface Row {
	name?: string;
	buyers?: 'everybody' | 'group';
	group?: Located;
	base?: Located;
}

export function priceRows(context: IExecuteFunctions, item: number): PriceGroupRow[] {
	const rows = context.getNodeParameter('computedPrices.price', item, []) as Row[];
	return rows.map(({ name = '', buyers, group, base }) => ({ name, tag: buyers === 'group' ? textIn(group) : null, base: textIn(base) }));
}
