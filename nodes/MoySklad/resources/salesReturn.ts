import { allOperations } from './entityResource';
import { positions } from './writing/rows';

export const salesReturn = allOperations({
	value: 'salesReturn',
	entity: 'salesreturn',
	name: 'Sales Return',
	plural: 'sales returns',
	includes: ['agent', 'positions', 'state'],
	rows: [positions],
});
