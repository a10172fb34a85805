import { counterpartyDuplicates } from './counterpartyDuplicates';
import { counterpartyFromCustomer } from './counterpartyFromCustomer';
import { allOperations } from './entityResource';
import { readCustomers } from './readCustomers';

export const counterparty = allOperations(
	{
		value: 'counterparty',
		entity: 'counterparty',
		name: 'Counterparty',
		plural: 'counterparties',
		includes: ['state'],
	},
	[counterpartyDuplicates, counterpartyFromCustomer, readCustomers],
);
