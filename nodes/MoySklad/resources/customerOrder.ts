import { customerOrderFromBitrix } from './customerOrderFromBitrix';
import { deletedOrder } from './deletedOrder';
import { allOperations } from './entityResource';
import { orderDocuments } from './orderDocuments';
import { positions } from './writing/rows';

export const customerOrder = allOperations(
	{
		value: 'customerOrder',
		entity: 'customerorder',
		name: 'Customer Order',
		plural: 'customer orders',
		includes: ['agent', 'positions', 'state'],
		rows: [positions],
	},
	[customerOrderFromBitrix, deletedOrder, orderDocuments],
);
