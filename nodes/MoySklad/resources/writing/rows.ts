import type { INodeProperties } from 'n8n-workflow';
import { invalidValue, targetReference, toNumber, toReference, type Reference } from '../../../../core';
import { locator } from '../../../shared/locator';
import type { Rows } from '../entityKind';

type Row = Record<string, unknown>;

/** Lists inside objects that are entered row by row. For as many rows as the data has, the same field goes into Additional Fields (JSON). */

const rowsProperty = (displayName: string, name: string, row: string, description: string, values: INodeProperties[]): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: `Add ${row}`,
	default: {},
	description,
	options: [{ displayName: row, name: 'row', values }],
});

const numberField = (displayName: string, name: string, initial: number, description?: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	default: initial,
	description,
});

const goodField = locator({
	displayName: 'Product',
	name: 'assortment',
	searchListMethod: 'goods',
	typed: { displayName: 'By ID or Link', placeholder: 'e.g. the ID of a product, or the link of a variant, service or bundle' },
});

/** What a locator holds, in the list mode or typed in. */
const chosen = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'value' in value ? value.value : value);

function referenceIn(row: Row, field: string, target: string): Reference {
	const reference = toReference(chosen(row[field]), target, '');
	if (!reference) throw invalidValue(field, 'an id or link', chosen(row[field]));
	return reference;
}

const numbersIn = (row: Row, fields: readonly string[]): Record<string, number> =>
	Object.fromEntries(fields.filter((field) => row[field] !== undefined && row[field] !== '').map((field) => [field, toNumber(field, row[field])]));

export const salePrices: Rows = {
	field: 'salePrices',
	property: rowsProperty('Sale Prices', 'salePrices', 'Price', 'Prices by their types; those that are not listed stay as they are', [
		locator({ displayName: 'Price Type', name: 'priceType', searchListMethod: 'priceTypes' }),
		numberField('Price (Kopecks)', 'value', 0),
		locator({ displayName: 'Currency', name: 'currency', searchListMethod: 'currencies', description: "The account's own when empty" }),
	]),
	toBody: (rows) =>
		rows.map((row) => ({
			...numbersIn(row, ['value']),
			priceType: targetReference('pricetype', referenceIn(row, 'priceType', 'pricetype').meta.href.split('/').at(-1) ?? '', ''),
			...(chosen(row.currency) ? { currency: referenceIn(row, 'currency', 'currency') } : {}),
		})),
};

const barcodeType: Omit<INodeProperties, 'type'> = {
	displayName: 'Type',
	name: 'type',
	options: ['code128', 'ean13', 'ean8', 'gtin', 'upc'].map((value) => ({ name: value.toUpperCase(), value })),
	default: 'ean13',
};

export const barcodes: Rows = {
	field: 'barcodes',
	property: rowsProperty('Barcodes', 'barcodes', 'Barcode', 'All barcodes of the object: MoySklad replaces the whole list', [
		{ ...barcodeType, type: 'options' },
		{ displayName: 'Barcode', name: 'value', type: 'string', default: '' },
	]),
	toBody: (rows) => rows.map(({ type, value }) => ({ [String(type)]: String(value) })),
};

export const characteristics: Rows = {
	field: 'characteristics',
	property: rowsProperty('Characteristics', 'characteristics', 'Characteristic', 'All characteristics of the variant; names that MoySklad does not know yet are made', [
		{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Size' },
		{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. XL' },
	]),
	toBody: (rows) => rows.map(({ name, value }) => ({ name: String(name), value: String(value) })),
};

export const components: Rows = {
	field: 'components',
	property: rowsProperty('Components', 'components', 'Component', 'All components of the bundle: others are taken out', [goodField, numberField('Quantity', 'quantity', 1)]),
	toBody: (rows) => rows.map((row) => ({ assortment: referenceIn(row, 'assortment', 'product'), ...numbersIn(row, ['quantity']) })),
};

export const positions: Rows = {
	field: 'positions',
	property: rowsProperty('Positions', 'positions', 'Position', 'All lines of the document: others are taken out', [
		goodField,
		numberField('Quantity', 'quantity', 1),
		numberField('Price (Kopecks)', 'price', 0),
		numberField('Discount %', 'discount', 0),
		{ displayName: 'VAT %', name: 'vat', type: 'string', default: '', description: 'Without VAT when empty' },
		numberField('Reserve', 'reserve', 0, 'Customer orders only: how many pieces are kept for this order'),
	]),
	toBody: (rows) =>
		rows.map(({ reserve, ...row }) => ({
			assortment: referenceIn(row, 'assortment', 'product'),
			...numbersIn(row, ['quantity', 'price', 'discount', 'vat']),
			vatEnabled: row.vat !== undefined && row.vat !== '',
			...(reserve ? numbersIn({ reserve }, ['reserve']) : {}),
		})),
};

const linkedKind: Omit<INodeProperties, 'type'> = {
	displayName: 'Kind',
	name: 'kind',
	options: [
		{ name: 'Customer Order', value: 'customerorder' },
		{ name: 'Invoice', value: 'invoiceout' },
		{ name: 'Shipment', value: 'demand' },
	],
	default: 'customerorder',
};

export const operations: Rows = {
	field: 'operations',
	property: rowsProperty('Linked Documents', 'operations', 'Document', 'What is paid with it; the sums together are at most the sum of the payment', [
		{ ...linkedKind, type: 'options' },
		{ displayName: 'Document ID', name: 'document', type: 'string', default: '' },
		numberField('Linked Sum (Kopecks)', 'linkedSum', 0),
	]),
	toBody: (rows) => rows.map((row) => ({ ...referenceIn(row, 'document', String(row.kind)), ...numbersIn(row, ['linkedSum']) })),
};
