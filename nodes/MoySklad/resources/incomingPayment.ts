import { allOperations } from './entityResource';
import { operations } from './writing/rows';

export const incomingPayment = allOperations({
	value: 'incomingPayment',
	entity: 'paymentin',
	name: 'Incoming Payment',
	plural: 'incoming payments',
	includes: ['agent', 'state'],
	rows: [operations],
});
