import { errorOf, freshExchange } from './exchangeBench.cts';
import type { ExchangeReply } from './exchangeClient.cts';
import {
	catalogFile,
	good,
	requisite,
	requisites,
	tag,
	namedOffer,
	offer,
	price,
	prices,
	priceType,
	storeAmount,
	storeRest,
	vatOfType,
	quantity,
	rests,
	type OffersFile,
} from './exchangeXml.cts';

const bench = freshExchange({ exchange: { useOffers: true } });

describe('prices', () => {
	const give = async (list: string, file: OffersFile = {}): Promise<ExchangeReply[]> =>
		await bench.sendOffers([offer('p', list)], file);
	beforeEach(async () => void (await bench.sendGoods([good('p')])));

	it('of types that are not listed are deleted', async () => {
		await give(prices(price('retail', 5), price('opt', 4)));
		const [kept] = bench.tables.prices.where('productId', bench.element('p')?.id);
		await give(prices(price('retail', 6)));
		expect(bench.prices('p')).toEqual([['retail', 6, 'RUB']]);
		expect(bench.tables.prices.where('productId', bench.element('p')?.id)[0]?.id).toBe(kept?.id);
	});

	it('of types that the file does not know count for nothing', async () => {
		await give(prices(price('retail', 5), price('BASE', 4)));
		expect(bench.prices('p')).toEqual([['retail', 5, 'RUB']]);
	});

	it('without types in the file, those of the site count', async () => {
		await give(prices(price('BASE', 4), price('retail', 5)), { more: '' });
		expect(bench.prices('p')).toEqual([['BASE', 4, 'RUB']]);
	});

	it('types are found by id, then by name, or made', async () => {
		const types = tag('ТипыЦен', [priceType('BASE', 'Other'), priceType('new-id', 'OLD'), priceType('third', 'Третья')]);
		const before = bench.tables.priceTypes.size;
		await give(prices(price('BASE', 1), price('new-id', 2), price('third', 3)), { more: types });
		expect(bench.tables.priceTypes.all().map(({ xmlId, name, base }) => [xmlId, name, base])).toEqual(
			expect.arrayContaining([
				['BASE', 'BASE', 'Y'],
				['new-id', 'OLD', 'N'],
				['third', 'Третья', 'N'],
			]),
		);
		expect(bench.tables.priceTypes.size).toBe(before + 1);
	});

	it.each([
		['0', 0],
		['1 234,50', 1234.5],
		['1050.505', 1050.51],
		['text', 0],
	])('%j is %d', async (text, roubles) => {
		await give(prices(price('retail', text)));
		expect(bench.prices('p')).toEqual([['retail', roubles, 'RUB']]);
	});

	it.each([
		['RUB', 'RUB', undefined],
		['usd', 'USD', undefined],
		['руб', 'RUB', undefined],
		['руб.', 'RUB', expect.stringContaining('руб.')],
		['643', 'RUB', expect.stringContaining('643')],
	])('the currency %j is %s', async (given, stored, error) => {
		const replies = await give(prices(price('retail', 5, given)));
		expect([bench.prices('p'), errorOf(replies)]).toEqual([[['retail', 5, stored]], error]);
		expect(replies.at(-1)?.word).toBe('success');
	});

	it('a missing currency is that of the type; without types it is wrong', async () => {
		const types = tag(
			'ТипыЦен',
			tag('ТипЦены', [tag('Ид', 'retail'), tag('Наименование', 'Розничная'), tag('Валюта', 'USD')]),
		);
		expect(errorOf(await give(prices(price('retail', 5, '')), { more: types }))).toBeUndefined();
		expect(bench.prices('p')).toEqual([['retail', 5, 'USD']]);
		expect(errorOf(await give(prices(price('BASE', 5, '')), { more: '' }))).toBeDefined();
		expect(bench.prices('p')).toEqual([['BASE', 5, 'RUB']]);
	});

	it('may stand in ranges of quantity', async () => {
		const range = (amount: number, from: number, to: number): string =>
			price('retail', amount).replace(
				'</Цена>',
				`${tag('КоличествоОт', String(from))}${tag('КоличествоДо', String(to))}</Цена>`,
			);
		await give(prices(range(5, 1, 9), range(4, 10, 0)));
		expect(bench.tables.prices.where('productId', bench.element('p')?.id)).toMatchObject([
			{ price: 500, quantityFrom: 1, quantityTo: 9 },
			{ price: 400, quantityFrom: 10, quantityTo: null },
		]);
	});
});

