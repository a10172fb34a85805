import { getBalances } from './counterpartyBalances';
import { counterpartyDuplicates } from './counterpartyDuplicates';
import { counterpartyFromCustomer } from './counterpartyFromCustomer';
import type { EntityKind } from './entityKind';
import { allOperations } from './entityResource';
import { readCustomers } from './readCustomers';

const kind: EntityKind = {
	value: 'counterparty',
	entity: 'counterparty',
	name: 'Counterparty',
	plural: 'counterparties',
	includes: ['state'],
};

export const counterparty = allOperations(kind, [counterpartyDuplicates, counterpartyFromCustomer, getBalances(kind), readCustomers]);
