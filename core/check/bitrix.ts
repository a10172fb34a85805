import { writeFindings } from './bitrixWrites';
import { clockFindings } from './clock';
import { chosenFlows, neededMethods, neededScopes, neededWrites, type CheckFlow } from './flows';
import { checkFinding, type CheckFinding, type CheckReport } from './finding';

/** What a Bitrix tells of itself and of the connection that asks, over REST. */
export interface BitrixSeen {
	scopes: readonly string[];
	admin: boolean;
	/** Methods that were asked for, and whether this version has them. */
	methods: ReadonlyMap<string, boolean>;
	/** Blocks of goods with, or without, a block of offers. */
	catalogs: Array<{ name: string; offers: boolean }>;
	/** What has to be filled and has no default: properties of goods and of orders, user fields of records. */
	required: readonly CheckFinding[];
	/** Whether amounts change by documents only; undefined where there is no inventory management. */
	inventory: boolean | undefined;
	/** ISO 8601 with the offset of its time zone, as `server.time` gives it. */
	serverTime: string | null;
	/** Milliseconds since 1970, by the clock of n8n. */
	now: number;
	/** Minutes by which the time of the workflow is ahead of UTC. */
	workflowOffset: number;
	/** Host of the connection. */
	host: string;
	https: boolean;
	/** A host within a private network is a simulator or a test site. */
	local: boolean;
	/** Whether MoySklad has variants; null where nobody looked. */
	variants: boolean | null;
	/** What is kept in step; empty where nobody said. */
	flows: readonly CheckFlow[];
	/** What Bitrix tells of the application that asks (`app.info`); null for a webhook, of which it tells nothing. */
	application: { unpaid: boolean; license: string | null } | null;
}

const NEEDED: Record<string, string> = {
	catalog: 'goods, prices and stock need it',
	sale: 'orders, payments and shipments need it',
	crm: 'contacts, companies and deals need it',
	user: 'who is responsible for a contact or deal is looked up with it',
	'catalog.product.list': 'goods',
	'catalog.price.list': 'prices',
	'catalog.storeproduct.list': 'stock by store',
	'sale.order.list': 'orders',
	'sale.status.list': 'statuses of orders',
	'crm.item.list': 'deals, contacts and companies',
	'catalog.section.add': 'sections',
	'sale.order.update': 'statuses of orders',
};

/** What single methods do that are not named above, by how they begin. */
const NEEDED_BY_KIND: ReadonlyArray<readonly [beginning: string, needed: string]> = [
	['catalog.product.', 'goods'],
	['catalog.price.', 'prices'],
	['catalog.document.', 'stock under inventory management'],
	['crm.', 'deals, contacts and companies'],
];

const neededFor = (method: string): string => NEEDED[method] ?? NEEDED_BY_KIND.find(([beginning]) => method.startsWith(beginning))?.[1] ?? '';

/** Without these flows run, only with fewer names in their lists or without messages. */
const USEFUL_SCOPES = ['pay_system', 'delivery', 'user_basic', 'user_brief', 'userfieldconfig', 'im'];

/** Users are known by any of three permissions. */
const has = (scopes: readonly string[], scope: string): boolean =>
	scopes.includes(scope) || (scope === 'user' && scopes.some((one) => one === 'user_basic' || one === 'user_brief'));

/**
 * What keeps flows with this Bitrix from working, or may do so: permissions, methods that its version lacks, catalogs, clock.
 * What `seen` has as undefined or null could not be looked at, and is no finding.
 */
