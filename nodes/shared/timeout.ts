import type { INodeProperties } from 'n8n-workflow';
import { SyncError } from '../../core';

/** How long a credential lets a call wait, in seconds. */
export interface TimeoutRange {
	usual: number;
	longest: number;
}

/** Less than that, and healthy servers would be given up on. */
const SHORTEST = 10;

/** An answer of MoySklad may take 300 s, and Node's own client waits no longer for one to begin. */
export const MOYSKLAD_TIMEOUT: TimeoutRange = { usual: 300, longest: 300 };

/** Bitrix24 cuts a request off after 60 s; a site may take as long as its web server lets it. */
export const BITRIX_TIMEOUT: TimeoutRange = { usual: 120, longest: 600 };

/** The field of a credential in which it is entered. */
export const timeoutField = ({ usual, longest }: TimeoutRange, description: string): INodeProperties => ({
	displayName: 'Timeout (Seconds)',
	name: 'timeoutSeconds',
	type: 'number',
	typeOptions: { minValue: SHORTEST, maxValue: longest },
	default: usual,
	description: description + ` From ${SHORTEST} to ${longest}.`,
});

/** What was entered, in milliseconds; the usual where nothing was, as in credentials older than the field. Throws TIMEOUT_INVALID. */
export function timeoutMilliseconds(entered: unknown, { usual, longest }: TimeoutRange): number {
	if (entered === undefined || entered === null || entered === '') return usual * 1000;
	const seconds = Number(entered);
	if (!(seconds >= SHORTEST && seconds <= longest)) throw new SyncError('TIMEOUT_INVALID', { entered: String(entered), shortest: SHORTEST, longest });
	return seconds * 1000;
}
