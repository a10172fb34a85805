import { allOperations } from './entityResource';
import { positions } from './writing/rows';

export const shipment = allOperations({
	value: 'shipment',
	entity: 'demand',
	name: 'Shipment',
	plural: 'shipments',
	includes: ['agent', 'positions', 'state'],
	rows: [positions],
});
