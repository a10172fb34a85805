import type { IWebhookFunctions } from 'n8n-workflow';
import { SyncError, type BitrixEvent } from '../../../core';
import { bytesOf } from '../../shared/webhooks/reception';

/** What a call brings whose sender has proved who he is. */
export interface BroughtEvents {
	events: BitrixEvent[];
	/** Events that have not the documented form. */
	unreadable: number;
	/** By what the sender proved it; calls of one window that bring the same need no other proof. */
	proof: string;
}

/** Throws BITRIX_CALL_TOO_LARGE. */
export function checkSize(context: IWebhookFunctions, most: number): void {
	const bytes = bytesOf(context);
	if (bytes > most) throw new SyncError('BITRIX_CALL_TOO_LARGE', { size: `${bytes} bytes` });
}
