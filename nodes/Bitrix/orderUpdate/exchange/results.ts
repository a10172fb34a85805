import { conflictShown, orderCopyLink, SyncError, type OrderCopyLink, type PlannedChange, type Warning, type WriteResult } from '../../../../core';
import type { ImportRemark } from '../../../../transport';

export type OrderResult = WriteResult<OrderCopyLink> & {
	/** The document that would be sent, in a preview. */
	xml?: string;
};

const nothing = (key: string): Omit<OrderResult, 'status'> => ({ key, moySkladId: null, bitrixId: key, changes: [], warnings: [] });

/** A failure, or a decision that somebody else has to take. */
export function refused(key: string, error: SyncError): OrderResult {
	return { ...nothing(key), ...conflictShown(error), status: error.kind === 'conflict' ? 'conflict' : 'failed', error: error.report() };
}

/** What was sent, or is not to be sent since nothing would change. The answer of a site is no proof. */
export function planned(key: string, { changes, warnings }: PlannedChange, status: 'planned' | 'unchanged', xml?: string): OrderResult {
	return { ...nothing(key), status, changes, warnings, ...(xml !== undefined && { xml }) };
}

export function sent(key: string, change: PlannedChange, flow: string, remarks: readonly ImportRemark[]): OrderResult {
	const own = remarks.filter(({ number }) => number === undefined || number === key || number === change.copy.number);
	const fatal = own.find(({ code, number }) => number !== undefined && code === 'EXCHANGE_ORDER_MISSING') ?? own.find(({ code }) => code === 'EXCHANGE_RESERVATION');
	if (fatal) return refused(key, new SyncError(fatal.code, { reason: fatal.text }));
	return { ...nothing(key), status: 'unverified', changes: change.changes, warnings: [...change.warnings, ...own.map(asWarning)], link: orderCopyLink(flow, change.copy, change.written) };
}

export function asWarning({ code, text }: ImportRemark): Warning {
	const { message, advice } = new SyncError(code, { reason: text });
	return { code, message, advice };
}
