import { attachObjects, openReferences, simplified } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const API = 'https://api.moysklad.ru/api/remap/1.2/entity';
const link = (type: string) => ({ meta: { href: `${API}/${type}/${ID}`, type } });

it('A simplified object has no frames: links become ids, lists become lists, additional fields have names', () => {
	const row = {
		...link('product'), id: ID, accountId: 'x', owner: link('employee'), name: 'Lamp', uom: link('uom'),
		productFolder: { ...link('productfolder'), id: ID, name: 'Light', group: link('group'), productFolder: link('productfolder') },
		salePrices: [{ value: 100, currency: link('currency'), priceType: { ...link('pricetype'), id: ID, name: 'Retail' } }],
		attributes: [{ name: 'Colour', value: 'red' }],
		images: { meta: { href: `${API}/product/${ID}/images`, type: 'image', size: 0 } },
		components: { meta: { size: 1 }, rows: [{ quantity: 2, assortment: link('product') }] },
	};
	expect(simplified(row)).toEqual({
		entity: 'product', id: ID, name: 'Lamp', uom: ID, productFolder: { id: ID, name: 'Light', productFolder: ID },
		salePrices: [{ value: 100, currency: ID, priceType: { id: ID, name: 'Retail' } }],
		attributesByName: { Colour: 'red' },
		components: [{ quantity: 2, assortment: ID }],
	});
});

it('Links are found through lists, and replaced by what they lead to', () => {
	const bundle = { components: { rows: [{ assortment: link('product') }, { assortment: { ...link('variant'), id: ID } }] }, uom: link('uom') };
	const open = openReferences([bundle, {}], ['components', 'rows', 'assortment']);
	expect(open.map(({ field, id, meta }) => [field, id, meta.type])).toEqual([['assortment', ID, 'product']]);
	attachObjects([...open, ...openReferences([bundle], ['uom'])], new Map([[ID, { id: ID, name: 'Lamp' }]]));
	expect(bundle.components.rows[0]?.assortment).toEqual({ id: ID, name: 'Lamp' });
	expect(openReferences([bundle], ['components', 'rows', 'assortment'])).toEqual([]);
	attachObjects(openReferences([{ uom: link('uom') }], ['uom']), new Map());
});
