import type { IExecuteFunctions } from 'n8n-workflow';
import { exportMarks, SyncError, type CursorOwner } from '../../../../core';
import { confirmStored, type ExchangeConnection, type OrderQuery } from '../../../../transport';
import { exchangeKey, openQueries, withExchange } from '../../../shared/bitrixExchange';
import { exchangeLockProperties, exchangeSettings } from '../../../shared/exchangeProperties';
import type { BulkOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { confirmation, confirmationProperties } from '../confirmExport';
import { ownerProperties } from '../readingProperties';
import { isStored } from './changedPages';
import { exchangeOwner, exchangeReading, exchangeReadingOptions } from './properties';

/** Tells the site that the orders are stored, once all of them are. */
export const exchangeConfirmExport: BulkOperation = {
	value: 'confirm',
	name: 'Confirm Export',
	action: 'Confirm an export',
	description: 'Check that every exported order has been stored, and tell the site so. Orders that failed for good go to Failed.',
	properties: [...exchangeLockProperties, ...ownerProperties, ...confirmationProperties, optionsProperty(exchangeReadingOptions)],
	async all() {
		const owner = await exchangeOwner(this);
		const { given, outputs } = confirmation(this, owner);
		const marks = exportMarks(given);
		await withExchange(this, exchangeSettings(this), async (connection) => await confirm(this, connection, marks, owner));
		return outputs;
	},
};

/**
 * The session that read the orders confirms them. Where it is gone, or somebody else has logged in since, they are read once
 * more and confirmed when none of them has changed. Throws EXCHANGE_CONFIRM_OPEN.
 */
async function confirm(context: IExecuteFunctions, connection: ExchangeConnection, marks: Record<string, string>, owner: CursorOwner): Promise<void> {
	const open = openQueries().take(await exchangeKey(context));
	open?.query.goOnWith(connection);
	if (open && (await isConfirmed(open.query))) return;
	if (Object.keys(marks).length === 0) return;
	const reading = exchangeReading(context, owner);
	if (!(await confirmStored(connection, async (page) => await isStored(page, marks, reading)))) throw new SyncError('EXCHANGE_CONFIRM_OPEN');
}

/** Whether the site took the confirmation of the session that read the orders. */
async function isConfirmed(query: OrderQuery): Promise<boolean> {
	return await query.confirm().then(
		() => true,
		(error: unknown) => {
			if (error instanceof SyncError && error.code === 'EXCHANGE_CONFIRM_REFUSED') return false;
			throw error;
		},
	);
}
