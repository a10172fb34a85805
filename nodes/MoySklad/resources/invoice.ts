import { allOperations } from './entityResource';
import { invoiceFromOrder } from './invoiceFromOrder';
import { positions } from './writing/rows';

export const invoice = allOperations(
	{
		value: 'invoice',
		entity: 'invoiceout',
		name: 'Invoice',
		plural: 'invoices',
		includes: ['agent', 'positions', 'state'],
		rows: [positions],
	},
	[invoiceFromOrder],
);
