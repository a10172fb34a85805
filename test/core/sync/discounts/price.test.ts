import { other, percent, percents, personal, folder, link, price, product, reckon, special, USD, uuid, variant, type Json } from './discounts';

const cup = (more: Json = {}) => product('cup', more);
const to = (...tags: string[]): Json => ({ allAgents: false, agentTags: tags });
const on = (more: Json): Json => ({ allProducts: false, ...more });

describe('a computed price', () => {
	it('is the base price without discounts', () => expect(reckon(cup(), [])).toMatchObject({ value: 10_000, codes: [] }));

	it('has a name and the currency of its base', () => {
		expect(reckon(cup({ salePrices: [price('Retail', 500, USD)] }), [percent('a', 10)]).price).toMatchObject({
			typeId: 'computed:Special', typeName: 'Special', value: 450, currencyId: uuid('USD'),
		});
	});

	it('is reckoned to the kopeck, halves up', () => {
		const at = (value: number, discount: number): number | undefined => reckon(cup({ salePrices: [price('Retail', value)] }), [percent('a', discount)]).value;
		expect(at(9999, 33.33)).toBe(6666);
		expect(at(1005, 50)).toBe(503);
		expect(at(1, 50)).toBe(1);
		expect(at(1, 51)).toBe(0);
		expect(at(107.5, 0)).toBe(108);
		expect(at(100, 29)).toBe(71);
	});

	it('is of the base that was chosen, by id or name', () => {
		const goods = cup({ salePrices: [price('Retail', 10_000), price('Wholesale', 8000)] });
		for (const base of ['Wholesale', uuid('Wholesale')]) expect(reckon(goods, [percent('a', 10)], { row: { base } }).value).toBe(7200);
		expect(() => reckon(goods, [], { row: { base: 'Nowhere' } })).toThrow(expect.objectContaining({ code: 'DISCOUNT_BASE_UNKNOWN' }) as Error);
	});

	it('is not known for a good that does not show its base', () => {
		expect(reckon(product('x', { salePrices: [price('Wholesale', 5)] }), [percent('a', 10)])).toMatchObject({ value: undefined });
	});
});

describe('a discount holds', () => {
	it('for everybody, or for a group by its tag, whatever its letters', () => {
		const discounts = [percent('all', 10), percent('some', 20, to('опт', 'Дилеры'))];
		expect(reckon(cup(), discounts).value).toBe(9000);
		expect(reckon(cup(), discounts, { row: { tag: 'дилеры ' } }).value).toBe(7000);
		expect(reckon(cup(), discounts, { row: { tag: 'vip' } }).value).toBe(9000);
	});

	it('only while it is active', () => expect(reckon(cup(), [percent('a', 10, { active: false }), other('accumulationdiscount', 'b', { active: false })])).toMatchObject({ value: 10_000, codes: [] }));

	it('for nobody when it has neither everybody nor tags', () => expect(reckon(cup(), [percent('a', 10, { allAgents: false })], { row: { tag: 'x' } }).value).toBe(10_000));

	it('on all goods, or on those that it names', () => {
		const a = percent('a', 10, on({ assortment: [link('product', 'cup'), link('service', 'work')] }));
		expect(reckon(cup(), [a]).value).toBe(9000);
		expect(reckon(product('other'), [a]).value).toBe(10_000);
		expect(reckon(cup(), [percent('b', 10, on({}))]).value).toBe(10_000);
	});

	it('on folders with everything below them, whichever way their field is written', () => {
		const inside = cup({ productFolder: folder('deep', folder('middle', folder('top'))) });
		for (const word of ['deep', 'middle', 'top'])
			for (const field of ['productFolders', 'productfolders']) expect(reckon(inside, [percent('a', 10, on({ [field]: [link('productfolder', word)] }))]).value).toBe(9000);
		expect(reckon(inside, [percent('a', 10, on({ productFolders: [link('productfolder', 'elsewhere')] }))]).value).toBe(10_000);
		expect(reckon(variant('v', { ...link('product', 'p'), productFolder: folder('top') }), [percent('a', 10, on({ productFolders: [link('productfolder', 'top')] }))]).value).toBe(9000);
	});

	it('not where nobody can tell: unknown is no price', () => {
		const cut = cup({ productFolder: link('productfolder', 'deep') });
		expect(reckon(cut, [percent('a', 10, on({ productFolders: [link('productfolder', 'top')] }))])).toMatchObject({ value: undefined, codes: ['DISCOUNT_GOOD_UNCLEAR'] });
		expect(reckon(variant('v', { ...link('product', 'p'), name: undefined }), [percent('a', 10, on({ productFolders: [link('productfolder', 'top')] }))])).toMatchObject({ codes: ['DISCOUNT_GOOD_UNCLEAR'] });
	});

	it('on variants of a product that it names, with a remark, unless that is not wanted', () => {
		const red = variant('red', link('product', 'p'));
		const a = percent('a', 10, on({ assortment: [link('product', 'p')] }));
		expect(reckon(red, [a])).toMatchObject({ value: 9000, codes: ['DISCOUNT_VARIANTS'] });
		expect(reckon(red, [a], { book: { forVariants: false } })).toMatchObject({ value: 10_000, codes: [] });
		expect(reckon(red, [percent('b', 10, on({ assortment: [link('variant', 'red')] }))])).toMatchObject({ value: 9000, codes: [] });
	});

	it('not on goods that are sold without discounts, unless that is not wanted', () => {
		const fixed = cup({ discountProhibited: true });
		expect(reckon(fixed, [percent('a', 10)]).value).toBe(10_000);
		expect(reckon(fixed, [percent('a', 10)], { book: { ignoreProhibition: true } }).value).toBe(9000);
		expect(reckon(variant('v', { ...link('product', 'p'), discountProhibited: true }), [percent('a', 10)]).value).toBe(10_000);
	});
});

