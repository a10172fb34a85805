import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ARTICLE_PROPERTY, BARCODE_PROPERTY, propertyByCode, SyncError, type CodeProperties, type Property } from '../../../../core';
import { limited } from '../../../shared/limited';
import { locator } from '../../../shared/locator';
import { siteKeyProperty } from '../../orders/readingProperties';
import { optionsNamed } from '../parameters/options';
import { bitrixPriceType, currenciesOption, priceOptionsProperty, pricePairsOption, pricePairsProperty } from '../parameters/prices';
import { BITRIX_ID } from '../parameters/target';
import type { CatalogSession } from '../session';
import { numberIn, textIn, type Located } from '../settings';

const propertyLocator = (displayName: string, name: string, description: string): INodeProperties =>
	locator({ displayName, name, searchListMethod: 'goodsProperties', typed: BITRIX_ID, description });

export const newItemsProperties: INodeProperties[] = [
	siteKeyProperty('the identity of what is made from its items in MoySklad'),
	{
		displayName: 'Cursor',
		name: 'cursor',
		type: 'json',
		default: '={{ $json.cursor }}',
		description: 'The cursor of the page before, once all of that is done; empty for the very first run',
	},
	{
		displayName: 'First Run',
		name: 'begin',
		type: 'options',
		options: [
			{ name: 'From Now On', value: 'now', description: 'Only items that are made after the first run count' },
			{ name: 'From the Beginning', value: 'beginning', description: 'Items of the whole catalog that MoySklad does not know count too' },
		],
		default: 'now',
		description: 'Where to begin while there is no cursor',
	},
	{
		displayName: 'Items per Page',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 50, maxValue: 1000 },
		default: 200,
		description: 'How many items of the catalog one run looks at, in steps of 50. Known ones are left out.',
	},
	pricePairsProperty(
		'Which price of Bitrix becomes which sale price in MoySklad. Without pairs those of the same name, and the base price the first one of MoySklad.',
		[bitrixPriceType('From Bitrix'), locator({ displayName: 'To MoySklad', name: 'from', searchListMethod: 'moySkladPriceTypes', typed: { displayName: 'By ID or Name', placeholder: 'e.g. Retail' } })],
	),
	priceOptionsProperty([currenciesOption('Codes of currencies in Bitrix where they differ from the ISO codes of MoySklad'), pricePairsOption]),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			propertyLocator('Article Property', 'articleProperty', 'Where the article of an item is; CML2_ARTICLE when empty'),
			propertyLocator('Barcode Property', 'barcodeProperty', 'Where the barcodes of an item are; CML2_BAR_CODE when empty'),
			...optionsNamed('flow', 'unitPairs', 'weightUnit'),
		],
	},
];

export interface NewItemsSettings {
	cursor: unknown;
	/** Whether the first run looks at what is there already. */
	fromBeginning: boolean;
	/** Items that are looked at. */
	pageSize: number;
}

export const readNewItemsSettings = (context: IExecuteFunctions): NewItemsSettings => ({
	cursor: context.getNodeParameter('cursor', 0, undefined),
	fromBeginning: context.getNodeParameter('begin', 0, 'now') === 'beginning',
	pageSize: Math.floor(limited(context.getNodeParameter('pageSize', 0), 200, 50, 1000)),
});

/** Throws CATALOG_TARGET_MISSING for a property that the catalog does not have. */
export function codeProperties({ context, books }: CatalogSession): CodeProperties {
	const { iblockId } = books.goods;
	const chosen = (name: string, code: string): Property | undefined => {
		const located = context.getNodeParameter(`options.${name}`, 0, {}) as Located;
		if (textIn(located) === '') return propertyByCode(books.properties, iblockId, code);
		const id = numberIn(located, 'property chosen');
		const found = books.properties.find((property) => property.id === id && property.iblockId === iblockId);
		if (!found) throw new SyncError('CATALOG_TARGET_MISSING', { what: `property ${id}` });
		return found;
	};
	return { article: chosen('articleProperty', ARTICLE_PROPERTY), barcode: chosen('barcodeProperty', BARCODE_PROPERTY) };
}
