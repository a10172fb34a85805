import { deletedGoods, readDeleted, readFolder, readGoods, SyncError } from '../../../core';

const API = 'https://api.moysklad.ru/api/remap/1.2';
const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const OTHER = '1111ef04-f831-11e5-7a69-971500188b19';
const link = (type: string, id = ID) => ({ meta: { href: `${API}/entity/${type}/${id}`, type } });
const product = (more: object = {}) => ({ ...link('product'), id: ID, externalCode: 'e', name: 'Cup', ...more });

function codeOf(json: unknown): string {
	try {
		readGoods(json);
		return 'read';
	} catch (error) {
		return error instanceof SyncError ? `${error.code}: ${error.message}` : String(error);
	}
}

describe('goods of MoySklad', () => {
	it('are read whole', () => {
		const goods = readGoods(product({
			code: 17, article: 'A', description: 'D', archived: false, variantsCount: 2, effectiveVat: 20, effectiveVatEnabled: true, uom: { ...link('uom'), name: 'шт', code: '796' },
			weight: 1.5, volume: 0.2, barcodes: [{ ean13: '1' }, { code128: '2' }], country: { ...link('country'), name: 'Россия' },
			salePrices: [{ value: 100.5, currency: { ...link('currency'), isoCode: 'RUB' }, priceType: { ...link('pricetype', OTHER), id: OTHER, name: 'Retail' } }],
			attributes: [{ ...link('attributemetadata'), id: OTHER, name: 'Brand', type: 'customentity', value: { ...link('customentity', ID), name: 'Sever' } }],
			images: { meta: { href: 'x', size: 1 }, rows: [{ meta: { href: `${API}/entity/product/${ID}/images/${OTHER}`, downloadHref: 'd' }, filename: 'a.png', size: 5, updated: 'u' }] },
		}));
		expect(goods).toMatchObject({
			kind: 'product', id: ID, externalCode: 'e', code: '17', variantsCount: 2, vat: 20, unit: { name: 'шт', code: '796' }, barcodes: ['1', '2'], country: 'Россия',
			prices: [{ typeId: OTHER, typeName: 'Retail', value: 100.5, currencyId: ID, currency: 'RUB' }],
			attributes: [{ id: OTHER, name: 'Brand', value: { id: ID, name: 'Sever' } }],
			pictures: [{ id: OTHER, filename: 'a.png', size: 5, updated: 'u', downloadHref: 'd' }],
		});
	});

	it.each([
		[{ effectiveVat: 20, effectiveVatEnabled: true, vat: 10, vatEnabled: true }, 20],
		[{ effectiveVat: 0, effectiveVatEnabled: true }, 0],
		[{ effectiveVat: 0, effectiveVatEnabled: false }, 'without'],
		[{ effectiveVat: 20, effectiveVatEnabled: false }, 'without'],
		[{ effectiveVat: 10 }, 10],
		[{ vat: 10, vatEnabled: true }, 10],
		[{ vat: 10, vatEnabled: false }, 'without'],
		[{ vat: 10 }, null],
		[{}, null],
	])('P3: %j is the VAT %s', (json, vat) => expect(readGoods(product(json)).vat).toBe(vat));

	it('are read where numbers come as text, lists as bare arrays, and links without their objects', () => {
		const goods = readGoods(product({ weight: '1.5', attributes: { rows: [{ ...link('attributemetadata', OTHER), name: 'A', type: 'string', value: 'x' }] }, images: [], productFolder: link('productfolder', OTHER), uom: link('uom'), supplier: link('counterparty') }));
		expect(goods).toMatchObject({ weight: 1.5, attributes: [{ id: OTHER, value: 'x' }], pictures: [], folder: { id: OTHER, name: null, externalCode: null }, unit: null, supplier: null });
		expect(readGoods(product({ images: { meta: { href: 'x', size: 2 } } })).pictures).toBeNull();
	});

	it('say which field cannot be read', () => {
		expect(codeOf({})).toContain('its kind is not said');
		expect(codeOf(product({ meta: link('store').meta }))).toContain('its kind is store');
		expect(codeOf(product({ salePrices: [{ value: 'one' }] }))).toContain('salePrices.0.value');
		expect(codeOf(product({ archived: 'no' }))).toContain('CATALOG_ITEM_UNREADABLE: The item is not a good or folder of MoySklad as its API gives it: archived');
		expect(codeOf({ meta: { href: 'x', type: 'product' } })).toContain('has no id');
		expect(codeOf({ ...link('variant'), name: 'x' })).toContain('a variant without its product');
		expect(codeOf(null)).toContain('CATALOG_ITEM_UNREADABLE');
	});

	it('variants have what their product has: folder, VAT, unit, weight, additional fields', () => {
		const parent = product({ weight: 2, effectiveVat: 10, effectiveVatEnabled: true, uom: { name: 'кг', code: '166' }, productFolder: { ...link('productfolder', OTHER), name: 'F', externalCode: 'f' }, attributes: [{ ...link('attributemetadata', OTHER), name: 'A', type: 'string', value: 'x' }] });
		const variant = readGoods({ ...link('variant', OTHER), name: 'Cup (red)', externalCode: 'v', product: parent, characteristics: [{ id: OTHER, name: 'Colour', value: 'red' }], salePrices: [] });
		expect(variant).toMatchObject({ kind: 'variant', weight: 2, vat: 10, unit: { code: '166' }, folder: { name: 'F' }, attributes: [{ value: 'x' }], parent: { id: ID, name: 'Cup' } });
	});

	it('moments of additional fields become ISO', () => {
		const at = (value: string) => readGoods(product({ attributes: [{ ...link('attributemetadata'), name: 'A', type: 'time', value }] })).attributes[0]?.value;
		expect(at('2026-11-21 03:00:00.000')).toBe('2026-11-21T00:00:00.000Z');
		expect(at('soon')).toBe('soon');
	});

	it('empty additional fields are none', () => {
		const attributes = [{ ...link('attributemetadata'), name: 'A', type: 'string', value: null }, { ...link('attributemetadata'), name: 'B', type: 'boolean', value: false }];
		expect(readGoods(product({ attributes })).attributes.map(({ name }) => name)).toEqual(['B']);
	});

	it('deleted ones are known by kind and id', () => {
		expect(readDeleted({ deleted: true, entity: 'variant', id: ID.toUpperCase(), action: 'DELETE' })).toEqual({ entity: 'variant', id: ID });
		expect(readDeleted(product())).toBeUndefined();
		expect(readDeleted(undefined)).toBeUndefined();
		expect(deletedGoods({ entity: 'bundle', id: ID })).toMatchObject({ kind: 'bundle', id: ID, archived: true, name: null });
		expect(() => deletedGoods({ entity: 'store', id: ID })).toThrow('a deleted store is no good');
	});

	it('folders come with their whole chain', () => {
		const folder = readFolder({ ...link('productfolder'), name: 'C', externalCode: 'c', productFolder: { ...link('productfolder', OTHER), name: 'B', externalCode: 'b', productFolder: link('productfolder') } });
		expect(folder).toMatchObject({ name: 'C', parent: { name: 'B', parent: { name: null, parent: null } } });
	});
});