describe('several discounts', () => {
	const both = [percent('a', 10), percent('b', 5.5)];

	it('are added up, or the best one counts, as MoySklad is set', () => {
		expect(reckon(cup(), both)).toMatchObject({ value: 8450, codes: [] });
		expect(reckon(cup(), both, { settings: { discountStrategy: 'byPriority' } })).toMatchObject({ value: 9000, codes: [] });
		expect(reckon(cup(), both, { settings: { discountStrategy: 'byLuck' } })).toMatchObject({ value: 9000, codes: ['DISCOUNT_STRATEGY_UNKNOWN'] });
	});

	it('take no more than everything', () => expect(reckon(cup(), [percent('a', 70), percent('b', 70)]).value).toBe(0));

	it('of which the terms say nothing: the best for the buyer, with a remark', () => {
		const goods = cup({ salePrices: [price('Retail', 10_000), price('Wholesale', 8000)] });
		expect(reckon(goods, [special('w', 'Wholesale'), percent('a', 10)])).toMatchObject({ value: 8000, codes: ['DISCOUNT_TOGETHER'] });
		expect(reckon(goods, [special('w', 'Wholesale'), percent('a', 30)])).toMatchObject({ value: 7000, codes: ['DISCOUNT_TOGETHER'] });
		expect(reckon(goods, [special('w', 'Wholesale'), special('f', 'Retail', 7900)])).toMatchObject({ value: 7900, codes: ['DISCOUNT_TOGETHER'] });
		expect(reckon(goods, [special('w', 'Wholesale'), percent('a', 10)], { settings: { discountStrategy: 'byPriority' } })).toMatchObject({ value: 8000, codes: [] });
	});
});

describe('a special price', () => {
	it('is that of another type, or a fixed one', () => {
		const goods = cup({ salePrices: [price('Retail', 10_000), price('Wholesale', 7550)] });
		expect(reckon(goods, [special('w', 'Wholesale')])).toMatchObject({ value: 7550, codes: [] });
		expect(reckon(goods, [special('f', 'Wholesale', 6999)])).toMatchObject({ value: 6999, codes: [] });
	});

	it('that is not set does nothing', () => expect(reckon(cup({ salePrices: [price('Retail', 10_000), price('Wholesale', 0)] }), [special('w', 'Wholesale')])).toMatchObject({ value: 10_000, codes: [] }));

	it('above the base price is left, with a remark', () => {
		expect(reckon(cup({ salePrices: [price('Retail', 10_000), price('Wholesale', 12_000)] }), [special('w', 'Wholesale')])).toMatchObject({ value: 10_000, codes: ['DISCOUNT_ABOVE_PRICE'] });
	});

	it('in another currency is left, with a remark', () => {
		const goods = cup({ salePrices: [price('Retail', 10_000), price('Export', 100, USD)] });
		expect(reckon(goods, [special('e', 'Export')])).toMatchObject({ value: 10_000, codes: ['DISCOUNT_CURRENCY'] });
		expect(reckon(cup({ salePrices: [price('Retail', 100, USD)] }), [special('f', 'Retail', 50)])).toMatchObject({ value: 100, codes: ['DISCOUNT_CURRENCY'] });
	});

	it('counts where the base price is not set', () => {
		const unset = cup({ salePrices: [price('Retail', 0), price('Wholesale', 7000)] });
		expect(reckon(unset, [special('w', 'Wholesale')]).value).toBe(7000);
		expect(reckon(unset, [percent('a', 10)]).value).toBe(0);
	});

	it('P1: that is nothing but 0 stays 0, not "set"', () => expect(reckon(cup({ salePrices: [price('Retail', 0)] }), []).value).toBe(0));
});

