import fc from 'fast-check';
import {
	changedRules, lackingProperties, mappedValues, plainText, presetRules, readGoods, sourceValue, toFieldValue, transliterate,
	type CatalogBooks, type Property, type Rule, type SourceSettings,
} from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const settings: SourceSettings = { identity: 'externalCode', gramsPerWeight: 1000, currencyOf: () => 'RUB' };
const goods = readGoods({
	meta: { href: `x/${ID}`, type: 'product' }, externalCode: 'e', name: 'Ложка «Уют»', weight: 0.0155, barcodes: [{ ean13: '1' }], effectiveVat: 0, effectiveVatEnabled: true,
	salePrices: [{ value: 10050, priceType: { id: ID, name: 'Retail' } }], attributes: [{ id: ID, name: 'Brand', type: 'string', value: 'S' }],
	productFolder: { meta: { href: `y/${ID}` }, name: 'B', externalCode: 'b', productFolder: { meta: { href: `y/${ID}` }, name: 'A', externalCode: 'a' } },
});
const property = (id: number, iblockId: number, name: string, code: string | null = null, xmlId: string | null = null): Property => ({ id, iblockId, name, code, xmlId, type: 'S', userType: '', multiple: false });
const books: CatalogBooks = {
	goods: { iblockId: 7, name: 'G', productIblockId: null }, offers: { iblockId: 8, name: 'O', productIblockId: 7 }, priceTypes: [], measures: [], vats: [],
	properties: [property(1, 7, 'Артикул', 'CML2_ARTICLE'), property(2, 8, 'Артикул', 'CML2_ARTICLE'), property(3, 7, 'brand'), property(4, 8, 'Цвет')],
};

describe('sources', () => {
	it.each([
		['weight', '15.5'], ['vat', '0'], ['barcodes', ['1']], ['folderPath', 'A / B'], ['folder', { id: 'b', name: 'B' }], ['article', undefined], ['nothing', undefined],
		['price:Retail', { amount: '100.5', currency: 'RUB' }], [`price:${ID}`, { amount: '100.5', currency: 'RUB' }], [`attribute:${ID}`, 'S'], ['characteristic:x', undefined],
		['symbolicCode', 'lozhka-uyut-7944ef04'],
	])('%s', (field, value) => expect(sourceValue(field, goods, settings)).toEqual(value));
});

describe('the mapping', () => {
	it('C1: the preset has the policies that keep what the shop wrote', () => {
		const policies = Object.fromEntries(presetRules({ books, prices: [], attributes: [], characteristics: [] }).map(({ target, policy }) => [target, policy]));
		expect(policies).toEqual({
			name: 'creating', section: 'creating', detailText: 'empty', measure: 'always', vat: 'always', vatIncluded: 'always', weight: 'always', 'property:1': 'always', 'property:2': 'always',
		});
	});

	it('pairs fields and characteristics with the properties of their own block', () => {
		const rules = presetRules({ books, prices: [], attributes: [{ id: ID, name: 'Brand', type: 'string' }, { id: 'c', name: 'Цвет', type: 'string' }], characteristics: [{ id: 'c', name: 'цвет', type: 'characteristic' }] });
		expect(rules.slice(-2).map(({ target, source }) => [target, source])).toEqual([['property:3', { field: `attribute:${ID}` }], ['property:4', { field: 'characteristic:c' }]]);
	});

	it('changes take the place of the preset, Never removes', () => {
		const rule = (target: string, policy: Rule['policy']): Rule => ({ target, source: { field: 'code' }, policy });
		const changed = changedRules([rule('name', 'creating'), rule('weight', 'always')], [rule('name', 'always'), rule('weight', 'never'), rule('sort', 'empty')]);
		expect(changed.map(({ target, policy }) => [target, policy])).toEqual([['name', 'always'], ['sort', 'empty']]);
	});

	it('gives no value for what is empty', () => {
		const rules: Rule[] = ['article', 'name'].map((field) => ({ target: field, source: { field }, policy: 'always' }));
		expect(mappedValues([...rules, { target: 'sort', source: { row: 0 }, policy: 'always' }], goods, settings, () => '')).toEqual({ name: 'Ложка «Уют»' });
	});

	it('a value that went through a sub-workflow is the same as before', () => {
		const values = fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean(), fc.array(fc.string(), { minLength: 1 }), fc.record({ amount: fc.string(), currency: fc.constantFrom('RUB', null) }), fc.record({ id: fc.option(fc.string()), name: fc.string() }));
		fc.assert(fc.property(values, (value) => expect(toFieldValue(JSON.parse(JSON.stringify(value)))).toEqual(value)));
	});

	it('takes whatever an expression gives', () => {
		expect([null, undefined, '', NaN, []].map(toFieldValue)).toEqual([undefined, undefined, undefined, undefined, undefined]);
		expect(toFieldValue(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
		expect(toFieldValue([1, true])).toEqual(['1', 'Да']);
		expect(plainText({ toISO: () => '2026' })).toBe('2026');
	});
});

describe('properties that are made', () => {
	it('have codes of letters, digits and _ that do not begin with a digit and occur once', () => {
		fc.assert(fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'абвЖщ Ёx1-'), maxLength: 8 })), (names) => {
			const fields = names.map((name, index) => ({ id: `${String(index).padStart(8, '0')}-x`, name, type: 'string' }));
			const codes = lackingProperties(fields, [], 7).map(({ code }) => code);
			expect(new Set(codes).size).toBe(codes.length);
			for (const code of codes) expect(code).toMatch(/^[A-Z_][A-Z0-9_]*$/);
		}));
	});

	it('transliteration reads like the word', () => expect(transliterate('Щётка «Ёж» № 5', '-')).toBe('shchetka-ezh-5'));
});
