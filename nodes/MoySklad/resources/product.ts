import { allOperations } from './entityResource';
import { barcodes, salePrices } from './writing/rows';

export const product = allOperations({
	value: 'product',
	entity: 'product',
	name: 'Product',
	plural: 'products',
	includes: ['country', 'images', 'productFolder', 'supplier', 'uom'],
	rows: [barcodes, salePrices],
});
