import fc from 'fast-check';
import {
	catalogIds, cmlGood, cmlOffer, DocumentCount, goodsDocument, offersDocument, planFiles, pricesDocument, restsDocument, sourceOf, writeDocument,
	type CmlDocument, type CmlGood, type CmlPrice, type CmlStore, type SyncError,
} from '../../../core';
import { bytesOf, log, textOf } from './files';
import { anyGoods, anyOffers, anyPrices, anyRests } from './models';
import { utf8 } from './xml/events';

const ids = catalogIds({ catalogId: 'cat' });
const formed = '2026-11-21T12:00:00';
const retail = { id: 'retail', name: 'Розничная', currency: 'RUB', tax: null };
const wholesale = { ...retail, id: 'wholesale', name: 'Оптовая' };
const store = (id: string): CmlStore => ({ id, name: id, address: null, comment: null, contacts: [] });
const price = (typeId: string, amount = '10'): CmlPrice => ({ typeId, amount, currency: 'RUB', unit: null, ratio: null, text: null, from: null, to: null });

const code = (expected: string): SyncError => expect.objectContaining({ code: expected }) as SyncError;

async function refusedBy<Item>(document: CmlDocument<Item>, item: Item): Promise<string | undefined> {
	const report = log();
	const text = await textOf(writeDocument(document, [item], report));
	const [refused] = report.refused;
	if (refused) expect(text).not.toMatch(/<(Товар|Предложение)>/);
	return refused?.code;
}

/** What each list of goods or offers in a document says of itself, as bytes say it. */
const marks = (text: string): string[] => [...text.matchAll(/<(?:Каталог|ПакетПредложений|ИзмененияПакетаПредложений)(?=[ >])([^>]*)>/g)].map(([, attributes]) => attributes ?? '');

describe('rule 1: a file changes only what it has', () => {
	it('whatever is written', async () =>
		await fc.assert(
			fc.asyncProperty(anyGoods, anyOffers, anyPrices, anyRests, async ({ classifier, goods }, offers, prices, rests) => {
				const priceTypes = { types: offers.types, isComplete: true };
				const texts = await Promise.all([
					textOf(writeDocument(goodsDocument({ ids, formed, classifier }), goods, log())),
					textOf(writeDocument(offersDocument({ ids, formed, classifier: offers.classifier, priceTypes, stores: offers.stores }), offers.offers, log())),
					textOf(writeDocument(pricesDocument({ ids, formed, priceTypes: { types: prices.types, isComplete: true } }), prices.offers, log())),
					textOf(writeDocument(restsDocument({ ids, formed, stores: rests.stores }), rests.offers, log())),
				]);
				for (const text of texts) expect(marks(text)).toEqual([' СодержитТолькоИзменения="true"']);
			}),
			{ numRuns: 50 },
		));

	it('and a document that says anything else is not accepted', () => {
		const counted = (list: string): void => {
			const count = new DocumentCount('import');
			count.push(utf8(`<КоммерческаяИнформация>${list}</КоммерческаяИнформация>`));
			count.endWith({ items: 0, elements: 2, bytes: 80 });
		};
		for (const mark of ['', ' СодержитТолькоИзменения="false"', ' СодержитТолькоИзменения="True"', ' СодержитТолькоИзменения="1"'])
			expect(() => counted(`<Каталог${mark}/>`)).toThrow(code('COMMERCEML_UNVERIFIED'));
		expect(() => counted('<ПакетПредложений СодержитТолькоИзменения="true"/>')).toThrow(code('COMMERCEML_UNVERIFIED'));
		expect(() => counted('<Каталог СодержитТолькоИзменения="true"/><Каталог СодержитТолькоИзменения="true"/>')).toThrow(code('COMMERCEML_UNVERIFIED'));
		expect(() => counted('')).toThrow(code('COMMERCEML_UNVERIFIED'));
	});
});

