import type { CatalogueEntry } from './entry';

/** Registration of MoySklad webhooks, and what is wrong with a call that claims to be one. */
export const webhookErrors = {
	WEBHOOK_EXISTS: {
		kind: 'conflict',
		retryable: true,
		message: 'A webhook with the same object, action and address exists already: {reason}',
		advice: 'Publish the workflow again: the webhook that is there is found by its address and taken over.',
	},
	WEBHOOK_NO_ADMIN: {
		kind: 'auth',
		retryable: false,
		message: 'Webhooks can only be changed by an administrator of the MoySklad account',
		advice:
			'Use the token of an administrator in the MoySklad API credential, or set Register Webhooks to Never and let an administrator create them.',
	},
	WEBHOOK_TARIFF: {
		kind: 'configuration',
		retryable: false,
		message: 'The tariff of the MoySklad account does not include webhooks',
		advice: 'Webhooks need a paid tariff or the trial period. Until then use the templates that run on a schedule.',
	},
	WEBHOOK_SLOTS_FULL: {
		kind: 'limit',
		retryable: false,
		message: 'All five webhooks that MoySklad allows for this object and action are in use: {reason}',
		advice: 'Look with MoySklad Webhook Manager (Get Many) which of them are not needed any more and delete those.',
	},
	WEBHOOK_URL_TOO_LONG: {
		kind: 'configuration',
		retryable: false,
		message: 'The address of the webhook is longer than the 255 characters that MoySklad takes',
		advice: 'Use a shorter public base URL or a shorter check string.',
	},
	WEBHOOK_URL_NOT_OF_TRIGGER: {
		kind: 'configuration',
		retryable: false,
		message: 'The given address is not the webhook URL of a MoySklad Trigger',
		advice: 'Open the MoySklad Trigger, copy its Production URL under Webhook URLs and paste it as it is.',
	},
	WEBHOOK_ID_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The trigger has no webhook id, so n8n has no address for it',
		advice: 'Delete the MoySklad Trigger from the workflow and add it again.',
	},
	WEBHOOK_BASE_URL_INVALID: {
		kind: 'configuration',
		retryable: false,
		message: 'The public base URL is not an address',
		advice: 'Enter it as https://n8n.example.com, with the path if n8n lies below one, and without a query.',
	},
	WEBHOOK_ADDRESS_LOCAL: {
		kind: 'configuration',
		retryable: false,
		message: 'MoySklad cannot reach {host}: it is a name or address of a private network',
		advice:
			'Enter the address under which n8n is reached from the internet as Public Base URL, or set it for n8n as a whole (N8N_WEBHOOK_URL, in an older n8n WEBHOOK_URL).',
	},
	WEBHOOK_CHECK_STRING_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The MoySklad API credential has no check string',
		advice:
			'Make one up (32 random letters and digits) and enter it in the credential: without it anybody could send events.',
	},
	WEBHOOK_CHECK_STRING_WEAK: {
		kind: 'configuration',
		retryable: false,
		message:
			'The check string in the MoySklad API credential is too short or has characters that an address cannot carry',
		advice: 'Use at least 16 characters: letters, digits, hyphens, dots, underscores and tildes only.',
	},
	WEBHOOK_NOTHING_CHOSEN: {
		kind: 'configuration',
		retryable: false,
		message: 'Nothing is chosen of which MoySklad shall send events',
		advice: 'Add a row under Events (with at least one action) or under Stock.',
	},
	WEBHOOK_ROLLBACK_FAILED: {
		kind: 'server',
		retryable: true,
		message: 'The webhooks could not all be registered, and those that were made could not be taken back: {reason}',
		advice:
			'Publish the workflow again: what is there is found and taken over. MoySklad Webhook Manager shows what is left.',
	},
	WEBHOOK_FOREIGN: {
		kind: 'conflict',
		retryable: false,
		message: 'The webhook {id} belongs to another system or another n8n ({host})',
		advice: 'It was left alone. If it really shall be changed, switch on Include Webhooks of Other Systems.',
	},
	WEBHOOK_NOT_FOUND: {
		kind: 'missing',
		retryable: false,
		message: 'The account has no webhook {id}',
		advice: 'It was deleted meanwhile, or the id is that of something else. Choose it from the list of the node.',
	},
	WEBHOOK_MISSING: {
		kind: 'missing',
		retryable: false,
		message: 'Nothing reports {subject} to this n8n: the webhook is missing',
		advice: 'Run Ensure, or publish the workflow of the trigger again; then catch up.',
	},
	WEBHOOK_DISABLED: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} is switched off, and not by Pause',
		advice: 'MoySklad does that after ten days of failures, or somebody did it by hand. Run Ensure or Update (Enabled), then catch up.',
	},
	WEBHOOK_PAUSED: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} is paused since {since}',
		advice: 'Run Resume when events are wanted again. It says from when on to catch up.',
	},
	WEBHOOK_UNPUBLISHED: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} is off since {since}, because its workflow was unpublished or does not want it any more',
		advice: 'Publish the workflow of the trigger, or delete the webhook when it is not wanted.',
	},
	WEBHOOK_DUPLICATE: {
		kind: 'conflict',
		retryable: false,
		message: 'Several webhooks report {subject} to the same receiver at {host}',
		advice: 'Delete all but one of them: every event comes as often as there are webhooks.',
	},
	WEBHOOK_OTHER_ADDRESS: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} leads to a MoySklad Trigger at another address ({host})',
		advice: 'If this n8n was reached there before, run Move with that address as the old one. If another n8n is there, leave it alone.',
	},
	WEBHOOK_OF_OTHER_SYSTEM: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} belongs to another system ({host})',
		advice: 'Nothing is to be done about it.',
	},
	WEBHOOK_CHECK_STRING_OLD: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} still carries the previous check string',
		advice: 'Run Rotate Check String, then empty Previous Check String in the credential.',
	},
	WEBHOOK_CHECK_STRING_UNKNOWN: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhook for {subject} carries neither the check string of the credential nor the previous one: its events are refused',
		advice: 'Enter the string it was made with as Previous Check String and run Rotate Check String, or publish the workflow of the trigger again.',
	},
	WEBHOOK_PREVIOUS_CHECK_STRING_MISSING: {
		kind: 'configuration',
		retryable: false,
		message: 'The MoySklad API credential has no previous check string that differs from the present one',
		advice: 'Enter the string that the webhooks carry now as Previous Check String and a new one as Check String, then run this again.',
	},
	WEBHOOK_NOT_HTTPS: {
		kind: 'configuration',
		retryable: false,
		message: 'The webhooks lead to {host} without encryption',
		advice: 'Give n8n an address with https and a complete chain of certificates: the check string goes over the net in each call.',
	},
	WEBHOOK_UNREACHABLE: {
		kind: 'connection',
		retryable: true,
		message: 'An empty notification to the trigger at {host} was not accepted: {reason}',
		advice: 'Publish the workflow of the trigger, and look at the name, the certificate and the proxy of the address. Asked from this n8n itself: a firewall may still keep MoySklad out.',
	},
	WEBHOOK_AT_HOME: {
		kind: 'configuration',
		retryable: false,
		message: 'The old address is the one that this n8n has now',
		advice: 'Enter the address that n8n had before. The new one is that of the trigger, or the Public Base URL.',
	},
	WEBHOOK_CALL_CHECK_MISSING: {
		kind: 'auth',
		retryable: false,
		message: 'The call has no check string',
		advice:
			'The webhook was registered with the address that n8n shows, which lacks the check string. Register it with MoySklad Trigger or MoySklad Webhook Manager.',
	},
	WEBHOOK_CALL_CHECK_WRONG: {
		kind: 'auth',
		retryable: false,
		message: 'The check string of the call is not that of the credential',
		advice:
			'If the check string was changed, keep the old one as Previous Check String until all webhooks carry the new one.',
	},
	WEBHOOK_CALL_OTHER_INSTANCE: {
		kind: 'auth',
		retryable: false,
		message: 'The call was meant for another n8n or another public address',
		advice: 'Publish the workflow again, so that webhooks with the address of this n8n are registered.',
	},
	WEBHOOK_CALL_OTHER_ACCOUNT: {
		kind: 'auth',
		retryable: false,
		message: 'The call comes from another MoySklad account than that of the credential',
		advice: 'Delete the webhook in that account, or publish the workflow again after the credential was changed.',
	},
	WEBHOOK_CALL_MALFORMED: {
		kind: 'data',
		retryable: false,
		message: 'The call is not a notification of MoySklad: {reason}',
		advice: 'If MoySklad sent it, its format has changed: report it with this message.',
	},
	WEBHOOK_CALL_TOO_LARGE: {
		kind: 'data',
		retryable: false,
		message: 'The call is larger than any notification of MoySklad: {size}',
		advice: 'If MoySklad sent it, run the template that catches up: the changes are read from lists then.',
	},
	WEBHOOK_CALL_UNKNOWN_ENTITY: {
		kind: 'configuration',
		retryable: false,
		message: 'The trigger has no row for: {entities}',
		advice: 'Add a row to the trigger, or delete the webhook with MoySklad Webhook Manager.',
	},
	WEBHOOK_CALL_NOT_STORED: {
		kind: 'server',
		retryable: true,
		message: 'The call was gathered with others into one execution, and that was not stored in time',
		advice: 'MoySklad repeats it. If it happens again and again, look at the load of n8n and of its database.',
	},
	WEBHOOK_CALL_UNREADY: {
		kind: 'server',
		retryable: true,
		message: 'The call could not be checked: {reason}',
		advice: 'Open the MoySklad API credential of the trigger and the log of n8n.',
	},
	CALLS_REFUSED: {
		kind: 'auth',
		retryable: false,
		message: '{trigger} refuses a burst of calls: {calls}',
		advice: 'Run MoySklad Webhook Manager: Audit, or look at the webhooks and applications in Bitrix: own ones may carry an old check string, token or address. If they are fine, somebody else calls: let the proxy limit or refuse him.',
	},
} as const satisfies Record<string, CatalogueEntry>;
