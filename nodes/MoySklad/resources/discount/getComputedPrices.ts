import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	computedPrice, discountBook, DiscountFindings, entityReference, priceGroups, readGoods, readPriceRulesOfCompany, rulesOf,
	type BookSettings, type DiscountBook, type Goods, type GroupRules,
} from '../../../../core';
import { PAGE, readAll, readPage, type Entity, type MoySkladClient } from '../../../../transport';
import { itemFailure } from '../../../shared/errors';
import { limited } from '../../../shared/limited';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { Output } from '../reading/outputOptions';
import { DISCOUNTS } from './getMany';
import { personalPercents } from './personalPercents';
import { computedPricesProperty, priceRows } from './priceProperties';

interface PriceOptions {
	filterText?: string;
	forVariants?: boolean;
	ignoreProhibition?: boolean;
	roundOff?: boolean;
}

const options: INodeProperties[] = [
	{
		displayName: 'Discounts Even Where Prohibited',
		name: 'ignoreProhibition',
		type: 'boolean',
		default: false,
		description: 'Whether goods that MoySklad marks as sold without discounts get them all the same. MoySklad itself means sales at the counter by that mark.',
	},
	{
		displayName: 'Discounts of Products Hold for Variants',
		name: 'forVariants',
		type: 'boolean',
		default: true,
		description: 'Whether a discount that names a product holds for its variants too. MoySklad does not say; those that name a folder always do.',
	},
	{
		displayName: 'Filter Text',
		name: 'filterText',
		type: 'string',
		default: '',
		placeholder: 'e.g. type=product;withSubFolders=true',
		description: "Which goods are read: conditions in MoySklad's own words, as for the assortment; all that are not archived when empty",
	},
	{
		displayName: 'Round Off Computed Prices',
		name: 'roundOff',
		type: 'boolean',
		default: false,
		description: 'Whether computed prices are cut down to whole rubles while the rounding off of kopecks is switched on in MoySklad, which rounds receipts',
	},
];

const pageProperties: INodeProperties[] = [
	{
		displayName: 'Offset',
		name: 'offset',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Where the page begins: the field next of the page before',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 500,
		description: 'Most goods in one page',
	},
];

/** One page of goods with the prices that buyers have through discounts, and where the next page begins. */
export const getComputedPrices: ItemOperation = {
	value: 'getComputedPrices',
	name: 'Get Computed Prices',
	action: 'Get goods with computed prices',
	description: 'Read one page of goods, each with the prices that groups of buyers have through discounts and special prices',
	properties: [computedPricesProperty, ...pageProperties, optionsProperty(options)],
	async item(itemIndex) {
		const client = await moySkladClient(this);
		const findings = new DiscountFindings();
		const reckoning = await readReckoning(this, itemIndex, client, findings);
		const page = await readPage(client, 'entity/assortment', pageQuery(this, itemIndex));
		const rows = await new Output(client).of(page.rows, { include: ['product', 'productFolder'] });
		const end = page.offset + rows.length;
		const priced = rows.map((row) => ({ ...row, computedPrices: pricesOf(row, reckoning, findings) }));
		return [{
			json: {
				rows: priced as unknown as IDataObject[], size: page.size, offset: page.offset, limit: page.limit, next: rows.length > 0 && end < page.size ? end : null,
				findings: findings.all as unknown as IDataObject[],
			},
		}];
	},
};

function pageQuery(context: IExecuteFunctions, item: number): Record<string, string | number | undefined> {
	const { filterText = '' } = context.getNodeParameter('options', item, {}) as PriceOptions;
	return {
		filter: filterText.trim() || undefined,
		order: 'name,asc;code,asc',
		offset: Math.floor(limited(context.getNodeParameter('offset', item), 0, 0, Number.MAX_SAFE_INTEGER)) || undefined,
		limit: Math.floor(limited(context.getNodeParameter('pageSize', item), 500, 1, PAGE)),
	};
}

interface Reckoning {
	book: DiscountBook;
	groups: GroupRules[];
}

/** All that the prices of a page depend on beside the goods: three calls, and those for personal discounts. */
async function readReckoning(context: IExecuteFunctions, item: number, client: MoySkladClient, findings: DiscountFindings): Promise<Reckoning> {
	const { forVariants = true, ignoreProhibition = false, roundOff = false } = context.getNodeParameter('options', item, {}) as PriceOptions;
	const settings: BookSettings = { forVariants, ignoreProhibition, roundOff };
	const company = readPriceRulesOfCompany(await client.get('context/companysettings'));
	const groups = priceGroups(priceRows(context, item), company);
	const book = discountBook(await readAll(client, DISCOUNTS), company, settings, findings);
	const rules: GroupRules[] = [];
	for (const group of groups) rules.push(rulesOf(book, group, await personalPercents(client, book, group), findings));
	return { book, groups: rules };
}

/** A price that is not known is null, so that other nodes can say that it is missing. */
function pricesOf(row: IDataObject, { book, groups }: Reckoning, findings: DiscountFindings): Entity[] {
	const goods = goodsIn(row);
	return groups.map((rules) => {
		const price = goods && computedPrice(goods, rules, book, findings);
		const currency = price?.currencyId ? { ...entityReference('currency', price.currencyId), ...(price.currency && { isoCode: price.currency }) } : undefined;
		return { name: rules.group.name, value: price?.value ?? null, ...(currency && { currency }) };
	});
}

/** Undefined for a row that is none: the node that writes prices says what is wrong with it, and the others go on. */
function goodsIn(row: IDataObject): Goods | undefined {
	try {
		return readGoods(row);
	} catch (error) {
		itemFailure(error);
		return undefined;
	}
}
