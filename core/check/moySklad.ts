import { clockFindings } from './clock';
import { checkFinding, type CheckFinding, type CheckReport } from './finding';

/** What the account tells of itself and of the user that asks. */
export interface MoySkladSeen {
	/** Of `GET /context/employee`; null for a solution, which has none. */
	permissions: Record<string, Record<string, string> | undefined> | null;
	/** Units in a window, as the headers of an answer say; null where they say nothing. */
	rate: { limit: number; windowMilliseconds: number } | null;
	/** Of the answer's header `Date`, milliseconds since 1970. */
	serverTime: number | null;
	now: number;
	checkMinimumPrice: boolean;
	requiredAttributes: Array<{ object: string; attribute: string }>;
	/** Whether the address of the credential is that of MoySklad itself. */
	production: boolean;
}

/** What the flows do: the object's keyword in the permissions, and the right. */
const RIGHTS = [
	['product', 'view'],
	['variant', 'view'],
	['productfolder', 'view'],
	['store', 'view'],
	['organization', 'view'],
	['customerorder', 'view'],
	['customerorder', 'create'],
	['customerorder', 'update'],
	['counterparty', 'view'],
	['counterparty', 'create'],
	['paymentin', 'view'],
	['demand', 'view'],
] as const;

/** Of a user's token. */
const USUAL_UNITS = 45;

/** What keeps flows with this account from working, or may do so: rights of the user, limits, clock, required additional fields. */
export function checkMoySklad(seen: MoySkladSeen): CheckReport {
	const { rate, production } = seen;
	return {
		findings: [
			...rightFindings(seen),
			...(rate && rate.limit < USUAL_UNITS
				? [checkFinding('moySklad', 'warning', 'CHECK_RATE', { limit: rate.limit, seconds: rate.windowMilliseconds / 1000, usual: USUAL_UNITS })]
				: []),
			...(seen.serverTime === null ? [] : clockFindings('moySklad', 'MoySklad', seen.serverTime, seen.now)),
			...(seen.checkMinimumPrice ? [checkFinding('moySklad', 'warning', 'CHECK_MOYSKLAD_MINIMUM_PRICE')] : []),
			...seen.requiredAttributes.map((one) => checkFinding('moySklad', 'warning', 'CHECK_REQUIRED_ATTRIBUTE', one)),
		],
		facts: [
			{ area: 'moySklad', what: 'production', value: production },
			{ area: 'moySklad', what: 'unitsPerWindow', value: rate?.limit ?? null },
		],
	};
}

function rightFindings({ permissions }: MoySkladSeen): CheckFinding[] {
	if (permissions === null) return [];
	const may = (object: string, action: string): boolean => granted(permissions[object]?.[action]);
	const lacking = RIGHTS.filter(([object, action]) => !may(object, action));
	return [
		...(may('admin', 'view') ? [] : [checkFinding('moySklad', 'warning', 'CHECK_MOYSKLAD_NOT_ADMIN')]),
		...(may('webhook', 'create') ? [] : [checkFinding('moySklad', 'error', 'CHECK_MOYSKLAD_RIGHT', { action: 'create', object: 'webhooks' })]),
		...lacking.map(([object, action]) => checkFinding('moySklad', 'error', 'CHECK_MOYSKLAD_RIGHT', { action, object })),
	];
}

/** `OWN` and `OWN_SHARED` see a part only: better than nothing, and not what a synchronisation needs. */
const granted = (right: string | undefined): boolean => right === 'ALL';
