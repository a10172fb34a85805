import { outOfScope, readGoods, WHOLE_SCOPE, withProduct, type Goods, type Scope } from '../../../core';

const id = (n: number) => `${String(n).padStart(8, '0')}-f831-11e5-7a69-971500188b19`;
const folder = (n: number, parent?: object, name: string | undefined = `F${n}`) => ({ meta: { href: `f/${id(n)}` }, name, externalCode: `f${n}`, productFolder: parent });
const goods = (more: object = {}): Goods => readGoods({ meta: { href: `x/${id(1)}`, type: 'product' }, name: 'x', externalCode: 'x', ...more });
const scope = (more: Partial<Scope>): Scope => ({ ...WHOLE_SCOPE, ...more });

describe('C3: the scope', () => {
	it('is everything without a condition', () => expect(outOfScope(goods(), WHOLE_SCOPE, false)).toBeUndefined());

	it('holds what lies below a folder, at any depth', () => {
		const inside = goods({ productFolder: folder(3, folder(2, folder(1))) });
		for (const n of [1, 2, 3]) expect(outOfScope(inside, scope({ folders: [id(n)] }), false)).toBeUndefined();
		expect(outOfScope(inside, scope({ folders: [id(9)] }), false)).toContain('folder');
		expect(outOfScope(goods(), scope({ folders: [id(1)] }), false)).toContain('folder');
	});

	it('does not judge what it cannot see', () => {
		const cut = goods({ productFolder: { meta: { href: `f/${id(2)}` } } });
		expect(() => outOfScope(cut, scope({ folders: [id(1)] }), false)).toThrow(expect.objectContaining({ code: 'CATALOG_FOLDER_UNKNOWN' }) as Error);
		expect(outOfScope(cut, scope({ folders: [id(2)] }), false)).toBeUndefined();
		const variant = withProduct(goods(), { ...goods(), name: null });
		expect(() => outOfScope(variant, scope({ checkbox: id(5) }), false)).toThrow(expect.objectContaining({ code: 'CATALOG_PARENT_UNKNOWN' }) as Error);
	});

	it('knows a ticked box from an empty one', () => {
		const ticked = (value: unknown) => goods({ attributes: [{ id: id(5), name: 'On the site', type: 'boolean', value }] });
		expect(outOfScope(ticked(true), scope({ checkbox: id(5) }), false)).toBeUndefined();
		for (const value of [false, null, 'true']) expect(outOfScope(ticked(value), scope({ checkbox: id(5) }), false)).toContain('checkbox');
	});

	it('looks at the price that counts, and for products with variants at none', () => {
		const priced = goods({ salePrices: [{ value: 0, priceType: { id: id(7), name: 'Retail' } }, { value: 5, priceType: { id: id(8), name: 'Opt' } }] });
		expect(outOfScope(priced, scope({ price: 'Retail' }), false)).toContain('price');
		expect(outOfScope(priced, scope({ price: id(8) }), false)).toBeUndefined();
		expect(outOfScope(priced, scope({ price: '' }), false)).toBeUndefined();
		expect(outOfScope(priced, scope({ price: 'Retail' }), true)).toBeUndefined();
	});
});
