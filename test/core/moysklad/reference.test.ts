import { entityReference, idOf, isUuid, pathOf } from '../../../core';

const id = '0f7b9a3e-1c2d-4e5f-8a9b-0123456789ab';

describe('references', () => {
	it.each([
		[`https://api.moysklad.ru/api/remap/1.2/entity/product/${id}`, id],
		[`https://api.moysklad.ru/api/remap/1.2/entity/product/${id}?expand=supplier`, id],
		[`https://online.moysklad.ru/api/remap/1.2/entity/customerorder/11111111-1111-1111-1111-111111111111/positions/${id}`, id],
		[id.toUpperCase(), id],
		['https://api.moysklad.ru/api/remap/1.2/entity/product', undefined],
		['', undefined],
	])('finds the id in %s', (href, expected) => expect(idOf(href)).toBe(expected));

	it('takes a reference, its meta, or nothing', () => {
		expect(idOf(entityReference('product', id))).toBe(id);
		expect(idOf(entityReference('product', id).meta)).toBe(id);
		expect(idOf(undefined)).toBeUndefined();
	});

	it('puts any host behind', () => {
		expect(pathOf(`https://online.moysklad.ru/api/remap/1.2/entity/product/${id}?limit=1`)).toBe(`/entity/product/${id}?limit=1`);
		expect(pathOf('http://127.0.0.1:4000/api/remap/1.2/audit')).toBe('/audit');
		expect(pathOf('/entity/product')).toBe('/entity/product');
		expect(pathOf('entity/product')).toBe('/entity/product');
	});

	it('knows a UUID', () => {
		expect(isUuid(id)).toBe(true);
		expect(isUuid(`${id}0`)).toBe(false);
	});
});
