import type { Refusals } from '../../shared/webhooks/reception';

/** How Bitrix Trigger answers calls that it does not take. */
export const REFUSALS: Refusals = {
	trigger: 'Bitrix Trigger',
	outputs: 1,
	statuses: {
		BITRIX_CALL_ADDRESS_WRONG: 401,
		BITRIX_CALL_TOKEN_MISSING: 401,
		BITRIX_CALL_TOKEN_WRONG: 401,
		BITRIX_CALL_SIGNATURE_MISSING: 401,
		BITRIX_CALL_SIGNATURE_WRONG: 401,
		BITRIX_CALL_TIME_OFF: 401,
		BITRIX_CALL_OTHER_INSTANCE: 403,
		BITRIX_CALL_OTHER_PORTAL: 403,
		BITRIX_CALL_REPEATED: 409,
		BITRIX_CALL_MALFORMED: 400,
		BITRIX_CALL_TOO_LARGE: 413,
		BITRIX_CALL_UNKNOWN_EVENT: 422,
	},
	unready: 'BITRIX_CALL_UNREADY',
	notStored: 'BITRIX_CALL_NOT_STORED',
};