describe('VAT', () => {
	const taxed = (rate: string): string =>
		tag('СтавкиНалогов', [
			tag('СтавкаНалога', [tag('Наименование', 'Акциз'), tag('Ставка', '5')]),
			tag('СтавкаНалога', [tag('Наименование', 'НДС'), tag('Ставка', rate)]),
		]);
	const vat = (xmlId = 'p'): unknown => [
		bench.tables.vats.get(bench.element(xmlId)?.vatId ?? 0)?.rate,
		bench.element(xmlId)?.vatIncluded,
	];

	it.each([
		['20', 20],
		['10', 10],
		['0', 0],
		['Без НДС', null],
		['22', 22],
	])('the rate %s of the tax that the price type names', async (rate, known) => {
		await bench.sendGoods([good('p', taxed(rate))]);
		expect(vat()).toEqual([undefined, 'N']);
		await bench.sendOffers([offer('p', prices(price('retail', 5)))]);
		expect(vat()).toEqual([known, 'Y']);
	});

	it('is made where the site does not have that rate, once', async () => {
		const before = bench.tables.vats.size;
		await bench.sendGoods([good('p', taxed('22')), good('q', taxed('22'))]);
		await bench.sendOffers([offer('p', prices(price('retail', 5))), offer('q', prices(price('retail', 5)))]);
		expect(bench.tables.vats.size).toBe(before + 1);
	});

	it('is included when it is in all listed prices', async () => {
		await bench.sendGoods([good('p', taxed('20'))]);
		const more = tag('ТипыЦен', [
			priceType('retail', 'Розничная', vatOfType()),
			priceType('opt', 'Оптовая', vatOfType(false)),
		]);
		await bench.sendOffers([offer('p', prices(price('retail', 5), price('opt', 4)))], { more });
		expect(vat()).toEqual([20, 'N']);
		await bench.sendOffers([offer('p', prices(price('retail', 5)))], { more });
		expect(vat()).toEqual([20, 'Y']);
	});

	it('does not change without price types in the file, nor with a tax of another name', async () => {
		await bench.sendGoods([good('p', taxed('20'))]);
		await bench.sendOffers([offer('p', prices(price('BASE', 5)))], { more: '' });
		expect(vat()).toEqual([undefined, 'N']);
		const other = tag('Налог', [tag('Наименование', 'VAT'), tag('УчтеноВСумме', 'true')]);
		await bench.sendOffers([offer('p', prices(price('retail', 5)))], {
			more: tag('ТипыЦен', priceType('retail', 'Розничная', other)),
		});
		expect(vat()).toEqual([undefined, 'Y']);
	});

	it('of a variant is its own: that of the product does not count', async () => {
		await bench.sendGoods([good('p', taxed('20'))]);
		await bench.sendOffers([
			namedOffer('p#a', prices(price('retail', 5))),
			namedOffer('p#b', taxed('10'), prices(price('retail', 5))),
		]);
		expect([vat('p#a'), vat('p#b')]).toEqual([
			[undefined, 'Y'],
			[10, 'Y'],
		]);
	});
});

describe('stock', () => {
	const reserve = (amount: number): void =>
		void bench.tables.elements.update(bench.element('p')?.id ?? 0, { quantityReserved: amount });
	beforeEach(async () => {
		await bench.sendGoods([good('p')]);
		reserve(2);
	});

	it('as a number: what is reserved is taken off', async () => {
		await bench.sendOffers([namedOffer('p', quantity(10))]);
		expect(bench.element('p')?.quantity).toBe(8);
	});

	it('in stores beside prices: the sum, and nothing is taken off; stores win over the number', async () => {
		await bench.sendOffers([
			namedOffer('p', prices(price('retail', 5)), quantity(99), storeAmount('main', 10), storeAmount('shop', 5)),
		]);
		expect([bench.element('p')?.quantity, bench.amounts('p')]).toEqual([15, { main: 10, shop: 5 }]);
	});

	it('in stores as a list', async () => {
		const entry = (id: string, amount: number): string => tag('КоличествоНаСкладе', [tag('ИдСклада', id), quantity(amount)]);
		await bench.sendOffers([namedOffer('p', tag('КоличествоНаСкладах', [entry('main', 1.5), entry('shop', 2)]))]);
		expect([bench.element('p')?.quantity, bench.amounts('p')]).toEqual([3.5, { main: 1.5, shop: 2 }]);
	});

	it('in rests: what is reserved is taken off', async () => {
		await bench.sendOffers([offer('p', rests(storeRest('main', 10)))]);
		expect(bench.element('p')?.quantity).toBe(8);
		await bench.sendOffers([offer('p', rests(tag('Остаток', quantity(5))))]);
		expect(bench.element('p')?.quantity).toBe(3);
	});

	it('of a store that the site does not know is nothing', async () => {
		reserve(0);
		await bench.sendOffers([offer('p', rests(storeRest('main', 10)))]);
		await bench.sendOffers([offer('p', rests(storeRest('unknown', 10)))]);
		expect([bench.element('p')?.quantity, bench.amounts('p')]).toEqual([0, { main: 10 }]);
	});

	it('of stores that are not listed stays there, but is not counted; nor is that of inactive ones', async () => {
		reserve(0);
		await bench.sendOffers([offer('p', rests(storeRest('main', 10), storeRest('shop', 5)))]);
		await bench.sendOffers([offer('p', rests(storeRest('shop', 4)))]);
		expect([bench.element('p')?.quantity, bench.amounts('p')]).toEqual([4, { main: 10, shop: 4 }]);
		const main = bench.tables.stores.all().find(({ xmlId }) => xmlId === 'main');
		bench.tables.stores.update(main?.id ?? 0, { active: 'N' });
		await bench.sendOffers([offer('p', rests(storeRest('main', 7), storeRest('shop', 4)))]);
		expect([bench.element('p')?.quantity, bench.amounts('p')]).toEqual([4, { main: 7, shop: 4 }]);
	});

	it('can be given with goods, as prices can', async () => {
		await bench.goods.send(
			catalogFile([good('p', prices(price('BASE', 5)), quantity(12), requisites(requisite('a', 'b')))]),
		);
		expect([bench.element('p')?.quantity, bench.prices('p')]).toEqual([10, [['BASE', 5, 'RUB']]]);
	});
});
