import type { CatalogueEntry } from './entry';

/** No answer, or an answer that is not the platform's. */
export const connectionErrors = {
	CONNECTION_FAILED: {
		kind: 'connection',
		retryable: true,
		message: 'No connection to {host}: {reason}',
		advice: 'Check that the address is right and reachable from the machine that n8n runs on, including firewalls and proxies.',
	},
	CONNECTION_DNS: {
		kind: 'connection',
		retryable: true,
		message: 'The host name {host} could not be resolved',
		advice: 'Check the spelling of the address. If the name is only known in another network, use the IP address and the port.',
	},
	CONNECTION_TLS: {
		kind: 'connection',
		retryable: false,
		message: 'The certificate of {host} was not accepted: {reason}',
		advice: 'Install a valid certificate with its full chain on the server. A self-signed certificate is not accepted.',
	},
	CONNECTION_TIMEOUT: {
		kind: 'connection',
		retryable: true,
		message: '{host} did not answer within {seconds} s',
		advice: 'The server is slow or overloaded. The operation is repeated safely; if it happens often, use smaller pages or batches, or raise Timeout (Seconds) in the credential, where it has one.',
	},
	TIMEOUT_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'Timeout (Seconds) of the credential is {entered}, which is no number from {shortest} to {longest}',
		advice: 'Open the credential and enter the seconds after which a call that is not answered is given up.',
	},
	CONNECTION_BLOCKED: {
		kind: 'connection',
		retryable: false,
		message: '{host} refuses calls from this address (HTTP {status})',
		advice: 'Add the address that n8n calls from to the allow-list of the server or its firewall, or set the extra headers it expects in the credential.',
	},
	ANSWER_NOT_JSON: {
		kind: 'server',
		retryable: true,
		message: '{host} answered HTTP {status} with a page instead of data',
		advice: 'A proxy, a maintenance page or a time limit of the server stands in between. Try again later; if it stays, look into the server log.',
	},
	ANSWER_TOO_LARGE: {
		kind: 'data',
		retryable: false,
		message: 'The answer of {host} is longer than {megabytes} MB and was not taken in',
		advice: 'Something else than the platform may answer at this address. If the answer is genuine, ask for less at a time, or raise the limit where the node has one.',
	},
	ANSWER_UNEXPECTED: {
		kind: 'data',
		retryable: false,
		message: 'The answer to {call} has another form than documented: {reason}',
		advice: 'The platform may have changed or be of a version not known here. Report it with this message; nothing was written on the strength of it.',
	},
	UNEXPECTED: {
		kind: 'server',
		retryable: false,
		message: 'Something happened that this package does not foresee: {reason}',
		advice: 'Report it with this message and the version of the package. The item was not processed further.',
	},
	OPERATION_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'This version of the node has no operation “{name}”',
		advice: 'Choose the operation anew in the node, or install the version of the package with which the workflow was made.',
	},
	N8N_REFUSED: {
		kind: 'configuration',
		retryable: false,
		message: 'The node was stopped by n8n: {reason}',
		advice: 'Look at what n8n says: at the credential of the node, its parameters and their expressions.',
	},
	SUB_WORKFLOW_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The sub-workflow before writing did not give back what it got: {reason}',
		advice: 'Its last node has to give one item for each item it gets, in the same order, with the same key.',
	},
	// n8n takes an error for the end of a cancelled execution by the word "canceled" in it.
	STOPPED: {
		kind: 'configuration',
		retryable: true,
		message: 'The execution was canceled before {call} was sent',
		advice: 'Nothing to do: run the workflow again, what was written is found and not written twice.',
	},
} as const satisfies Record<string, CatalogueEntry>;
