import { allOperations } from './entityResource';
import { operations } from './writing/rows';

export const cashIn = allOperations({
	value: 'cashIn',
	entity: 'cashin',
	name: 'Cash In',
	plural: 'cash-in documents',
	includes: ['agent', 'state'],
	rows: [operations],
});
