import fc from 'fast-check';
import { entityDifferences, entityReference, leftOverElements, targetReference } from '../../../core';

const PRODUCT = '7944ef04-f831-11e5-7a69-971500188b19';
const OTHER = '8044ef04-f831-11e5-7a69-971500188b19';
const attribute = (id: string, value: unknown) => ({ meta: { href: `https://api.moysklad.ru/api/remap/1.2/entity/product/metadata/attributes/${id}`, type: 'attributemetadata' }, value });
const price = (id: string, value: number) => ({ value, priceType: targetReference('pricetype', id, '') });

describe('entityDifferences', () => {
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['equal texts', { name: 'Lamp' }, { name: 'Lamp' }],
		['a cleared field that is not there', {}, { description: null }],
		['an empty text that is not there', {}, { description: '' }],
		['a reference on another host', { uom: { meta: { href: `http://localhost/api/remap/1.2/entity/uom/${PRODUCT}` } } }, { uom: entityReference('uom', PRODUCT) }],
		['a reference that was expanded', { agent: { id: PRODUCT, name: 'A', meta: { href: `x/entity/counterparty/${PRODUCT}` } } }, { agent: entityReference('counterparty', PRODUCT) }],
		['seconds of a date that MoySklad drops', { moment: '2026-11-21 10:15:00.000' }, { moment: '2026-11-21 10:15:59.123' }],
		['missing milliseconds', { moment: '2026-11-21 10:15:07.000' }, { moment: '2026-11-21 10:15:07' }],
		['barcodes in another order', { barcodes: [{ ean13: '1' }, { upc: '2' }] }, { barcodes: [{ upc: '2' }, { ean13: '1' }] }],
		['a price without its currency', { minPrice: { value: 5, currency: entityReference('currency', OTHER) } }, { minPrice: { value: 5 } }],
		['a characteristic by its name', { characteristics: [{ id: 'x', name: 'Size', value: 'XL' }] }, { characteristics: [{ name: 'Size', value: 'XL' }] }],
		['an attribute that is cleared and empty', { attributes: [] }, { attributes: [attribute(PRODUCT, null)] }],
		['a file of the same name', { attributes: [attribute(PRODUCT, 'a.pdf')] }, { attributes: [{ ...attribute(PRODUCT, undefined), file: { filename: 'a.pdf', content: 'AA==' } }] }],
		['prices that are not named', { salePrices: [price(PRODUCT, 5), price(OTHER, 6)] }, { salePrices: [price(OTHER, 6)] }],
		[
			'positions that name their product by its kind',
			{ positions: { meta: {}, rows: [{ id: 'p', quantity: 1, price: 5, assortment: entityReference('product', PRODUCT) }] } },
			{ positions: [{ quantity: 1, product: entityReference('product', PRODUCT) }] },
		],
	])('sees none in %s', (_, present, wanted) => {
		expect(entityDifferences(present, wanted)).toEqual({ body: {}, changes: [] });
	});

	it('sends a date that the calendar does not have, for MoySklad to refuse', () => {
		expect(entityDifferences({ moment: '2026-11-21 10:15:00.000' }, { moment: '2026-02-30 25:61:00' }).changes).toEqual([{ field: 'moment', from: '2026-11-21 10:15:00.000', to: '2026-02-30 25:61:00' }]);
	});

	it('sends only what differs, and says it in readable words', () => {
		const present = { name: 'Lamp', article: 'A', uom: entityReference('uom', OTHER), buyPrice: { value: 100 } };
		const { body, changes } = entityDifferences(present, { name: 'Lamp', article: 'B', uom: entityReference('uom', PRODUCT), buyPrice: { value: 12345 } });
		expect(body).toEqual({ article: 'B', uom: entityReference('uom', PRODUCT), buyPrice: { value: 12345 } });
		expect(changes).toEqual([
			{ field: 'article', from: 'A', to: 'B' },
			{ field: 'uom', from: OTHER, to: PRODUCT },
			{ field: 'buyPrice', from: { value: '1' }, to: { value: '123.45' } },
		]);
	});

	it('sends only the attributes and prices that differ, since MoySklad merges them', () => {
		const present = {
			attributes: [{ ...attribute(PRODUCT, 'red'), name: 'Colour' }, { ...attribute(OTHER, true), name: 'On Site' }],
			salePrices: [{ ...price(PRODUCT, 100), priceType: { ...price(PRODUCT, 0).priceType, name: 'Retail' } }],
		};
		const { body, changes } = entityDifferences(present, { attributes: [attribute(PRODUCT, 'blue'), attribute(OTHER, true)], salePrices: [price(PRODUCT, 150), price(OTHER, 7)] });
		expect(body).toEqual({ attributes: [attribute(PRODUCT, 'blue')], salePrices: [price(PRODUCT, 150), price(OTHER, 7)] });
		expect(changes).toEqual([
			{ field: 'attributes.Colour', from: 'red', to: 'blue' },
			{ field: 'salePrices.Retail', from: '1', to: '1.5' },
			{ field: `salePrices.${OTHER}`, from: null, to: '0.07' },
		]);
	});

	it('keeps the ids of positions whose product stays', () => {
		const rows = [{ id: 'a', quantity: 1, assortment: entityReference('product', PRODUCT) }, { id: 'b', quantity: 2, assortment: entityReference('variant', OTHER) }];
		const wanted = [{ quantity: 3, assortment: entityReference('variant', OTHER) }, { quantity: 1, assortment: entityReference('product', PRODUCT) }, { quantity: 1, assortment: entityReference('product', PRODUCT) }];
		const { body } = entityDifferences({ positions: { meta: {}, rows } }, { positions: wanted });
		expect((body.positions as Array<{ id?: string }>).map(({ id }) => id)).toEqual(['b', 'a', undefined]);
		expect(leftOverElements({ rows }, [{ quantity: 3, assortment: entityReference('variant', OTHER) }])).toEqual([rows[0]]);
	});

	it('is empty after its body was merged in: what was written is not written again', () => {
		const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
		const object = fc.dictionary(fc.constantFrom('name', 'code', 'article', 'description', 'weight'), value);
		fc.assert(
			fc.property(object, object, (present, wanted) => {
				const { body, changes } = entityDifferences(present, wanted);
				expect(Object.keys(body)).toHaveLength(changes.length);
				expect(entityDifferences({ ...present, ...body }, wanted).changes).toEqual([]);
			}),
		);
	});
});
