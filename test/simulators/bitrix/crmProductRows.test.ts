import { freshCrm } from './crmClient';
import { type Json } from './restClient';

const bench = freshCrm();

describe('lines of goods', () => {
	const set = async (id: number, rows: Array<Record<string, unknown>>): Promise<unknown> =>
		await bench.crm.call('crm.deal.productrows.set', { id, rows });

	it('are all replaced, and the sum of the deal follows', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		await set(id, [
			{ PRODUCT_NAME: 'Стол', PRICE: 100.55, QUANTITY: 3, TAX_RATE: 20, TAX_INCLUDED: 'Y', SORT: 20 },
			{ PRODUCT_NAME: 'Стул', PRICE: 10, SORT: 10 },
		]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '311.65', TAX_VALUE: '50.28' });
		const rows = (await crm.call('crm.deal.productrows.get', { id })) as unknown as Json[];
		expect(rows).toMatchObject([
			{ OWNER_ID: String(id), OWNER_TYPE: 'D', PRODUCT_ID: 0, PRODUCT_NAME: 'Стул', PRICE: 10, QUANTITY: 1, TAX_RATE: null },
			{ PRODUCT_NAME: 'Стол', PRICE: 100.55, QUANTITY: 3, TAX_RATE: 20, TAX_INCLUDED: 'Y' },
		]);
		await set(id, [{ PRODUCT_NAME: 'Шкаф', PRICE: 7, QUANTITY: 0.5 }]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '3.50', TAX_VALUE: '0.00' });
		expect(await crm.call('crm.deal.productrows.get', { id })).toHaveLength(1);
		await set(id, []);
		expect(await crm.call('crm.deal.productrows.get', { id })).toEqual([]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '0.00' });
	});

	it('leave a sum alone that is kept by hand, and take it over when it is not any more', async () => {
		const { crm } = bench;
		const id = await crm.add('deal', { OPPORTUNITY: 5, IS_MANUAL_OPPORTUNITY: 'Y' });
		await set(id, [{ PRODUCT_NAME: 'Стол', PRICE: 100 }]);
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '5.00' });
		await crm.update('deal', id, { IS_MANUAL_OPPORTUNITY: 'N' });
		expect(await crm.get('deal', id)).toMatchObject({ OPPORTUNITY: '100.00' });
	});

	it('know the prices before discount and tax', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		await set(id, [
			{ PRODUCT_NAME: 'А', PRICE: 90_000, TAX_RATE: 10, TAX_INCLUDED: 'Y', DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 10 },
			{ PRODUCT_NAME: 'Б', PRICE: 900, DISCOUNT_TYPE_ID: 1, DISCOUNT_SUM: 100, SORT: 10 },
		]);
		expect(await crm.call('crm.deal.productrows.get', { id })).toMatchObject([
			{ PRICE_EXCLUSIVE: 81818.18181818, PRICE_NETTO: 90909.09090909, PRICE_BRUTTO: 100_000, DISCOUNT_SUM: 9090.90909091 },
			{ PRICE_EXCLUSIVE: 900, PRICE_NETTO: 1000, PRICE_BRUTTO: 1000, DISCOUNT_RATE: 10, DISCOUNT_SUM: 100 },
		]);
	});

	it('must have the discount that goes with its kind', async () => {
		const { crm } = bench;
		const id = await crm.add('deal');
		const rows = [{ PRODUCT_NAME: 'А', PRICE: 1, DISCOUNT_TYPE_ID: 1 }];
		expect(await crm.ask('crm.deal.productrows.set', { id, rows })).toMatchObject({ status: 400, error: 'ERROR_CORE' });
	});

	it('take name and unit from the catalog', async () => {
		const { crm, bitrix } = bench;
		const { element } = await crm.call('catalog.product.add', {
			fields: { iblockId: bitrix.catalogs.main.products, name: 'Сахар', measure: 4 },
		});
		const id = await crm.add('deal');
		await set(id, [{ PRODUCT_ID: element?.id, PRICE: 1 }]);
		expect(await crm.call('crm.deal.productrows.get', { id })).toMatchObject([
			{ PRODUCT_ID: element?.id, PRODUCT_NAME: 'Сахар', MEASURE_CODE: 166, MEASURE_NAME: 'кг', TYPE: 1 },
		]);
	});
});
