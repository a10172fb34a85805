import { readOperations } from './entityResource';

export const assortment = readOperations({
	value: 'assortment',
	entity: 'assortment',
	name: 'Assortment',
	plural: 'assortment items',
	includes: ['components', 'country', 'images', 'product', 'productFolder', 'supplier', 'uom'],
	entities: ['product', 'variant', 'bundle', 'service'],
});
