import { z } from 'zod';
import { SyncError } from '../../errors';
import { isUuid } from '../../moysklad/reference';
import { firstIssue } from '../issue';
import { fromJson } from '../json';

const decisionSchema = z.object({
	key: z.string().min(1),
	/** The id of the counterparty that the customer is, or what else is to be done. */
	take: z.union([z.enum(['create', 'skip']), z.string().refine(isUuid, 'neither create nor skip nor an ID')]),
	/** Whose fields win where both sides changed them. */
	fields: z.enum(['source', 'target']).nullish(),
});

/** What a person decided about a doubtful customer. */
export type Decision = z.output<typeof decisionSchema>;

/** The decision that came with an item, also as text; undefined when there is none. Throws COUNTERPARTY_DECISION_INVALID. */
export function readDecision(value: unknown, key: string): Decision | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const parsed = decisionSchema.safeParse(typeof value === 'string' ? fromJson(value) : value);
	if (!parsed.success) throw invalid(firstIssue(parsed.error));
	if (parsed.data.key !== key) throw invalid('its key is that of another customer');
	return parsed.data;
}

const invalid = (reason: string): SyncError => new SyncError('COUNTERPARTY_DECISION_INVALID', { reason });
