import type { SyncError, WriteResult } from '../../../core';

/** The result of an order that could not be read, in the form of all failed results. */
export const unreadable = (id: string, error: SyncError): WriteResult => ({
	status: 'failed',
	key: id,
	moySkladId: null,
	bitrixId: id,
	changes: [],
	warnings: [],
	error: error.report(),
});
