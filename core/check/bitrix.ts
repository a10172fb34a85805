import { clockFindings } from './clock';
import { checkFinding, type CheckFinding, type CheckReport } from './finding';

/** What a Bitrix tells of itself and of the connection that asks, over REST. */
export interface BitrixSeen {
	scopes: readonly string[];
	admin: boolean;
	/** Methods that were asked for, and whether this version has them. */
	methods: ReadonlyMap<string, boolean>;
	/** Blocks of goods with, or without, a block of offers. */
	catalogs: Array<{ name: string; offers: boolean }>;
	requiredProperties: Array<{ catalog: string; property: string }>;
	/** Whether amounts change by documents only; undefined where there is no inventory management. */
	inventory: boolean | undefined;
	/** ISO 8601 with the offset of its time zone, as `server.time` gives it. */
	serverTime: string | null;
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
}

interface Need {
	name: string;
	/** What goes without it. */
	needed: string;
}

const SCOPES: readonly Need[] = [
	{ name: 'catalog', needed: 'goods, prices and stock need it' },
	{ name: 'sale', needed: 'orders, payments and shipments need it' },
];

/** What the nodes cannot do their work without; smaller calls stand in for all others. */
export const NEEDED_METHODS: readonly Need[] = [
	{ name: 'catalog.product.list', needed: 'goods' },
	{ name: 'catalog.price.list', needed: 'prices' },
	{ name: 'catalog.storeproduct.list', needed: 'stock by store' },
	{ name: 'sale.order.list', needed: 'orders' },
	{ name: 'sale.status.list', needed: 'statuses of orders' },
];

/**
 * What keeps flows with this Bitrix from working, or may do so: permissions, methods that its version lacks, catalogs, clock.
 * What `seen` has as undefined or null could not be looked at, and is no finding.
 */
export function checkBitrix(seen: BitrixSeen): CheckReport {
	const scopes = SCOPES.filter(({ name }) => !seen.scopes.includes(name));
	const lacking = NEEDED_METHODS.filter(({ name }) => seen.methods.get(name) === false);
	return {
		findings: [
			...scopes.map(({ name, needed }) => checkFinding('bitrix', 'error', 'CHECK_SCOPE', { scope: name, needed })),
			// Without the permission no method of it is to be seen: that is one finding, and not one more for each of them.
			...lacking.filter(({ name }) => scopes.every((scope) => !name.startsWith(`${scope.name}.`))).map(({ name, needed }) => checkFinding('bitrix', 'error', 'CHECK_METHOD', { method: name, needed })),
			...(seen.admin ? [] : [checkFinding('bitrix', 'warning', 'CHECK_BITRIX_NOT_ADMIN')]),
			...(seen.https || seen.local ? [] : [checkFinding('bitrix', 'error', 'CHECK_PLAIN_HTTP', { host: seen.host })]),
			...catalogFindings(seen, scopes.some(({ name }) => name === 'catalog')),
			...(seen.inventory ? [checkFinding('bitrix', 'info', 'CHECK_INVENTORY')] : []),
			...timeFindings(seen),
		],
		facts: [
			{ area: 'bitrix', what: 'host', value: seen.host },
			{ area: 'bitrix', what: 'production', value: !seen.local },
			{ area: 'bitrix', what: 'inventoryManagement', value: seen.inventory ?? null },
		],
	};
}

function catalogFindings({ catalogs, variants, requiredProperties }: BitrixSeen, unseen: boolean): CheckFinding[] {
	if (unseen) return [];
	if (catalogs.length === 0) return [checkFinding('bitrix', 'error', 'CHECK_NO_CATALOG')];
	const without = variants ? catalogs.filter(({ offers }) => !offers) : [];
	return [
		...without.map(({ name }) => checkFinding('bitrix', 'warning', 'CHECK_NO_OFFERS', { catalog: name })),
		...requiredProperties.map((one) => checkFinding('bitrix', 'warning', 'CHECK_REQUIRED_PROPERTY', one)),
	];
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
