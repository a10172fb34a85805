import * as fc from 'fast-check';
import { Decimal, newBody, type BodySettings, type Folder, type MoySkladBooks, type NewItem } from '../../../../core';

const folder = (id: string, name: string, parent: Folder | null = null, archived = false): Folder => ({ id, name, parent, archived, externalCode: id });
const clothes = folder('f1', 'Clothes');
const shoes = folder('f2', 'Shoes');

const books: MoySkladBooks = {
	folders: [clothes, shoes, folder('f3', 'Winter', clothes), folder('f4', 'Winter', shoes), folder('f5', 'Hats', clothes), folder('f6', 'Old', null, true)],
	units: [{ id: 'u1', code: '796', name: 'pcs' }, { id: 'u2', code: '6', name: 'm' }, { id: 'u3', code: '', name: 'Roll' }],
	priceTypes: [{ id: 'p1', name: 'Retail' }, { id: 'p2', name: 'Bulk' }],
	currencies: [{ id: 'c1', isoCode: 'RUB' }, { id: 'c2', isoCode: 'BYN' }],
};

const base = { id: 1, name: 'BASE', base: true };
const settings: BodySettings = { identity: 'externalCode', pairs: [{ from: 'p1', to: base }], units: new Map(), currencies: new Map(), gramsPerWeight: 1000 };

const item = (more: Partial<NewItem> = {}): NewItem => ({
	bitrixId: '17', key: '17', kind: 'product', name: 'Cup', active: true, article: null, barcodes: [], unit: null, vat: null, weight: null, prices: [], section: null, ...more,
});

const price = (amount: string, more: Partial<NewItem['prices'][number]> = {}): NewItem['prices'][number] => ({ typeId: 1, type: 'BASE', base: true, amount, currency: 'RUB', ranged: false, ...more });

const bodyOf = (more: Partial<NewItem>, changed: Partial<BodySettings> = {}): Record<string, unknown> => newBody(item(more), 'sync', books, { ...settings, ...changed }).body;
const warningsOf = (more: Partial<NewItem>): string[] => newBody(item(more), 'sync', books, settings).warnings.map(({ code }) => code);
const idIn = (value: unknown): string | undefined => /[^/]+$/.exec((value as { meta: { href: string } }).meta.href)?.[0];

describe('what a new item of Bitrix becomes in MoySklad', () => {
	it('has its name and identity, and says nothing of what the item does not say', () => {
		expect(newBody(item(), 'sync', books, settings)).toEqual({ body: { syncId: 'sync', name: 'Cup', externalCode: '17' }, warnings: [] });
	});

	it('keeps the XML_ID as its code only where that can be one', () => {
		expect(bodyOf({}, { identity: 'id' })).not.toHaveProperty('externalCode');
		for (const key of ['', 'a#b', 'x'.repeat(256)]) expect(bodyOf({ key })).not.toHaveProperty('externalCode');
	});

	it('has article and barcodes, each barcode with its kind', () => {
		expect(bodyOf({ article: 'A-1', barcodes: ['4006381333931', 'abc'] })).toMatchObject({ article: 'A-1', barcodes: [{ ean13: '4006381333931' }, { code128: 'abc' }] });
		expect(bodyOf({ kind: 'service', article: 'A-1', weight: 10 })).toEqual({ syncId: 'sync', name: 'Cup', externalCode: '17' });
	});

	it('has the unit with the same OKEI code', () => {
		expect(idIn(bodyOf({ unit: { id: 1, code: '006', name: 'm' } }).uom)).toBe('u2');
		expect(bodyOf({ unit: { id: 2, code: '0', name: '?' } })).not.toHaveProperty('uom');
		expect(warningsOf({ unit: { id: 3, code: '166', name: 'kg' } })).toEqual(['NEW_ITEM_UNIT']);
	});

	it('has the unit that somebody confirmed, whatever its code', () => {
		const units = new Map([['roll', 2], ['pcs', 9]]);
		expect(idIn(bodyOf({ unit: { id: 2, code: '736', name: 'roll' } }, { units }).uom)).toBe('u3');
		expect(idIn(bodyOf({ unit: { id: 3, code: '796', name: 'pc' } }, { units }).uom)).toBe('u1');
	});

	it('has the VAT that the item names, and that of its folder where it names none', () => {
		expect(bodyOf({ vat: 20 })).toMatchObject({ vat: 20, vatEnabled: true, useParentVat: false });
		expect(bodyOf({ vat: 0 })).toMatchObject({ vat: 0, vatEnabled: true });
		expect(bodyOf({ vat: 'without' })).toMatchObject({ vat: 0, vatEnabled: false });
		expect(bodyOf({ vat: null })).not.toHaveProperty('vat');
	});

	it('has its weight in the unit of MoySklad', () => {
		expect(bodyOf({ weight: 350 }).weight).toBe(0.35);
		expect(bodyOf({ weight: 350 }, { gramsPerWeight: 1 }).weight).toBe(350);
	});

	describe('lies in the folder', () => {
		it('of the same path, in any case of letters', () => {
			expect(idIn(bodyOf({ section: ['shoes', 'Winter '] }).productFolder)).toBe('f4');
			expect(idIn(bodyOf({ section: ['Clothes', 'Winter'] }).productFolder)).toBe('f3');
		});

		it('of the name, wherever that is, if there is only one', () => {
			expect(idIn(bodyOf({ section: ['Everything', 'Hats'] }).productFolder)).toBe('f5');
		});

		it('nowhere when it is not to be told, and says so', () => {
			for (const section of [['Winter'], ['Old'], ['Unknown']]) {
				expect(bodyOf({ section })).not.toHaveProperty('productFolder');
				expect(warningsOf({ section })).toEqual(['NEW_ITEM_FOLDER']);
			}
			expect(warningsOf({ section: null })).toEqual([]);
		});
	});

	describe('costs', () => {
		it('the price of the pair, in kopecks and its currency', () => {
			const [sale] = bodyOf({ prices: [price('1999.99')] }).salePrices as Array<Record<string, unknown>>;
			expect(sale?.value).toBe(199_999);
			expect([idIn(sale?.currency), idIn(sale?.priceType)]).toEqual(['c1', 'p1']);
		});

		it('to the kopeck, whatever it costs', () => {
			fc.assert(
				fc.property(fc.integer({ min: 1, max: 10 ** 13 }), (kopecks) => {
					const amount = Decimal.of(kopecks).times('0.01').toString();
					expect((bodyOf({ prices: [price(amount)] }).salePrices as Array<Record<string, unknown>>)[0]?.value).toBe(kopecks);
				}),
			);
		});

		it('nothing where there is no pair for a price', () => {
			expect(bodyOf({ prices: [price('5', { typeId: 2 })] })).not.toHaveProperty('salePrices');
		});

		it('nothing, with a remark, in a currency that MoySklad lacks or in ranges of quantity', () => {
			expect(warningsOf({ prices: [price('5', { currency: 'USD' })] })).toEqual(['NEW_ITEM_CURRENCY']);
			expect(warningsOf({ prices: [price('5', { ranged: true }), price('4', { ranged: true })] })).toEqual(['NEW_ITEM_PRICE_RANGES']);
		});

		it('in the currency that a code of Bitrix stands for', () => {
			const [sale] = bodyOf({ prices: [price('5', { currency: 'BYR' })] }, { currencies: new Map([['BYR', 'BYN']]) }).salePrices as Array<Record<string, unknown>>;
			expect(idIn(sale?.currency)).toBe('c2');
		});
	});
});