export function checkBitrix(seen: BitrixSeen): CheckReport {
	const flows = chosenFlows(seen.flows);
	const [reads, writes] = [neededMethods(flows), neededWrites(flows, seen.inventory ?? false)];
	const scopes = neededScopes(flows).filter((scope) => !has(seen.scopes, scope));
	const usesCatalog = seen.scopes.includes('catalog') && reads.some((method) => method.startsWith('catalog.'));
	const ofScope = (method: string): boolean => scopes.every((scope) => !method.startsWith(`${scope}.`));
	const lacking = [...reads, ...writes].filter((method) => seen.methods.get(method) === false);
	return {
		findings: [
			...scopes.map((scope) => checkFinding('bitrix', 'error', 'CHECK_SCOPE', { scope, needed: NEEDED[scope] ?? '' })),
			...excess(seen),
			// Without the permission no method of it is to be seen: that is one finding, and not one more for each of them.
			...lacking.filter(ofScope).map((method) => checkFinding('bitrix', 'error', 'CHECK_METHOD', { method, needed: neededFor(method) })),
			...(seen.application?.unpaid ? [checkFinding('bitrix', 'error', 'CHECK_APPLICATION_UNPAID')] : []),
			...(seen.admin ? [] : [checkFinding('bitrix', 'warning', 'CHECK_BITRIX_NOT_ADMIN')]),
			...writeFindings(writes.filter((method) => ofScope(method) && !lacking.includes(method)), seen.admin),
			...(seen.https || seen.local ? [] : [checkFinding('bitrix', 'error', 'CHECK_PLAIN_HTTP', { host: seen.host })]),
			...(usesCatalog ? catalogFindings(seen) : []),
			...seen.required,
			...(seen.inventory ? [checkFinding('bitrix', 'info', 'CHECK_INVENTORY')] : []),
			...timeFindings(seen),
		],
		facts: [
			{ area: 'bitrix', what: 'host', value: seen.host },
			{ area: 'bitrix', what: 'production', value: !seen.local },
			{ area: 'bitrix', what: 'inventoryManagement', value: seen.inventory ?? null },
			...(seen.application ? [{ area: 'bitrix' as const, what: 'plan', value: seen.application.license }] : []),
		],
		looked: ['bitrix'],
	};
}

/** Only where somebody said what the connection is for. */
function excess({ flows, scopes }: BitrixSeen): CheckFinding[] {
	const needed = [...neededScopes(flows), ...USEFUL_SCOPES];
	const more = flows.length === 0 ? [] : scopes.filter((scope) => !needed.includes(scope));
	return more.length === 0 ? [] : [checkFinding('bitrix', 'info', 'CHECK_SCOPES_EXCESS', { scopes: more.join(', ') })];
}

function catalogFindings({ catalogs, variants }: BitrixSeen): CheckFinding[] {
	if (catalogs.length === 0) return [checkFinding('bitrix', 'error', 'CHECK_NO_CATALOG')];
	const without = variants ? catalogs.filter(({ offers }) => !offers) : [];
	return without.map(({ name }) => checkFinding('bitrix', 'warning', 'CHECK_NO_OFFERS', { catalog: name }));
}

function timeFindings({ serverTime, now, workflowOffset }: BitrixSeen): CheckFinding[] {
	const moment = Date.parse(serverTime ?? '');
	if (Number.isNaN(moment)) return [];
	const theirs = offsetOf(serverTime ?? '');
	const zones = theirs === undefined || theirs === workflowOffset ? [] : [checkFinding('bitrix', 'info', 'CHECK_TIME_ZONE', { system: 'Bitrix', theirs: shownOffset(theirs), ours: shownOffset(workflowOffset) })];
	return [...clockFindings('bitrix', 'Bitrix', moment, now), ...zones];
}

/** Minutes ahead of UTC of a moment in ISO 8601; undefined when it does not say. */
function offsetOf(moment: string): number | undefined {
	const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(moment) ?? [];
	if (sign === undefined) return moment.endsWith('Z') ? 0 : undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const shownOffset = (minutes: number): string => `UTC${minutes < 0 ? '-' : '+'}${Math.floor(Math.abs(minutes) / 60)}${minutes % 60 === 0 ? '' : `:${String(Math.abs(minutes) % 60).padStart(2, '0')}`}`;
