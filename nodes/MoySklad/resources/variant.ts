import { allOperations } from './entityResource';
import { barcodes, characteristics, salePrices } from './writing/rows';

export const variant = allOperations({
	value: 'variant',
	entity: 'variant',
	name: 'Variant',
	plural: 'variants',
	includes: ['country', 'images', 'product', 'productFolder', 'supplier', 'uom'],
	rows: [barcodes, characteristics, salePrices],
});
