import type { IExecuteFunctions } from 'n8n-workflow';
import { fromJson, readCard, SyncError, type CardReading, type CustomerCard } from '../../../core';

/** The customer that an item tells of, by the parameters `customerProperties`. Throws what `readCard` throws. */
export function customerIn(context: IExecuteFunctions, item: number, reading: CardReading): CustomerCard {
	if (context.getNodeParameter('customerData', item) === 'fields') return readCard(context.getNodeParameter('customerFields', item, {}), reading);
	const value: unknown = context.getNodeParameter('customer', item);
	const json = typeof value === 'string' ? fromJson(value) : value;
	if (json === undefined) throw new SyncError('COUNTERPARTY_UNREADABLE', { reason: 'it is no JSON' });
	return readCard(json, reading);
}
