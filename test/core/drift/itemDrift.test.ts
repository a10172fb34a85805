import fc from 'fast-check';
import { driftKindOf, DRIFT_KINDS, itemDifferences, OWN_TARGETS, warning, type ComparedItem, type TargetChange } from '../../../core';

const change = (target: string, from: unknown, to: unknown): TargetChange => ({ target, field: `Field ${target}`, from, to });
const item = (more: Partial<ComparedItem> = {}, ...changes: TargetChange[]): ComparedItem => ({
	key: 'k', entity: 'product', moySkladId: 'm', bitrixId: '7', name: 'Cup', error: undefined,
	plan: { outcome: changes.length > 0 ? 'update' : 'unchanged', changes, warnings: [] }, ...more,
});
const refused = (code: string): ComparedItem => item({ plan: undefined, error: { code, message: `because of ${code}` } as ComparedItem['error'] });
const kinds = (one: ComparedItem, tolerance = 0): string[] => itemDifferences(one, tolerance).map(({ kind }) => kind);

describe('how a catalog item differs', () => {
	it('is nothing when nothing would be written', () => expect(itemDifferences(item(), 0)).toEqual([]));

	it('tells whose it is, both sides, and which operation repairs it', () => {
		expect(itemDifferences(item({}, change('name', 'Mug', 'Cup')), 0)).toEqual([{
			kind: 'name', severity: 'medium', key: 'k', entity: 'product', moySkladId: 'm', bitrixId: '7', name: 'Cup',
			field: 'Field name', moySklad: 'Cup', bitrix: 'Mug', repair: 'items', code: null,
		}]);
	});

	it.each([
		['name', 'name'], ['section', 'section'], ['detailText', 'description'], ['previewText', 'description'], ['measure', 'unit'], ['vat', 'vat'], ['vatIncluded', 'vat'],
		['weight', 'size'], ['height', 'size'], ['property:12', 'property'], ['sort', 'field'], ['pictures', 'pictures'], [OWN_TARGETS.key, 'keyChanged'],
		[OWN_TARGETS.mark, 'markChanged'], [OWN_TARGETS.parent, 'parentChanged'], [OWN_TARGETS.visible, 'itemHidden'],
	])('calls a change of %s %s', (target, kind) => expect(kinds(item({}, change(target, 'a', 'b')))).toEqual([kind]));

	it('goes by what a field is, not by its label', () => {
		const named = { ...change('property:3', 'a', 'b'), field: 'XML_ID' };
		expect(kinds(item({}, named))).toEqual(['property']);
	});

	it('missing, gone and hidden by hand', () => {
		const hide = change(OWN_TARGETS.visible, 'yes', 'no');
		expect(kinds(item({ plan: { outcome: 'create', changes: [change('name', null, 'Cup'), change('price:1', null, '10 RUB')], warnings: [] } }))).toEqual(['itemMissing']);
		expect(kinds(item({ plan: { outcome: 'hide', changes: [hide], warnings: [] } }))).toEqual(['itemGone']);
		expect(kinds(item({ plan: { outcome: 'delete', changes: [change(OWN_TARGETS.whole, 'Cup', null)], warnings: [] } }))).toEqual(['itemGone']);
		const byHand = itemDifferences(item({ plan: { outcome: 'unchanged', changes: [], warnings: [warning('CATALOG_HIDDEN_BY_HAND')] } }), 0);
		expect(byHand).toMatchObject([{ kind: 'hiddenByHand', repair: null, code: 'CATALOG_HIDDEN_BY_HAND' }]);
	});

	it.each([
		['10 RUB', '12 RUB', 'price'], [null, '12 RUB', 'priceMissing'], ['10 RUB', null, 'priceExtra'], ['10 RUB', '10 USD', 'priceCurrency'],
	])('price %s instead of %s', (from, to, kind) => expect(kinds(item({}, change('price:1', from, to)), 10)).toEqual([kind]));

	it('a price that fell too far is shown, and repaired by nobody', () => {
		const fall = item({ plan: { outcome: 'conflict', changes: [change('price:1', '100 RUB', '1 RUB')], warnings: [] }, error: { code: 'CATALOG_PRICE_FALL', message: 'fell' } });
		expect(itemDifferences(fall, 0)).toMatchObject([{ kind: 'priceFall', bitrix: '100 RUB', moySklad: '1 RUB', repair: null, code: 'CATALOG_PRICE_FALL' }]);
	});

	it.each([
		['CATALOG_KEY_DUPLICATE', 'duplicate'], ['CATALOG_KEY_TAKEN', 'keyTaken'], ['CATALOG_KEY_CHANGED', 'keyChanged'], ['CATALOG_TYPE_CONFLICT', 'typeChanged'], ['CATALOG_BECAME_SKU', 'typeChanged'],
	])('%s is %s, with the code of why nothing is written', (code, kind) => expect(itemDifferences(refused(code), 0)).toMatchObject([{ kind, repair: null, code }]));

	it('after any other error nobody knows', () => {
		expect(driftKindOf(refused('CONNECTION_TIMEOUT'))).toBeUndefined();
		expect(itemDifferences(refused('CONNECTION_TIMEOUT'), 0)).toEqual([]);
	});

	it('a variant is as unknown as its product', () => {
		const variant = (code: string): ComparedItem => ({ ...refused('CATALOG_PARENT_FAILED'), parentError: { code, message: 'x' } as ComparedItem['error'] });
		expect(driftKindOf(variant('CATALOG_BECAME_SKU'))).toBe('typeChanged');
		expect(driftKindOf(variant('BITRIX_RATE_LIMIT'))).toBeUndefined();
	});

	it('law: a price differs exactly when it is further away than the tolerance', () => {
		const kopecks = fc.integer({ min: 1, max: 10_000_000 });
		const rubles = (sum: number): string => `${(sum / 100).toFixed(2)} RUB`;
		fc.assert(fc.property(kopecks, kopecks, fc.integer({ min: 0, max: 1000 }), (one, other, tolerance) => {
			expect(kinds(item({}, change('price:1', rubles(one), rubles(other))), tolerance)).toEqual(Math.abs(one - other) > tolerance ? ['price'] : []);
		}));
	});

	it('law: every change outside prices is one difference', () => {
		const targets = fc.constantFrom('name', 'section', 'weight', 'property:1', 'property:2', 'sort', 'vat', OWN_TARGETS.key);
		fc.assert(fc.property(fc.uniqueArray(targets), (some) => {
			const found = itemDifferences(item({}, ...some.map((target) => change(target, 'a', 'b'))), 1000);
			expect(found.map(({ field }) => field)).toEqual(some.map((target) => `Field ${target}`));
			expect(found.every(({ kind, severity }) => DRIFT_KINDS[kind].severity === severity)).toBe(true);
		}));
	});
});
