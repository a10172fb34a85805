import { errorOf, freshExchange } from './exchangeBench.cts';
import {
	catalogFile,
	classifier,
	good,
	listProperty,
	tag,
	value,
	values,
	namedOffer,
	offer,
	price,
	prices,
	storeRest,
	quantity,
	rests,
} from './exchangeXml.cts';

const bench = freshExchange({ exchange: { useOffers: true } });

describe('variants in a block of their own', () => {
	beforeEach(async () => void (await bench.sendGoods([good('p'), good('q')])));

	it('are linked to the product before the first #', async () => {
		await bench.sendOffers([namedOffer('p#a'), namedOffer('p#b#c')]);
		expect(bench.element('p#a')).toMatchObject({
			type: 4,
			parent: bench.element('p')?.id,
			iblockId: bench.bitrix.catalogs.main.offers,
		});
		expect(bench.element('p#b#c')?.parent).toBe(bench.element('p')?.id);
		expect(bench.element('p')?.type).toBe(3);
		expect(bench.tables.iblocks.get(bench.bitrix.catalogs.main.offers)).toMatchObject({
			xmlId: 'cat#',
			name: 'Пакет',
			productIblockId: bench.bitrix.catalogs.main.products,
		});
	});

	it('without a product are free offers; without a name they are not made', async () => {
		await bench.sendOffers([
			namedOffer('nobody#a'),
			offer('p#a', prices(price('retail', 5))),
			offer('p#b', rests(storeRest('main', 1))),
		]);
		expect(bench.element('nobody#a')).toMatchObject({ type: 5, parent: null });
		expect([bench.element('p#a'), bench.element('p#b')]).toEqual([undefined, undefined]);
	});

	it('have properties of the block of offers, characteristics as texts only', async () => {
		const classes = classifier(tag('Свойства', listProperty('size', 'Размер', { m: 'M' })));
		const characteristics = tag(
			'ХарактеристикиТовара',
			tag('ХарактеристикаТовара', [tag('Наименование', 'Размер'), tag('Значение', 'M')]),
		);
		await bench.sendOffers([namedOffer('p#a', values(['size', value('m')]), characteristics)], { classifier: classes });
		const [size] = bench.tables.properties.all().filter(({ xmlId }) => xmlId === 'size');
		expect(size?.iblockId).toBe(bench.bitrix.catalogs.main.offers);
		expect(bench.element('p#a')?.properties[size?.id ?? 0]).toMatchObject([
			{
				value: bench.tables.enums.all().find(({ xmlId }) => xmlId === 'm')?.id,
			},
		]);
	});

	it('a second product block gets offers of its own, made when it is needed', async () => {
		await bench.goods.send(catalogFile([good('x')], { id: 'second', name: 'Второй' }));
		await bench.sendOffers([namedOffer('x#1')], { id: 'second#', catalogId: 'second', name: 'Второй пакет' });
		await bench.sendOffers([namedOffer('p#1')]);
		const offers = bench.tables.iblocks.get(bench.element('x#1')?.iblockId ?? 0);
		const products = bench.tables.iblocks.get(bench.element('x')?.iblockId ?? 0);
		expect(offers).toMatchObject({ productIblockId: products?.id, isCatalog: true });
		expect([products?.isCatalog, bench.element('x#1')?.parent]).toEqual([true, bench.element('x')?.id]);
		expect(bench.element('p#1')?.iblockId).not.toBe(offers?.id);
	});

	it('ids without # change the product itself, unless the site forces offers', async () => {
		await bench.sendOffers([namedOffer('q', prices(price('retail', 500)), quantity(7))]);
		expect([bench.prices('q'), bench.element('q')?.quantity, bench.element('q')?.type]).toEqual([
			[['retail', 500, 'RUB']],
			7,
			1,
		]);
		bench.set({ forceOffers: true });
		await bench.sendOffers([namedOffer('q', prices(price('retail', 600)))]);
		const forced = bench.tables.elements
			.where('xmlId', 'q')
			.find(({ iblockId }) => iblockId === bench.bitrix.catalogs.main.offers);
		expect(forced).toMatchObject({ type: 4, parent: bench.element('q')?.id });
		expect(bench.prices('q')).toEqual([['retail', 500, 'RUB']]);
	});

	it('are left out whole when their checksum is the same, with prices and stock', async () => {
		const same = (amount: number): string =>
			namedOffer('p#a', tag('НомерВерсии', '1'), prices(price('retail', amount)), quantity(amount));
		await bench.sendOffers([same(5)]);
		await bench.sendOffers([same(6)]);
		expect([bench.prices('p#a'), bench.element('p#a')?.quantity]).toEqual([[['retail', 5, 'RUB']], 5]);
		bench.tables.elements.update(bench.element('p#a')?.id ?? 0, { active: 'N' });
		await bench.sendOffers([same(6)]);
		expect(bench.element('p#a')?.active).toBe('Y');
	});

	it('are hidden by their status, with an id only; so is a product', async () => {
		await bench.sendOffers([namedOffer('p#a')]);
		await bench.sendOffers([offer('p#a', tag('Статус', 'Удален')), offer('q', tag('Статус', 'Удален'))]);
		expect([bench.element('p#a')?.active, bench.element('q')?.active]).toEqual(['N', 'N']);
		await bench.sendOffers([namedOffer('p#a'), namedOffer('q')]);
		expect([bench.element('p#a')?.active, bench.element('q')?.active]).toEqual(['Y', 'Y']);
	});

	it('in full mode those that are not in the file are deleted, also by files of prices and of rests', async () => {
		await bench.sendOffers([namedOffer('p#a'), namedOffer('p#b'), namedOffer('p#c')]);
		await bench.sendOffers([offer('p#a', prices(price('retail', 5))), offer('p#b', prices(price('retail', 5)))], {
			changesOnly: false,
		});
		expect(bench.element('p#c')).toBeUndefined();
		await bench.sendOffers([offer('p#a', rests(storeRest('main', 1)))], { changesOnly: false });
		expect([bench.element('p#a')?.xmlId, bench.element('p#b'), bench.element('p')?.xmlId]).toEqual(['p#a', undefined, 'p']);
	});

	it('ИзмененияПакетаПредложений never deletes and never renames', async () => {
		await bench.sendOffers([namedOffer('p#a'), namedOffer('p#b')], { name: 'First' });
		await bench.sendOffers([offer('p#a', prices(price('retail', 5)))], {
			element: 'ИзмененияПакетаПредложений',
			changesOnly: false,
			name: 'Second',
		});
		expect([bench.element('p#b')?.active, bench.prices('p#a')]).toEqual(['Y', [['retail', 5, 'RUB']]]);
		expect(bench.tables.iblocks.get(bench.bitrix.catalogs.main.offers)?.name).toBe('First');
	});
});

