import { allOperations } from './entityResource';
import { barcodes, components, salePrices } from './writing/rows';

export const bundle = allOperations({
	value: 'bundle',
	entity: 'bundle',
	name: 'Bundle',
	plural: 'bundles',
	includes: ['components', 'country', 'images', 'productFolder', 'uom'],
	rows: [barcodes, components, salePrices],
});