describe('the minimum price', () => {
	const settings = { checkMinPrice: true };
	const cheap = cup({ minPrice: { value: 8500, currency: link('currency', 'RUB') } });

	it('holds where documents raise prices to it', () => {
		expect(reckon(cheap, [percent('a', 30)], { settings }).value).toBe(8500);
		expect(reckon(cheap, [percent('a', 10)], { settings }).value).toBe(9000);
		expect(reckon(cheap, [percent('a', 30)]).value).toBe(7000);
	});

	it('never raises a price above the base price', () => {
		expect(reckon(cup({ minPrice: { value: 20_000, currency: link('currency', 'RUB') } }), [percent('a', 30)], { settings }).value).toBe(10_000);
	});

	it('in another currency leaves no price', () => {
		expect(reckon(cup({ minPrice: { value: 1, currency: USD } }), [percent('a', 30)], { settings })).toMatchObject({ value: undefined, codes: ['DISCOUNT_MINIMUM_CURRENCY'] });
	});
});

describe('the rounding off of kopecks', () => {
	const rounding = other('discount', 'Округление');

	it('is a remark, or cuts prices down on request while it is active', () => {
		const discounts = [percent('a', 33.33), rounding];
		expect(reckon(cup(), discounts)).toMatchObject({ value: 6667, codes: ['DISCOUNT_ROUNDING'] });
		expect(reckon(cup(), discounts, { book: { roundOff: true } })).toMatchObject({ value: 6600, codes: [] });
		expect(reckon(cup(), [percent('a', 33.33)], { book: { roundOff: true } }).value).toBe(6667);
		expect(reckon(cup({ salePrices: [price('Retail', 99)] }), [rounding], { book: { roundOff: true } }).value).toBe(99);
	});
});

describe('a personal discount', () => {
	const discounts = [personal('p'), percent('a', 10)];

	it('counts where the whole group has the same percentage', () => {
		expect(reckon(cup(), discounts, { row: { tag: 'vip' }, personal: percents(['p', 7]) })).toMatchObject({ value: 8300, codes: [] });
		expect(reckon(cup(), discounts, { row: { tag: 'vip' }, personal: percents(['p', 0]) })).toMatchObject({ value: 9000, codes: [] });
		expect(reckon(cup(), [personal('p', { allProducts: false })], { row: { tag: 'vip' }, personal: percents(['p', 7]) })).toMatchObject({ value: 10_000, codes: [] });
	});

	it('is a remark where it differs, and in a price for everybody', () => {
		expect(reckon(cup(), discounts, { row: { tag: 'vip' }, personal: percents(['p', 'varies']) })).toMatchObject({ value: 9000, codes: ['DISCOUNT_PERSONAL_VARIES'] });
		expect(reckon(cup(), discounts)).toMatchObject({ value: 9000, codes: ['DISCOUNT_PERSONAL_FOR_ALL'] });
	});
});

describe('what cannot be a price', () => {
	it.each([
		['accumulationdiscount', { levels: [{ amount: 0, discount: 50 }] }, 'DISCOUNT_ACCUMULATING'],
		['bonusprogram', {}, 'DISCOUNT_BONUS_PROGRAM'],
		['discount', {}, 'DISCOUNT_ROUNDING'],
		['luckydraw', {}, 'DISCOUNT_KIND_UNKNOWN'],
	])('%s is a finding and changes nothing', (type, more, code) => expect(reckon(cup(), [other(type, 'x', more)])).toMatchObject({ value: 10_000, codes: [code] }));

	it.each([[-5], [100.5], [250]])('%s per cent is a finding and changes nothing', (value) => expect(reckon(cup(), [percent('x', value)])).toMatchObject({ value: 10_000, codes: ['DISCOUNT_PERCENT_UNFIT'] }));

	it.each([
		['nothing', null],
		['no link', { name: 'x', active: true }],
		['a percentage that is no number', percent('x', 'ten' as never)],
		['a special price without its type', { ...special('x', 'Wholesale'), specialPrice: null }],
		['goods as a mere link', percent('x', 5, { assortment: { meta: { href: 'x' } } })],
	])('%s is a finding and spoils nothing', (_, bad) => expect(reckon(cup(), [bad as Json, percent('a', 10)])).toMatchObject({ value: 9000, codes: ['DISCOUNT_UNREADABLE'] }));

	it('is said once, however many goods there are', () => {
		const { codes } = reckon(cup(), [other('accumulationdiscount', 'x'), other('accumulationdiscount', 'x'), other('accumulationdiscount', 'y')]);
		expect(codes).toEqual(['DISCOUNT_ACCUMULATING', 'DISCOUNT_ACCUMULATING']);
	});
});

describe('names of computed prices', () => {
	it.each([
		['', 'DISCOUNT_PRICE_NAME'],
		['retail', 'DISCOUNT_PRICE_NAME'],
	])('“%s” is none', (name, code) => expect(() => reckon(cup(), [], { row: { name } })).toThrow(expect.objectContaining({ code }) as Error));

	it('a group needs its tag', () => expect(() => reckon(cup(), [], { row: { tag: ' ' } })).toThrow(expect.objectContaining({ code: 'DISCOUNT_GROUP_EMPTY' }) as Error));
});
