import { getBalances } from './counterpartyBalances';
import type { EntityKind } from './entityKind';
import { allOperations } from './entityResource';

const kind: EntityKind = {
	value: 'counterparty',
	entity: 'counterparty',
	name: 'Counterparty',
	plural: 'counterparties',
	includes: ['state'],
};

export const counterparty = allOperations(kind, [getBalances(kind)]);