describe('rule 2: a file is whole before it is sent', () => {
	const document = goodsDocument({ ids, formed });
	const goods = Array.from({ length: 50 }, (_, index) => cmlGood({ id: String(index), name: `Товар ${index}` }));

	it('so that one which is cut anywhere is not accepted', async () => {
		const [file] = await planFiles(document, sourceOf(goods, (one) => one), log());
		const bytes = await bytesOf(file?.open() ?? (async function* () {})());
		expect(bytes).toHaveLength(file?.bytes ?? 0);
		const size = { items: 50, elements: file?.elements ?? 0, bytes: bytes.length };
		const check = (part: Uint8Array): void => {
			const count = new DocumentCount('import');
			count.push(part);
			count.endWith(size);
		};
		check(bytes);
		// Behind the last tag there is only a line end, whose lack the number of bytes shows.
		for (let length = 0; length < bytes.length; length += 1) expect(() => check(bytes.subarray(0, length))).toThrow(expect.objectContaining({ code: expect.stringMatching(/^XML_|^COMMERCEML_UNVERIFIED$/) as string }) as Error);
	});

	it('nor one with another number of goods', () => {
		const count = new DocumentCount('import');
		const bytes = utf8('<КоммерческаяИнформация><Каталог СодержитТолькоИзменения="true"><Товары><Товар/></Товары></Каталог></КоммерческаяИнформация>');
		count.push(bytes);
		expect(() => count.endWith({ items: 2, elements: 4, bytes: bytes.length })).toThrow(code('COMMERCEML_UNVERIFIED'));
	});

	it('and one that is not the same when it is opened again says so at its end', async () => {
		const list = goods.map((good) => ({ ...good }));
		const [file] = await planFiles(document, sourceOf(list, (one) => one), log());
		(list[7] as CmlGood).name = 'Другое имя';
		await expect(bytesOf(file?.open() ?? (async function* () {})())).rejects.toMatchObject({ code: 'COMMERCEML_UNVERIFIED' });
	});
});

describe('rule 6: prices are said all or not at all', () => {
	const priceTypes = { types: [retail, wholesale], isComplete: true };
	const document = pricesDocument({ ids, formed, priceTypes });

	it.each<[string, CmlPrice[], string | undefined]>([
		['all of them', [price('retail'), price('wholesale')], undefined],
		['one is missing', [price('retail')], 'COMMERCEML_PRICES_INCOMPLETE'],
		['none', [], 'COMMERCEML_PRICES_INCOMPLETE'],
		['one of another type', [price('retail'), price('wholesale'), price('vip')], 'COMMERCEML_PRICE_TYPE_UNKNOWN'],
		['one twice', [price('retail'), price('wholesale'), price('retail')], 'COMMERCEML_ID_REPEATED'],
		['one twice for other quantities', [price('retail'), price('wholesale'), { ...price('retail'), from: '10' }], undefined],
		['no number', [price('retail', 'сто'), price('wholesale')], 'COMMERCEML_NUMBER_UNFIT'],
		['a negative number', [price('retail', '-1'), price('wholesale')], 'COMMERCEML_NUMBER_UNFIT'],
		['a comma', [price('retail', '1,5'), price('wholesale')], 'COMMERCEML_NUMBER_UNFIT'],
		['a currency in Russian', [{ ...price('retail'), currency: 'руб' }, price('wholesale')], 'COMMERCEML_CURRENCY_INVALID'],
		['no currency', [{ ...price('retail'), currency: null }, price('wholesale')], 'COMMERCEML_CURRENCY_INVALID'],
	])('%s', async (_, prices, expected) => {
		expect(await refusedBy(document, { id: 'a#b', prices })).toBe(expected);
		expect(await refusedBy(offersDocument({ ids, formed, priceTypes }), cmlOffer({ id: 'a#b', name: 'A', prices }))).toBe(expected);
	});

	it('offers may say none, but not by halves', async () => {
		expect(await refusedBy(offersDocument({ ids, formed, priceTypes }), cmlOffer({ id: 'a', name: 'A' }))).toBeUndefined();
		expect(await refusedBy(offersDocument({ ids, formed }), cmlOffer({ id: 'a', name: 'A', prices: [] }))).toBe('COMMERCEML_PRICES_INCOMPLETE');
		expect(await refusedBy(offersDocument({ ids, formed }), cmlOffer({ id: 'a', name: 'A', prices: [price('retail')] }))).toBe('COMMERCEML_PRICE_TYPE_UNKNOWN');
	});

	it('not before somebody confirmed that the site has no other types', () => {
		expect(() => pricesDocument({ ids, formed, priceTypes: { types: [retail], isComplete: false } })).toThrow(code('COMMERCEML_PRICE_TYPES_UNCONFIRMED'));
		expect(() => pricesDocument({ ids, formed, priceTypes: { types: [], isComplete: true } })).toThrow(code('COMMERCEML_PRICE_TYPES_UNCONFIRMED'));
		expect(() => offersDocument({ ids, formed, priceTypes: { types: [retail], isComplete: false } })).toThrow(code('COMMERCEML_PRICE_TYPES_UNCONFIRMED'));
	});

	it('each type once: twice would fail the whole import', () =>
		expect(() => pricesDocument({ ids, formed, priceTypes: { types: [retail, retail], isComplete: true } })).toThrow(code('COMMERCEML_ID_REPEATED')));
});

