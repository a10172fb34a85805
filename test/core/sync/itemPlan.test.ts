import {
	fieldsOf, FIELD_TARGETS, ignoredField, isWrite, planItem, readGoods, readPresentItem, SectionTree, serviceProperties, vatRateFor,
	type CatalogBooks, type ItemRow, type PlanSettings, type Property, type Rule, type WantedItem,
} from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const coded = (id: number, code: string): Property => ({ id, iblockId: 7, name: code, code, xmlId: null, type: 'S', userType: '', multiple: false });
const books: CatalogBooks = {
	goods: { iblockId: 7, name: 'G', productIblockId: null }, offers: undefined, priceTypes: [{ id: 1, name: 'BASE', base: true }],
	measures: [{ id: 5, code: 796, title: 'шт' }], vats: [{ id: 3, name: 'НДС 20', rate: 20, active: true }], properties: [coded(1, 'MOYSKLAD_ID'), coded(2, 'MOYSKLAD_HIDDEN')],
};
const rule = (target: string): [string, Rule] => [target, { target, source: { field: target }, policy: 'always' }];
const settings: PlanSettings = {
	books, sections: new SectionTree([]), newSections: new Set(), units: new Map(), gone: 'deactivate',
	targets: new Map(FIELD_TARGETS.map((target) => [target.name, target])),
	rules: new Map(['name', 'weight', 'measure', 'vat', 'detailText', 'price:1'].map(rule)),
	prices: { zero: 'skip', largestFall: 50, currencies: new Map(), plainCurrency: 'RUB', usedCurrencies: undefined },
};
const goods = readGoods({ meta: { href: `x/${ID}`, type: 'product' }, externalCode: 'k', name: 'Cup' });
const values = { name: 'Cup', weight: '1500', measure: { id: '0796', name: 'шт' }, vat: '20', detailText: 'a\nb', 'price:1': { amount: '10', currency: 'RUB' } };
const withoutPrice = Object.fromEntries(Object.entries(values).filter(([target]) => target !== 'price:1'));
const wanted = (more: Partial<WantedItem> = {}): WantedItem => ({ goods, key: 'k', family: 'product', values, gone: undefined, ...more });
const row: ItemRow = { id: 9, iblockId: 7, xmlId: 'k', name: 'Cup', active: 'Y', type: 1, weight: 1500, measure: 5, vatId: 3, detailText: 'a\r\nb', iblockSectionId: null, iblockSection: [], property1: { value: ID, valueId: '1' }, property2: null };
const item = (changes: ItemRow = {}) => readPresentItem({ ...row, ...changes }, serviceProperties(books, 7));

describe('the plan of an item', () => {
	it('is empty when all is as it should be', () => {
		const plan = planItem(wanted({ values: withoutPrice }), item(), [], settings);
		expect(plan).toMatchObject({ outcome: 'unchanged', changes: [], warnings: [] });
		expect(isWrite(plan)).toBe(false);
	});

	it('names each field that differs, in words, and sends only these', () => {
		const plan = planItem(wanted({ values: { ...values, weight: '2000' } }), item({ measure: null }), [], settings);
		expect(plan.changes).toEqual([
			{ target: 'weight', field: 'Weight', from: '1500 g', to: '2000 g' }, { target: 'measure', field: 'Unit', from: null, to: 'шт' },
			{ target: 'price:1', field: 'BASE', from: null, to: '10 RUB' },
		]);
		expect(fieldsOf(plan, settings, row)).toEqual({ weight: '2000', measure: 5 });
	});

	it('of a new item has its key, its block and its mark', () => {
		const plan = planItem(wanted(), undefined, [], settings);
		expect(fieldsOf(plan, settings, undefined)).toMatchObject({ iblockId: 7, xmlId: 'k', active: 'Y', name: 'Cup', property1: { value: ID }, detailTextType: 'text' });
	});

	it('leaves trade fields and prices out for products with offers', () => {
		const plan = planItem(wanted({ family: 'sku' }), undefined, [], settings);
		expect(plan.prices).toEqual([]);
		expect(plan.fields.map(({ target }) => target.name)).toEqual(['name', 'detailText']);
	});

	it('writes nothing of an item that is only to be hidden', () => {
		const plan = planItem(wanted({ values: { ...values, weight: '9' }, gone: { code: 'CATALOG_ARCHIVED', message: '', advice: '' } }), item(), [], settings);
		expect(plan).toMatchObject({ outcome: 'hide', own: { active: 'N', property2: { value: 'Y' } }, fields: [], prices: [] });
	});

	it('T1, T2: compares the answer of the write with what was sent', () => {
		const plan = planItem(wanted({ values: { ...values, weight: '2000' } }), item(), [], settings);
		expect(ignoredField(plan, settings, { ...row, weight: 2000 })).toBeUndefined();
		expect(ignoredField(plan, settings, row)?.message).toContain('did not change Weight');
		expect(ignoredField(plan, settings, { id: 9 })).toBeUndefined();
		const made = planItem(wanted(), undefined, [], settings);
		expect(ignoredField(made, settings, { ...row, xmlId: '9' })?.message).toContain('xmlId');
	});

	it('P3: a VAT rate is chosen by its value alone', () => {
		const rates = { ...books, vats: [{ id: 1, name: 'x', rate: 0, active: true }, { id: 2, name: 'y', rate: null, active: true }, { id: 3, name: 'z', rate: 7.5, active: true }, { id: 4, name: 'w', rate: 7.5, active: false }] };
		expect([vatRateFor(rates, 0)?.id, vatRateFor(rates, 'without')?.id, vatRateFor(rates, 7.5)?.id, vatRateFor(rates, 20)]).toEqual([1, 2, 3, undefined]);
		expect(vatRateFor({ ...rates, vats: [] }, 'without')).toBeNull();
	});
});
