import { allOperations } from './entityResource';
import { barcodes, salePrices } from './writing/rows';

export const service = allOperations({
	value: 'service',
	entity: 'service',
	name: 'Service',
	plural: 'services',
	includes: ['productFolder', 'uom'],
	rows: [barcodes, salePrices],
});
