import { createHash } from 'crypto';
import { originOf } from '../../../core';

/**
 * 12 hex characters for an n8n instance at a base address, which must be valid: so a clone of n8n elsewhere does not take
 * production's webhooks for its own (rule W1).
 */
export const instanceKey = (instanceId: string, base: string): string =>
	createHash('sha256')
		.update(`${instanceId} ${originOf(base)}`)
		.digest('hex')
		.slice(0, 12);
