import { clockFindings } from './clock';
import { chosenFlows, neededRights, type CheckFlow } from './flows';
import { checkFinding, type CheckFinding, type CheckReport } from './finding';

/** What the account tells of itself and of the user that asks. */
export interface MoySkladSeen {
	/** Of `GET /context/employee`; null for a solution, which has none. */
	permissions: Record<string, Record<string, string> | undefined> | null;
	/** Units in a window, as the headers of an answer say; null where they say nothing. */
	rate: { limit: number; windowMilliseconds: number } | null;
	/** Of the answer's header `Date`, milliseconds since 1970. */
	serverTime: number | null;
	/** Milliseconds since 1970, by the clock of n8n. */
	now: number;
	checkMinimumPrice: boolean;
	requiredAttributes: Array<{ object: string; attribute: string }>;
	/** Whether the address of the credential is that of MoySklad itself. */
	production: boolean;
	/** What is kept in step; empty where nobody said. */
	flows: readonly CheckFlow[];
}

/** The only one of the JSON API; it is part of the address. */
const API_VERSION = 'JSON API 1.2';

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
			{ area: 'moySklad', what: 'version', value: API_VERSION },
			{ area: 'moySklad', what: 'production', value: production },
			{ area: 'moySklad', what: 'unitsPerWindow', value: rate?.limit ?? null },
		],
		looked: ['moySklad'],
	};
}

function rightFindings({ permissions, flows }: MoySkladSeen): CheckFinding[] {
	if (permissions === null) return [];
	const may = (object: string, action: string): boolean => granted(permissions[object]?.[action]);
	const lacking = neededRights(chosenFlows(flows)).filter(([object, action]) => !may(object, action));
	const admin = may('admin', 'view');
	return [
		...(admin ? [] : [checkFinding('moySklad', 'warning', 'CHECK_MOYSKLAD_NOT_ADMIN')]),
		...(may('webhook', 'create') ? [] : [checkFinding('moySklad', 'error', 'CHECK_MOYSKLAD_RIGHT', { action: 'create', object: 'webhooks' })]),
		...lacking.map(([object, action]) => checkFinding('moySklad', 'error', 'CHECK_MOYSKLAD_RIGHT', { action, object })),
		// An administrator may do everything: that is what webhooks ask for.
		...(admin || flows.length === 0 ? [] : excess(permissions, flows)),
	];
}

const WRITING = ['create', 'update', 'delete'];
const SHOWN = 12;

/** What may be written and is written by none of the flows. To read more than is needed harms less, and roles seldom separate it. */
function excess(permissions: NonNullable<MoySkladSeen['permissions']>, flows: readonly CheckFlow[]): CheckFinding[] {
	const needed = new Set(neededRights(flows).map((right) => right.join(' ')));
	const rights = Object.entries(permissions).flatMap(([object, actions = {}]) =>
		object === 'webhook' ? [] : WRITING.filter((action) => granted(actions[action]) && !needed.has(`${object} ${action}`)).map((action) => `${action} ${object}`));
	const more = rights.length > SHOWN ? ` and ${rights.length - SHOWN} more` : '';
	return rights.length === 0 ? [] : [checkFinding('moySklad', 'info', 'CHECK_RIGHTS_EXCESS', { rights: rights.slice(0, SHOWN).join(', ') + more })];
}

/** `OWN` and `OWN_SHARED` see a part only: better than nothing, and not what a synchronisation needs. */
const granted = (right: string | undefined): boolean => right === 'ALL';
