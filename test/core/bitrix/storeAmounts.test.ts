import { answeredQuantity, basketList, readBasketLine, readQuantities, readStore, readStoreAmount } from '../../../core';

const unexpected = expect.objectContaining({ code: 'ANSWER_UNEXPECTED' });

describe('Stores of Bitrix', () => {
	it('are called by their title, or by the address that all of them have', () => {
		expect(readStore({ id: '3', title: 'Main', address: 'Street 1', active: 'Y' })).toEqual({ id: 3, title: 'Main', active: true });
		expect(readStore({ id: 3, title: '', address: 'Street 1', active: 'N' })).toEqual({ id: 3, title: 'Street 1', active: false });
	});
});

describe('Amounts of Bitrix', () => {
	const row = { productId: 7, storeId: '2', amount: '3.5', quantityReserved: 1 };

	it('are numbers or texts', () => expect(readStoreAmount(row)).toEqual({ productId: 7, storeId: 2, amount: 3.5, reserved: 1 }));

	it('empty is zero, and what is not there at all is not', () => {
		expect(readStoreAmount({ ...row, amount: null })).toMatchObject({ amount: 0 });
		expect(readQuantities({ quantity: null, quantityReserved: '2' })).toEqual({ quantity: 0, reserved: 2 });
		for (const name of ['amount', 'quantityReserved', 'productId', 'storeId']) expect(() => readStoreAmount({ ...row, [name]: undefined })).toThrow(unexpected);
		expect(() => readQuantities({ quantityReserved: 0 })).toThrow(unexpected);
		expect(() => readQuantities({ quantity: '', quantityReserved: 0 })).toThrow(unexpected);
	});

	it('T2: an answer says the quantity, or says nothing of it', () => {
		expect(answeredQuantity({ quantity: '4.0' })).toBe(4);
		expect(answeredQuantity({ quantity: null })).toBe(0);
		expect(answeredQuantity({})).toBeUndefined();
	});
});

describe('Lines of orders', () => {
	it('are asked for by their orders', () => expect(basketList([1, 2]).parameters.filter).toEqual({ '@orderId': [1, 2] }));

	it('are read with their product; free lines have none', () => {
		expect(readBasketLine({ orderId: '1', productId: 5, quantity: '2.5' }, new Set([1]))).toEqual({ orderId: 1, productId: 5, quantity: 2.5 });
		expect(readBasketLine({ orderId: 1, productId: null, quantity: 1 }, new Set([1])).productId).toBe(0);
	});

	it('T1: of other orders are refused, and so are unreadable ones', () => {
		expect(() => readBasketLine({ orderId: 3, quantity: 1 }, new Set([1]))).toThrow(expect.objectContaining({ code: 'BITRIX_FILTER_IGNORED' }));
		expect(() => readBasketLine({ orderId: 1 }, new Set([1]))).toThrow(unexpected);
	});
});
