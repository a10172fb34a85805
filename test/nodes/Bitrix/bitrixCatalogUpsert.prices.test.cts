import { PIECE, price, product, RUB, service, USD, uuid, variant } from '../catalog/items.cts';
import { Site, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const remarks = (results: Result[]): string[] => results.flatMap(({ warnings }) => warnings.map(({ code }) => code));

const pairs = (...rows: Array<[string, number]>) => ({
	priceTypes: { pair: rows.map(([from, to]) => ({ from: { __rl: true, mode: 'id', value: from }, to: { __rl: true, mode: 'id', value: String(to) } })) },
});

describe('Bitrix Catalog Upsert: prices', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const cup = (...prices: object[]) => product('cup', { salePrices: prices as never });

	it('go to the types of the same name, and the first one to the base price', async () => {
		await site.upsert([cup(price(100.5), price(80, 'opt'), price(70, 'Nowhere'))]);
		expect(site.prices('cup')).toEqual({ BASE: '100.5 RUB', OPT: '80 RUB' });
	});

	it('go where the user says, and nowhere else', async () => {
		await site.upsert([cup(price(100), price(80, 'OPT'), price(70, 'Old'))], pairs(['Old', 3], [uuid('OPT'), 2]));
		expect(site.prices('cup')).toEqual({ OLD: '70 RUB', OPT: '80 RUB' });
		const run = await site.run('upsertItems', [cup(price(1))], pairs(['Old', 99]));
		expect(run.error?.description).toContain('CATALOG_TARGET_MISSING');
	});

	it('go where an expression says, as a list or as its JSON, unless the user added pairs', async () => {
		const given = [{ from: 'Old', fromName: 'Old', to: '3' }];
		await site.upsert([cup(price(100), price(70, 'Old'))], { priceOptions: { pairs: JSON.stringify(given) } });
		expect(site.prices('cup')).toEqual({ OLD: '70 RUB' });
		await site.upsert([cup(price(100), price(80, 'Old'))], { priceOptions: { pairs: `={{ ${JSON.stringify(given)} }}` } });
		expect(site.prices('cup')).toEqual({ OLD: '80 RUB' });
		await site.upsert([cup(price(100), price(90, 'OPT'))], { priceOptions: { pairs: JSON.stringify(given) }, ...pairs(['OPT', 2]) });
		expect(site.prices('cup')).toEqual({ OLD: '80 RUB', OPT: '90 RUB' });
		await site.upsert([product('new', { salePrices: [price(5)] })], { priceOptions: { pairs: '={{ undefined }}' } });
		expect(site.prices('new')).toEqual({ BASE: '5 RUB' });
		const run = await site.run('upsertItems', [cup(price(1))], { priceOptions: { pairs: '{ "from": "Old" }' } });
		expect(run.error?.description).toContain('CATALOG_TARGET_MISSING');
	});

	it('T4: of other types are never touched; T5: those that are there are updated', async () => {
		await site.upsert([cup(price(100))]);
		const { prices } = site.bitrix.portal.store;
		const { id: productId } = site.element('cup');
		prices.add({ ...prices.all()[0], id: undefined, productId, catalogGroupId: 2, price: 5000 } as never);
		const [result] = await site.upsert([cup(price(110))]);
		expect(result?.changes).toEqual([{ field: 'BASE', from: '100 RUB', to: '110 RUB' }]);
		expect(site.prices('cup')).toEqual({ BASE: '110 RUB', OPT: '50 RUB' });
	});

	it('are compared exactly and written with kopecks', async () => {
		await site.upsert([cup(price(0.07)), product('b', { salePrices: [price(1234567.89)] })]);
		expect(site.prices('cup')).toEqual({ BASE: '0.07 RUB' });
		expect(site.prices('b')).toEqual({ BASE: '1234567.89 RUB' });
		expect(codes(await site.upsert([cup(price(0.07)), product('b', { salePrices: [price(1234567.89)] })]))).toEqual(['unchanged', 'unchanged']);
	});

	describe('P1: of 0', () => {
		const zero = (policy: string) => ({ priceOptions: { zero: policy } });
		beforeEach(async () => void (await site.upsert([cup(price(100))])));

		it('leave the old one by default', async () => {
			const results = await site.upsert([cup(price(0))]);
			expect(codes(results)).toEqual(['unchanged']);
			expect(remarks(results)).toEqual(['CATALOG_PRICE_ZERO']);
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB' });
		});

		it('hide the item on request, and a price shows it again', async () => {
			expect(codes(await site.upsert([cup(price(0))], zero('deactivate')))).toEqual(['deactivated']);
			expect(site.element('cup').active).toBe('N');
			expect(codes(await site.upsert([product('new', { salePrices: [price(0)] })], zero('deactivate')))).toEqual(['skipped']);
			expect(codes(await site.upsert([cup(price(100))], zero('deactivate')))).toEqual(['updated']);
			expect(site.element('cup').active).toBe('Y');
		});

		it('do not hide the item when only another price than the base is 0', async () => {
			await site.upsert([cup(price(100), price(0, 'OPT'))], zero('deactivate'));
			expect(site.element('cup').active).toBe('Y');
		});

		it('are deleted or written on request', async () => {
			const [deleted] = await site.upsert([cup(price(0))], zero('delete'));
			expect(deleted?.changes).toEqual([{ field: 'BASE', from: '100 RUB', to: null }]);
			expect(site.prices('cup')).toEqual({});
			await site.upsert([cup(price(0))], zero('write'));
			expect(site.prices('cup')).toEqual({ BASE: '0 RUB' });
		});
	});

	it('P1: that fall by more than half hold the whole item', async () => {
		await site.upsert([cup(price(100))]);
		const [held] = await site.upsert([product('cup', { salePrices: [price(49)], weight: 9 })]);
		expect(held).toMatchObject({ status: 'conflict', error: { code: 'CATALOG_PRICE_FALL' }, changes: [{ field: 'BASE', from: '100 RUB', to: '49 RUB' }] });
		expect(held?.error?.message).toBe('The price BASE would fall from 100 RUB to 49 RUB, which is more than 50 %');
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB' });
		expect(site.element('cup').weight).toBe(1500);
		expect(codes(await site.upsert([cup(price(50))]))).toEqual(['updated']);
		expect(codes(await site.upsert([cup(price(10))], { priceOptions: { largestFall: 0 } }))).toEqual(['updated']);
	});

	it('that depend on the quantity are left alone', async () => {
		await site.upsert([cup(price(100))]);
		const [row] = site.bitrix.portal.store.prices.all();
		site.bitrix.portal.store.prices.update(row?.id ?? 0, { quantityFrom: 1, quantityTo: 9 });
		expect(remarks(await site.upsert([cup(price(90))]))).toEqual(['CATALOG_PRICE_RANGES']);
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB' });
	});

	it('from an expression are in the currency of the account', async () => {
		const change = [{ target: { __rl: true, mode: 'id', value: 'price:2' }, value: 'expression', expression: '={{ $json.salePrices[0].value / 100 * 0.9 }}', policy: 'always' }];
		await site.upsert([cup(price(100))], { mapping: { change } });
		expect(site.prices('cup')).toEqual({ BASE: '100 RUB', OPT: '90 RUB' });
	});

	describe('in several currencies', () => {
		const both = () => cup(price(100), price(10, 'EXPORT', USD));
		const expanded = (currency: object, isoCode: string) => ({ ...currency, isoCode }) as never;

		it('have the currency that the item says', async () => {
			await site.upsert([cup(price(100, undefined, expanded(RUB, 'RUB')), price(10, 'EXPORT', expanded(USD, 'USD')))]);
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB', EXPORT: '10 USD' });
		});

		it('are looked up in MoySklad, in one call', async () => {
			const currencies = site.moySklad.account.table('currency').all();
			const [usd] = currencies.filter(({ isoCode }) => isoCode === 'USD');
			const [rub] = currencies.filter(({ isoCode }) => isoCode === 'RUB');
			const link = (id: unknown) => ({ meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/currency/${String(id)}`, type: 'currency' } });
			const before = site.moySklad.counters.snapshot().calls;
			await site.upsert([cup(price(100, undefined, link(rub?.id)), price(10, 'EXPORT', link(usd?.id)))]);
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB', EXPORT: '10 USD' });
			expect(site.moySklad.counters.snapshot().calls).toBe(before + 1);
		});

		it('are not written when nobody knows their currency', async () => {
			const results = await site.upsert([both()], {}, { withMoySklad: false });
			expect(remarks(results)).toEqual(['CATALOG_CURRENCY_UNKNOWN', 'CATALOG_CURRENCY_UNKNOWN']);
			expect(site.prices('cup')).toEqual({});
		});

		it('are not written in a currency that no price of the store uses, until the user enters it', async () => {
			await site.upsert([product('first')]);
			const item = cup(price(100, undefined, expanded(RUB, 'RUB')), price(10, 'EXPORT', expanded(USD, 'USD')));
			const results = await site.upsert([item]);
			expect(remarks(results)).toEqual(['CATALOG_CURRENCY_UNUSED']);
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB' });
			await site.upsert([item], { priceOptions: { currencies: { row: [{ from: 'USD', to: 'USD' }] } } });
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB', EXPORT: '10 USD' });
			expect(codes(await site.upsert([item]))).toEqual(['unchanged']);
		});
	});

	it('are taken for those of the account when all are in one currency', async () => {
		await site.upsert([cup(price(100))], { priceOptions: { accountCurrency: 'EUR' } }, { withMoySklad: false });
		expect(site.prices('cup')).toEqual({ BASE: '100 EUR' });
	});

	describe('alone (Update Prices)', () => {
		it('are written, and nothing else', async () => {
			const shirt = product('shirt', { variantsCount: 1 });
			const red = (amount: number) => variant('red', shirt, { Цвет: 'Красный' }, { salePrices: [price(amount)] });
			await site.upsert([cup(price(100)), shirt, red(100)]);
			site.resetCounters();
			const results = await site.results('updatePrices', [product('cup', { salePrices: [price(90)], weight: 9 }), red(95), product('missing')]);
			expect(codes(results)).toEqual(['updated', 'updated', 'skipped']);
			expect(remarks(results)).toEqual(['CATALOG_ITEM_MISSING']);
			expect(site.prices('cup')).toEqual({ BASE: '90 RUB' });
			expect(site.prices('shirt#red')).toEqual({ BASE: '95 RUB' });
			expect(site.element('cup').weight).toBe(1500);
			expect(site.writes()).toBe(2);
		});

		it('change nothing in a preview, and hold falls', async () => {
			await site.upsert([cup(price(100))]);
			expect(codes(await site.results('updatePrices', [cup(price(90))], { preview: true }))).toEqual(['planned']);
			expect(codes(await site.results('updatePrices', [cup(price(9))]))).toEqual(['CATALOG_PRICE_FALL']);
			expect(codes(await site.results('updatePrices', [cup(price(100))]))).toEqual(['unchanged']);
			expect(site.prices('cup')).toEqual({ BASE: '100 RUB' });
		});
	});
});

describe('Bitrix Catalog Upsert: VAT, units and weight', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const rate = (effectiveVat: number, effectiveVatEnabled: boolean, more = {}) => product(`v${effectiveVat}${effectiveVatEnabled}`, { effectiveVat, effectiveVatEnabled, ...more });
	const rateOf = (key: string) => site.bitrix.portal.store.vats.get(site.element(key).vatId ?? 0)?.rate;

	it('P3: the effective rate counts; 0 % is not "without"', async () => {
		await site.upsert([rate(20, true, { vat: 10, vatEnabled: true }), rate(10, true), rate(0, true), rate(0, false)]);
		expect(['v20true', 'v10true', 'v0true', 'v0false'].map(rateOf)).toEqual([20, 10, 0, null]);
		expect(codes(await site.upsert([rate(20, true), rate(10, true), rate(0, true), rate(0, false)]))).toEqual(Array(4).fill('unchanged'));
	});

	it('P3: rates are matched by value, also those that nobody has thought of', async () => {
		const { vats } = site.bitrix.portal.store;
		vats.add({ name: 'VAT', rate: 7.5, active: 'Y', sort: 1, xmlId: null, timestampX: 0 });
		await site.upsert([rate(7.5, true)]);
		expect(rateOf('v7.5true')).toBe(7.5);
		const results = await site.upsert([rate(22, true)]);
		expect(remarks(results)).toEqual(['CATALOG_VAT_UNKNOWN']);
		expect(site.element('v22true').vatId).toBeNull();
	});

	it('P3: a rate that is there twice is left alone, and hidden ones do not count', async () => {
		const { vats } = site.bitrix.portal.store;
		const { id } = vats.add({ name: 'НДС 20 (2)', rate: 20, active: 'Y', sort: 1, xmlId: null, timestampX: 0 });
		expect(remarks(await site.upsert([rate(20, true)]))).toEqual(['CATALOG_VAT_UNKNOWN']);
		vats.update(id, { active: 'N' });
		expect((await site.upsert([rate(20, true)]))[0]?.changes).toEqual([{ field: 'VAT', from: 'without', to: '20 %' }]);
	});

	it('P3: "without" needs no row of its own', async () => {
		const { vats } = site.bitrix.portal.store;
		await site.upsert([rate(20, true)]);
		vats.remove(vats.all().find((one) => one.rate === null)?.id ?? 0);
		await site.upsert([{ ...rate(0, false), ...{ id: rate(20, true).id, externalCode: rate(20, true).externalCode } }]);
		expect(site.element('v20true').vatId || null).toBeNull();
	});

	it('P4: OKEI codes are numbers, whatever zeros they begin with', async () => {
		await site.upsert([product('m', { uom: { ...PIECE, name: 'м', code: '006' } }), product('p'), service('s', { uom: { ...PIECE, name: 'кг', code: '166' } })]);
		const codeOf = (key: string) => site.bitrix.portal.store.measures.get(site.element(key).measure ?? 0)?.code;
		expect(['m', 'p', 's'].map(codeOf)).toEqual([6, 796, 166]);
	});

	it('P4: a unit without a code, or with one that Bitrix lacks, is a finding', async () => {
		const results = await site.upsert([product('a', { uom: { ...PIECE, name: 'паллета', code: undefined } }), product('b', { uom: { ...PIECE, name: 'миля', code: '012' } })]);
		expect(codes(results)).toEqual(['created', 'created']);
		expect(remarks(results)).toEqual(['CATALOG_UNIT_WITHOUT_CODE', 'CATALOG_UNIT_UNKNOWN']);
	});

	it('P4: a unit goes where somebody confirmed it, whatever its code, and by its code where that unit is gone', async () => {
		const { measures } = site.bitrix.portal.store;
		const idOf = (code: number) => measures.all().find((one) => one.code === code)?.id ?? 0;
		const unitPairs = [{ from: 'any', fromName: 'Паллета', to: String(idOf(166)) }, { from: 'шт', to: idOf(6) }, { from: 'м', to: '999' }];
		const results = await site.upsert([
			product('a', { uom: { ...PIECE, name: 'паллета', code: undefined } }), product('b', { uom: { ...PIECE, name: 'шт' } }), product('c', { uom: { ...PIECE, name: 'м', code: '006' } }),
		], { options: { unitPairs } });
		expect(remarks(results)).toEqual([]);
		expect(['a', 'b', 'c'].map((key) => measures.get(site.element(key).measure ?? 0)?.code)).toEqual([166, 6, 6]);
		const run = await site.run('upsertItems', [product('d')], { options: { unitPairs: '{ "from": "шт" }' } });
		expect(run.error?.description).toContain('CATALOG_TARGET_MISSING');
	});

	it('P4: weight is in grams, from kilograms or on request from grams', async () => {
		await site.upsert([product('kg', { weight: 0.015 })]);
		await site.upsert([product('g', { weight: 250 })], { options: { weightUnit: 'gram' } });
		expect([site.element('kg').weight, site.element('g').weight]).toEqual([15, 250]);
	});
});