describe('rule 7: the site knows all stores before it reads stock', () => {
	const stores = [store('main'), store('shop')];
	const amount = (storeId: string, number = '1') => ({ storeId, amount: number });

	it('since each file with stock has them in front of it', async () => {
		const text = await textOf(writeDocument(restsDocument({ ids, formed, stores }), [{ id: 'a', quantity: null, stores: [amount('main'), amount('shop')] }], log()));
		expect(text.indexOf('<Склады>')).toBeGreaterThan(0);
		expect(text.indexOf('</Склады>')).toBeLessThan(text.indexOf('<Предложения>'));
		expect(text.match(/<Склад>\n<Ид>(main|shop)<\/Ид>\n<Наименование>/g)).toHaveLength(2);
	});

	it.each<[string, Array<{ storeId: string; amount: string }> | null, string | null, string | undefined]>([
		['all stores', [amount('shop'), amount('main', '2.5')], null, undefined],
		['one is missing', [amount('main')], null, 'COMMERCEML_STORES_INCOMPLETE'],
		['another one', [amount('main'), amount('shop'), amount('moon')], null, 'COMMERCEML_STORES_INCOMPLETE'],
		['one twice', [amount('main'), amount('shop'), amount('main')], null, 'COMMERCEML_STORES_INCOMPLETE'],
		['no stores', null, null, 'COMMERCEML_STORES_INCOMPLETE'],
		['no stores but a total', null, '7', 'COMMERCEML_STORES_INCOMPLETE'],
		['a total beside them', [amount('shop'), amount('main')], '7', 'COMMERCEML_NUMBER_UNFIT'],
		['less than nothing', [amount('shop', '-1'), amount('main')], null, 'COMMERCEML_NUMBER_UNFIT'],
		['no number', [amount('shop', ''), amount('main')], null, 'COMMERCEML_NUMBER_UNFIT'],
	])('%s', async (_, list, quantity, expected) => expect(await refusedBy(restsDocument({ ids, formed, stores }), { id: 'a', quantity, stores: list })).toBe(expected));

	it('or stock is said in all, and then no store', async () => {
		const document = restsDocument({ ids, formed, stores: [] });
		expect(await refusedBy(document, { id: 'a', quantity: '7', stores: null })).toBeUndefined();
		expect(await refusedBy(document, { id: 'a', quantity: null, stores: null })).toBe('COMMERCEML_NUMBER_UNFIT');
		expect(await refusedBy(document, { id: 'a', quantity: null, stores: [amount('main')] })).toBe('COMMERCEML_STORES_INCOMPLETE');
		expect(await textOf(writeDocument(document, [{ id: 'a', quantity: '7', stores: null }], log()))).not.toContain('<Склад');
	});

	it('an empty address, which fails the whole import, is never written', async () => {
		const empty = [{ ...store('main'), address: '' }, { ...store('shop'), address: ' \u00A0' }];
		const text = await textOf(writeDocument(restsDocument({ ids, formed, stores: empty }), [], log()));
		expect(text).not.toContain('<Адрес>');
		expect(text).not.toContain('<Предложение>');
	});
});

describe('a light update', () => {
	it('has an id and one more element, or Bitrix would take it for something else', async () => {
		const prices = await textOf(writeDocument(pricesDocument({ ids, formed, priceTypes: { types: [retail], isComplete: true } }), [{ id: 'a', prices: [price('retail')] }], log()));
		expect(prices).toMatch(/<Предложение>\n<Ид>a<\/Ид>\n<Цены>(?:(?!<\/Цены>)[^])*<\/Цены>\n<\/Предложение>/);
		const rests = await textOf(writeDocument(restsDocument({ ids, formed, stores: [] }), [{ id: 'a', quantity: '1', stores: null }], log()));
		expect(rests).toMatch(/<Предложение>\n<Ид>a<\/Ид>\n<Остатки>(?:(?!<\/Остатки>)[^])*<\/Остатки>\n<\/Предложение>/);
	});
});
