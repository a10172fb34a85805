import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { computedTypeId } from '../../../../core';
import { locator, textIn, type Located } from '../../../shared/locator';
import { BITRIX_ID } from './target';

const COMPUTED = 'computed';

const computedMode: Omit<INodePropertyMode, 'type'> = {
	displayName: 'Computed Price',
	name: COMPUTED,
	placeholder: 'e.g. Wholesale With Discounts',
	hint: 'The name that it has in Get Computed Prices of MoySklad Entity',
};

/** A sale price of MoySklad, or one that was reckoned from its discounts, as the source of a pair. */
export const moySkladPriceType = locator({
	displayName: 'From MoySklad',
	name: 'from',
	searchListMethod: 'moySkladPriceTypes',
	typed: { displayName: 'By ID or Name', placeholder: 'e.g. Retail' },
	moreModes: [{ ...computedMode, type: 'string' }],
});

/** The price that such a parameter names; empty = none. */
export function priceSourceIn(located: Located | undefined): string {
	const name = textIn(located);
	return name !== '' && located?.mode === COMPUTED ? computedTypeId(name) : name;
}

/** Codes of currencies in Bitrix. */
export const currenciesOption = (description: string): INodeProperties => ({
	displayName: 'Currencies',
	name: 'currencies',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Currency',
	description,
	options: [
		{
			displayName: 'Currency',
			name: 'row',
			values: [
				{ displayName: 'In MoySklad', name: 'from', type: 'string', default: '', placeholder: 'e.g. USD', description: 'ISO code' },
				{ displayName: 'In Bitrix', name: 'to', type: 'string', default: '', placeholder: 'e.g. USD' },
			],
		},
	],
});

/** A price type of Bitrix in a pair. */
export const bitrixPriceType = (displayName: string): INodeProperties => locator({ displayName, name: 'to', searchListMethod: 'priceTypes', typed: BITRIX_ID });

/** The collection of what may happen to prices. */
export const priceOptionsProperty = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Price Options',
	name: 'priceOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
});

/** Pairs of price types. */
export const pricePairsProperty = (description: string, values: INodeProperties[]): INodeProperties => ({
	displayName: 'Price Types',
	name: 'priceTypes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Pair',
	description,
	options: [{ displayName: 'Pair', name: 'pair', values }],
});

/** The same pairs, as the settings table keeps them. */
export const pricePairsOption: INodeProperties = {
	displayName: 'Pairs From an Expression',
	name: 'pairs',
	type: 'json',
	default: '',
	description: 'A list of pairs { from, to }, such as the wizard keeps them: IDs or names of price types in MoySklad, IDs in Bitrix. It counts where no pair is added above.',
};

/** Which price goes where, and what may happen to prices (rule P1). */
export const priceProperties: INodeProperties[] = [
	pricePairsProperty(
		'Which sale price of MoySklad, or price computed from its discounts, goes to which price type of Bitrix. Without pairs those of the same name, and the first of MoySklad to the base price of Bitrix. Other prices are never touched.',
		[moySkladPriceType, bitrixPriceType('To Bitrix')],
	),
	priceOptionsProperty([
		currenciesOption('Codes of currencies in Bitrix where they differ, and currencies that its prices do not use yet. Others are not written, and the item says so.'),
		{
			displayName: 'Currency of the Account',
			name: 'accountCurrency',
			type: 'string',
			default: 'RUB',
			description: 'ISO code for prices whose currency cannot be looked up because the node has no MoySklad API credential, and for amounts from expressions. Prices in several currencies need the credential.',
		},
		{
			displayName: 'Largest Price Fall, Percent',
			name: 'largestFall',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 50,
			description: 'An item whose price would fall by more is not written but handed to Failed. 0 = no limit.',
		},
		pricePairsOption,
		{
			displayName: 'Prices of Zero',
			name: 'zero',
			type: 'options',
			options: [
				{ name: 'Deactivate Item', value: 'deactivate', description: 'An item whose base price is 0 is treated like archived ones' },
				{ name: 'Delete Price', value: 'delete', description: 'The price is deleted in Bitrix' },
				{ name: 'Skip', value: 'skip', description: 'The price in Bitrix stays as it is' },
				{ name: 'Write 0', value: 'write', description: 'The item is sold for nothing' },
			],
			default: 'skip',
			description: 'A price of 0 in MoySklad means that it was not set',
		},
	]),
];
