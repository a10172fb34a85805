import { counterpartyFromCustomer } from './counterpartyFromCustomer';
import { allOperations } from './entityResource';

export const counterparty = allOperations(
	{
		value: 'counterparty',
		entity: 'counterparty',
		name: 'Counterparty',
		plural: 'counterparties',
		includes: ['state'],
	},
	[counterpartyFromCustomer],
);
