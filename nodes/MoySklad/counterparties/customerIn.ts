import type { IExecuteFunctions } from 'n8n-workflow';
import { fromJson, readCard, SyncError, type CardReading, type CustomerCard } from '../../../core';

/** The customer that an item tells of, by the parameters `customerProperties`. Throws what `readCard` throws. */
export function customerIn(context: IExecuteFunctions, item: number, reading: CardReading): CustomerCard {
	if (context.getNodeParameter('customerData', item) === 'fields') return readCard(parameterIn(context, 'customerFields', item), reading);
	const value = parameterIn(context, 'customer', item);
	const json = typeof value === 'string' ? fromJson(value) : value;
	if (json === undefined) throw new SyncError('COUNTERPARTY_UNREADABLE', { reason: 'it is no JSON' });
	return readCard(json, reading);
}

/** n8n looks through the whole value of a parameter, and has no room for objects within objects without end. */
function parameterIn(context: IExecuteFunctions, name: string, item: number): unknown {
	try {
		return context.getNodeParameter(name, item);
	} catch (error) {
		return unreadable(error);
	}
}

function unreadable(error: unknown): never {
	if (error instanceof Error && error.message.includes('call stack')) throw new SyncError('COUNTERPARTY_UNREADABLE', { reason: 'objects within objects without end' }, { cause: error });
	throw error;
}
