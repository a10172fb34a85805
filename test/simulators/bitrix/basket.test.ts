import { freshShop } from './catalogClient';
import { must } from './restClient';
import { list, SaleClient } from './saleClient';

const bench = freshShop();
const sale = new SaleClient(bench);

describe('the basket', () => {
	it('the order costs the sum of its lines to the kopeck, and its delivery', async () => {
		const id = await sale.newOrder();
		await sale.addItem(id, { price: 99.99, quantity: 1.5 });
		await sale.addItem(id, { price: 0.01, quantity: 0.5 });
		await sale.addShipment(id, { priceDelivery: 350.5 });
		expect((await sale.getOrder(id)).price).toBe(149.99 + 0.01 + 350.5);
	});

	it('VAT is a fraction, inside the price or on top of it; without VAT is null', async () => {
		const id = await sale.newOrder();
		await sale.addItem(id, { price: 120, vatRate: 0.2, vatIncluded: 'Y' });
		await sale.addItem(id, { price: 100, vatRate: 0.1, vatIncluded: 'N' });
		await sale.addItem(id, { price: 50 });
		const order = await sale.getOrder(id);
		expect(order).toMatchObject({ price: 280, taxValue: 30 });
		expect(list(order.basketItems).map(({ vatRate, vatIncluded }) => [vatRate, vatIncluded])).toEqual([
			[0.2, 'Y'],
			[0.1, 'N'],
			[null, 'Y'],
		]);
	});

	it('components of a set cost nothing, and ids are texts', async () => {
		const id = await sale.newOrder();
		const set = await sale.addItem(id, { name: 'Набор', price: 300, type: 1 });
		await sale.addItem(id, { name: 'Часть', price: 200, setParentId: set.id });
		const order = await sale.getOrder(id);
		expect(order.price).toBe(300);
		expect(list(order.basketItems)).toMatchObject([
			{ id: set.id, orderId: String(id), type: 1, setParentId: '' },
			{ type: null, setParentId: set.id },
		]);
		await must(bench.shop.rest('sale.basketitem.delete', { id: set.id }));
		expect(await sale.getOrder(id)).toMatchObject({ price: 0, basketItems: [] });
	});

	it('prices are believed: nobody checks that the base price is the price and the discount', async () => {
		const id = await sale.newOrder();
		expect(await sale.addItem(id, { price: 80, basePrice: 100, discountPrice: 5, customPrice: 'Y' })).toMatchObject({
			price: 80,
			basePrice: 100,
			discountPrice: 5,
		});
		expect(await sale.addItem(id, { price: 80, discountPrice: 20 })).toMatchObject({ price: 80, basePrice: 100 });
	});

	it('a catalog product brings its name, code, unit, VAT and price', async () => {
		const id = await sale.newOrder();
		const product = await bench.shop.addProduct({
			xmlId: 'ms-1',
			quantity: 10,
			measure: 4,
			vatId: 4,
			vatIncluded: 'Y',
			weight: 250,
		});
		await must(
			bench.shop.rest('catalog.price.add', {
				fields: { productId: product.id, catalogGroupId: 1, price: 99.9, currency: 'RUB' },
			}),
		);
		const { basketItem } = await must(
			bench.shop.rest('sale.basketitem.addCatalogProduct', {
				fields: { orderId: id, productId: product.id, currency: 'RUB', quantity: 2, price: 1 },
			}),
		);
		expect(basketItem).toMatchObject({
			productId: product.id,
			productXmlId: 'ms-1',
			name: 'Кружка',
			price: 99.9,
			basePrice: 99.9,
			quantity: 2,
			measureCode: '166',
			measureName: 'кг',
			vatRate: 0.2,
			weight: 250,
			module: 'catalog',
			customPrice: 'N',
			properties: [{ code: 'CATALOG.XML_ID' }, { code: 'PRODUCT.XML_ID', value: 'ms-1' }],
			reservations: [{ quantity: 2, storeId: 1 }],
		});
		const tooMany = await bench.shop.rest('sale.basketitem.updateCatalogProduct', {
			id: basketItem?.id,
			fields: { quantity: 11 },
		});
		expect(tooMany).toMatchObject({ status: 400, error: 'SALE_BASKET_AVAILABLE_QUANTITY' });
	});

	it.each([
		['another currency', { currency: 'USD' }, '200140400011'],
		['an unknown product', { productId: 5 }, '200140400008'],
		['no quantity', { quantity: 0 }, '200140400009'],
		['a free line without name', { name: '' }, 0],
		['an unknown order', { orderId: 5 }, 200540400001],
	])('refuses %s', async (_case, fields, error) => {
		const orderId = await sale.newOrder();
		expect(
			await bench.shop.rest('sale.basketitem.add', {
				fields: { orderId, productId: 0, name: 'x', currency: 'RUB', quantity: 1, ...fields },
			}),
		).toMatchObject({ status: 400, error });
	});

	it('refuses an inactive product', async () => {
		const { id: productId } = await bench.shop.addProduct({ active: 'N' });
		expect(
			await bench.shop.rest('sale.basketitem.add', {
				fields: { orderId: await sale.newOrder(), productId, currency: 'RUB', quantity: 1 },
			}),
		).toMatchObject({ error: '200140400007' });
	});

	it('holds back what is ordered, until it is canceled or deleted', async () => {
		const { id: productId } = await bench.shop.addProduct({ quantity: 10 });
		const stock = async (): Promise<unknown[]> => {
			const { quantity, quantityReserved } = await bench.shop.getProduct(productId);
			return [quantity, quantityReserved];
		};
		const id = await sale.newOrder();
		const item = await sale.addItem(id, { productId, quantity: 3 });
		expect(await stock()).toEqual([7, 3]);
		await must(bench.shop.rest('sale.basketitem.update', { id: item.id, fields: { quantity: 5 } }));
		expect(await stock()).toEqual([5, 5]);
		await must(sale.update(id, { canceled: 'Y' }));
		expect(await stock()).toEqual([10, 0]);
		await must(sale.update(id, { canceled: 'N' }));
		expect(await stock()).toEqual([5, 5]);
		await must(bench.shop.rest('sale.order.delete', { id }));
		expect(await stock()).toEqual([10, 0]);
	});
});