describe('one block for all', () => {
	beforeEach(async () => {
		bench.set({ useOffers: false });
		await bench.sendGoods([good('p', tag('Описание', 'x')), good('q')]);
	});

	it('offers only set prices and stock; those of variants find nothing, without a word', async () => {
		const replies = await bench.sendOffers([
			namedOffer('p', prices(price('retail', 5)), quantity(3)),
			namedOffer('p#a', prices(price('retail', 5))),
		]);
		expect(errorOf(replies)).toBeUndefined();
		expect([bench.prices('p'), bench.element('p')?.quantity, bench.element('p#a')]).toEqual([
			[['retail', 5, 'RUB']],
			3,
			undefined,
		]);
		expect(bench.element('p')).toMatchObject({
			name: 'Товар p',
			detailText: 'x',
			iblockId: bench.bitrix.catalogs.main.products,
		});
	});

	it('never deletes, and takes the name of the last package for the block', async () => {
		await bench.sendOffers([namedOffer('p')], { changesOnly: false, name: 'Цены' });
		expect(bench.element('q')?.active).toBe('Y');
		expect(bench.tables.iblocks.get(bench.bitrix.catalogs.main.products)).toMatchObject({ name: 'Цены', xmlId: 'cat' });
	});

	it('a package without its catalog goes into a stray block', async () => {
		const before = bench.tables.iblocks.size;
		await bench.sendOffers([namedOffer('p', prices(price('retail', 5)))], { catalogId: '' });
		expect(bench.tables.iblocks.size).toBe(before + 1);
		expect(bench.tables.iblocks.all().at(-1)).toMatchObject({ xmlId: 'cat#', name: 'Пакет' });
		expect(bench.prices('p')).toEqual([]);
	});

	it('a hidden product is shown again when it is named, not by prices alone', async () => {
		bench.tables.elements.update(bench.element('p')?.id ?? 0, { active: 'N' });
		await bench.sendOffers([offer('p', prices(price('retail', 5)))]);
		expect(bench.element('p')?.active).toBe('N');
		await bench.sendOffers([namedOffer('p', prices(price('retail', 5)))]);
		expect(bench.element('p')?.active).toBe('Y');
	});
});

describe('light updates', () => {
	beforeEach(async () => {
		await bench.sendGoods([good('p'), good('q')]);
		await bench.sendOffers([
			namedOffer('p#a', tag('Артикул', 'a'), prices(price('retail', 5), price('opt', 4)), quantity(9)),
		]);
	});

	it('of prices: an id and prices', async () => {
		await bench.sendOffers([offer('p#a', prices(price('retail', 6), price('opt', 5)))]);
		expect([bench.prices('p#a'), bench.element('p#a')?.quantity, bench.element('p#a')?.name]).toEqual([
			[
				['retail', 6, 'RUB'],
				['opt', 5, 'RUB'],
			],
			9,
			'Предложение p#a',
		]);
	});

	it('of rests: an id and rests', async () => {
		await bench.sendOffers([offer('p#a', rests(storeRest('main', 3), storeRest('shop', 2)))]);
		expect([bench.element('p#a')?.quantity, bench.amounts('p#a')]).toEqual([5, { main: 3, shop: 2 }]);
		await bench.sendOffers([offer('q', rests(tag('Остаток', quantity(4))))]);
		expect(bench.element('q')?.quantity).toBe(4);
	});

	it('with both, only prices count', async () => {
		await bench.sendOffers([offer('p#a', prices(price('retail', 7)), rests(storeRest('main', 3)))]);
		expect([bench.prices('p#a'), bench.element('p#a')?.quantity]).toEqual([[['retail', 7, 'RUB']], 9]);
	});

	it('with a name, rests do not count', async () => {
		await bench.sendOffers([namedOffer('p#a', rests(storeRest('main', 3)))]);
		expect([bench.element('p#a')?.quantity, bench.amounts('p#a')]).toEqual([9, {}]);
	});

	it('an empty list of prices changes nothing; in a whole update it deletes them', async () => {
		await bench.sendOffers([offer('p#a', prices())]);
		expect(bench.prices('p#a')).toHaveLength(2);
		await bench.sendOffers([namedOffer('p#a', prices())]);
		expect(bench.prices('p#a')).toEqual([]);
	});

	it('unknown ids are left out without a word', async () => {
		const replies = await bench.sendOffers([
			offer('p#x', prices(price('retail', 6))),
			offer('x', rests(storeRest('main', 3))),
		]);
		expect(errorOf(replies)).toBeUndefined();
		expect([bench.element('p#x'), bench.element('x')]).toEqual([undefined, undefined]);
	});
});
