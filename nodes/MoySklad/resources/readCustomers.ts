import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { failedResult, newestByKey, type CustomerCard } from '../../../core';
import { itemFailure } from '../../shared/errors';
import type { BulkOperation, Operation } from '../../shared/operation';
import { sha1 } from '../../shared/sha1';
import { customerIn } from '../counterparties/customerIn';
import { customerProperties } from '../counterparties/properties';
import { customerKey } from './counterpartyFromCustomer/task';

interface Customer {
	item: number;
	card: CustomerCard;
	key: string;
}

const operation: BulkOperation = {
	value: 'readCustomers',
	name: 'Read Customers From Items',
	action: 'Read customers from items',
	description: 'Give the customer of each item once, with the key under which links and decisions about it are kept. MoySklad is not called.',
	properties: customerProperties,
	async all() {
		const failed: INodeExecutionData[] = [];
		const siteKey = String(this.getNodeParameter('siteKey', 0, ''));
		const customers = this.getInputData().flatMap((_, item): Customer[] => {
			try {
				const card = customerIn(this, item, { siteKey, payerTypes: [] });
				return [{ item, card, key: customerKey(sha1, card) }];
			} catch (error) {
				failed.push({ json: failedResult('failed', '', itemFailure(error)) as unknown as IDataObject, pairedItem: { item } });
				return [];
			}
		});
		const done = [...newestByKey(customers).values()].map(({ item, card, key }) => ({ json: { key, customer: card as unknown as IDataObject }, pairedItem: { item } }));
		return await Promise.resolve([done, failed]);
	},
};

/** Hangs in the resource Counterparty of MoySklad Entity. */
export const readCustomers: Operation = operation;
