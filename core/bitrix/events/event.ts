/** What Bitrix says happened to one object. Every source of events (online, outgoing webhook, handler of a site, offline queue) speaks this form. */
export interface BitrixEvent {
	/** A keyword of `BITRIX_EVENT_ENTITIES`. */
	entity: string;
	/** Digits. */
	id: string;
	action: BitrixAction;
	/** Bitrix's own name, in upper case; null where a site's handler reports. */
	event: string | null;
	/** XML_ID; null where the event does not bring it. */
	xmlId: string | null;
	/** ISO 8601, UTC; null when Bitrix did not say. */
	moment: string | null;
	/** Id of the portal; null for sites. */
	memberId: string | null;
	/** Host of the portal or site, as it calls itself. */
	domain: string | null;
}

/** Of orders, payments and shipments Bitrix does not say whether they are new: they were saved. */
export const BITRIX_ACTIONS = ['CREATE', 'UPDATE', 'SAVE', 'DELETE'] as const;
/** CREATE or UPDATE where Bitrix tells them apart, SAVE where it does not. */
export type BitrixAction = (typeof BITRIX_ACTIONS)[number];
