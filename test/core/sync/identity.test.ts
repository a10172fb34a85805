import fc from 'fast-check';
import { checkedKey, match, ownKey, readGoods, variantKey, type Keyed } from '../../../core';

const goods = (externalCode: string | null) => readGoods({ meta: { href: 'x/7944ef04-f831-11e5-7a69-971500188b19', type: 'product' }, externalCode, name: 'x' });

const keyed = (id: number, xmlId: string, moySkladId: string | null = null): Keyed => ({ id, xmlId, moySkladId, name: 'Cup' });

describe('the key of an object', () => {
	it('I4: of a variant is that of its product, #, its own', () => expect(variantKey('a', goods('b'), 'externalCode')).toBe('a#b'));

	it('is the external code, or the id', () => {
		expect(ownKey(goods('b'), 'externalCode')).toBe('b');
		expect(ownKey(goods('b'), 'id')).toBe('7944ef04-f831-11e5-7a69-971500188b19');
		expect(ownKey(goods(null), 'externalCode')).toBeNull();
	});

	it.each([['', 'CATALOG_KEY_EMPTY'], ['  ', 'CATALOG_KEY_EMPTY'], ['a#b', 'CATALOG_KEY_FORBIDDEN']])('I3: must not be “%s”', (key, code) => {
		expect(() => checkedKey(goods(key), 'externalCode')).toThrow(expect.objectContaining({ code }) as Error);
	});

	it('I4: two pairs of product and variant never have the same key', () => {
		const own = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !text.includes('#') && text === text.trim());
		fc.assert(fc.property(own, own, own, own, (a, b, c, d) => (variantKey(a, goods(b), 'externalCode') === variantKey(c, goods(d), 'externalCode')) === (a === c && b === d)));
	});
});

describe('I3: a lookup', () => {
	const wanted = { key: 'k', moySkladId: 'm', name: 'Cup' };
	const codeOf = (outcome: ReturnType<typeof match>) => ('conflict' in outcome ? outcome.conflict.code : outcome.present?.id);

	it.each([
		['nothing', [], [], false, undefined],
		['one with the key', [keyed(1, 'k')], [], false, 1],
		['one with the key and our mark', [keyed(1, 'k', 'm')], [], false, 1],
		['one with the key and the mark of another', [keyed(1, 'k', 'x')], [], false, 'CATALOG_KEY_TAKEN'],
		['several with the key', [keyed(1, 'k', 'm'), keyed(2, 'k')], [], false, 'CATALOG_KEY_DUPLICATE'],
		['one with our mark and another key', [], [keyed(1, 'old', 'm')], false, 'CATALOG_KEY_CHANGED'],
		['the same, to be taken over', [], [keyed(1, 'old', 'm')], true, 1],
		['several with our mark', [], [keyed(1, 'old', 'm'), keyed(2, 'k2', 'm')], true, 'CATALOG_KEY_DUPLICATE'],
	] as const)('that finds %s', (_, byKey, byId, takeOver, expected) => expect(codeOf(match(wanted, byKey, byId, takeOver))).toBe(expected));

	it.each([
		['of another name', 'Lamp', null, 'CATALOG_KEY_BY_CHANCE'],
		['of the same name', 'Cup', null, 7],
		['that carries our mark', 'Lamp', 'm', 7],
	])('T11: whose XML_ID is only its id, %s', (_, name, mark, expected) =>
		expect(codeOf(match({ key: '7', moySkladId: 'm', name }, [keyed(7, '7', mark)], [], false))).toBe(expected));

	it('without a key takes what carries our mark', () => expect(codeOf(match({ key: null, moySkladId: 'm', name: 'Cup' }, [], [keyed(1, 'any', 'm')], false))).toBe(1));
});
