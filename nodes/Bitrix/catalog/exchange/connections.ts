import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../../../core';
import { isExchange } from '../../../shared/bitrixConnection';
import type { BulkOperation } from '../../../shared/operation';
import { showFor } from '../../../shared/properties';

/** An operation over the exchange: its parameters and what it does. */
export interface OverExchange {
	properties: INodeProperties[];
	run(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** An operation that the exchange cannot carry. */
export const overRest = ({ properties, all, ...rest }: BulkOperation): BulkOperation => ({
	...rest,
	properties: showFor(properties, { connection: ['rest'] }),
	async all() {
		if (isExchange(this)) throw new SyncError('CATALOG_NEEDS_REST', { what: rest.name });
		return await all.call(this);
	},
});

/** The same operation for both connections: each shows its own parameters. */
export const overBoth = (rest: BulkOperation, exchange: OverExchange): BulkOperation => ({
	...rest,
	properties: [...showFor(rest.properties, { connection: ['rest'] }), ...showFor(exchange.properties, { connection: ['exchange'] })],
	async all() {
		return isExchange(this) ? await exchange.run(this) : await rest.all.call(this);
	},
});
