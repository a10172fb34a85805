import type { CatalogueEntry } from './entry';

/** What is said of fields that both sides can change, whatever they are fields of. */
export const fieldPolicyErrors = {
	FIELDS_FOR_REVIEW: {
		kind: 'conflict',
		retryable: false,
		message: 'Both sides changed {fields} since the last run, and a person has to decide',
		advice: 'Under changes, “from” is the value that is there and “to” the one that would be written. Make both sides equal by hand, or choose a conflict policy in which one of them wins.',
	},
	FIELDS_KEPT: {
		kind: 'data',
		retryable: false,
		message: 'Fields that both sides changed were left as they are: {fields}',
		advice: 'Nothing to do if that is right; the conflict policy of the node decides it.',
	},
} satisfies Record<string, CatalogueEntry>;
