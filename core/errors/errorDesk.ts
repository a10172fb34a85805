import type { CatalogueEntry } from './entry';

/** What template 30, the error desk, tells of the flows themselves and of its own channels. */
export const errorDeskErrors = {
	ALERT_CHANNEL_FAILED: {
		kind: 'configuration',
		retryable: false,
		message: 'A channel of the error desk did not take an alert',
		advice: 'Look at the node that sends: is it on, has it its credential, are its settings right? Alerts that reach nobody are told again.',
	},
	EXECUTION_FAILED: {
		kind: 'server',
		retryable: false,
		message: 'An execution of a workflow failed as a whole',
		advice: 'Open the execution by the address that stands with the error: the node that failed says why. The flow goes on where it was at its next start.',
	},
} satisfies Record<string, CatalogueEntry>;
