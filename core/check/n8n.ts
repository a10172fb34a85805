import { checkFinding, type CheckFact, type CheckFinding, type CheckReport } from './finding';

/** What is known of this n8n. n8n tells its nodes nothing of it, so each part may be unknown (null). */
export interface N8nSeen {
	version: string | null;
	/** Whether executions go through Redis to workers. */
	queueMode: boolean | null;
	/** Where events wait. */
	inbox: 'dataTable' | 'postgresql' | 'none' | null;
	/** `N8N_CONCURRENCY_PRODUCTION_LIMIT`; -1 is none. */
	concurrencyLimit: number | null;
	/** Data Tables of this n8n as somebody listed them. `rows` and `bytes` where they are known. */
	tables: readonly TableSeen[] | null;
	/** Bytes that all Data Tables together may take (`N8N_DATA_TABLES_MAX_SIZE_BYTES`). */
	tableLimit: number;
}

/** A Data Table by its name; its size where somebody told it. */
export interface TableSeen {
	name: string;
	rows?: number;
	bytes?: number;
}

/** The version with which all of this was tested. */
const TESTED_N8N = '2.41.1';
/** The oldest on which nodes and templates pass their tests; the nodes alone do on older ones. */
export const OLDEST_N8N = '2.11.2';

/** n8n's own limit, unless somebody raised it. */
export const USUAL_TABLE_LIMIT = 200 * 1024 * 1024;
const WARN_AT = 0.5;
/** What a row of the tables of the templates takes at most, without long texts. */
const BYTES_OF_ROW = 500;

const INBOX = 'msbx_inbox';

/**
 * What is wrong with the n8n itself: older than tested, its mode and inbox do not fit, its tables are missing or full. `seen` is
 * what the node was told (null: not known; sizes in bytes). Nothing unknown is a finding. Source: n8n's documentation of Data
 * Tables (one limit for all tables together, `N8N_DATA_TABLES_MAX_SIZE_BYTES`) and of queue mode.
 */
export function checkN8n(seen: N8nSeen): CheckReport {
	const { version, queueMode, inbox, concurrencyLimit } = seen;
	const old = version !== null && isOlder(version, OLDEST_N8N);
	const holdsUp = queueMode === false && concurrencyLimit !== null && concurrencyLimit > 0;
	return {
		findings: [
			...(old ? [checkFinding('n8n', 'warning', 'CHECK_N8N_OLD', { version, oldest: OLDEST_N8N })] : []),
			...(queueMode === true && inbox === 'dataTable' ? [checkFinding('n8n', 'warning', 'CHECK_QUEUE_INBOX')] : []),
			...(inbox === 'none' ? [checkFinding('n8n', 'warning', 'CHECK_NO_INBOX')] : []),
			...(holdsUp ? [checkFinding('n8n', 'warning', 'CHECK_CONCURRENCY', { limit: concurrencyLimit })] : []),
			...tableFindings(seen),
		],
		facts: [
			{ area: 'n8n', what: 'version', value: version },
			{ area: 'n8n', what: 'testedVersion', value: TESTED_N8N },
			{ area: 'n8n', what: 'queueMode', value: queueMode },
			{ area: 'n8n', what: 'inbox', value: inbox },
			...tableFacts(seen),
		],
		looked: [version, queueMode, inbox, concurrencyLimit, seen.tables].some((part) => part !== null) ? ['n8n'] : [],
	};
}

function tableFindings({ tables, inbox, tableLimit }: N8nSeen): CheckFinding[] {
	if (tables === null) return [];
	const missing = inbox === 'dataTable' && tables.every(({ name }) => name !== INBOX);
	const twice = tables.filter(({ name }, index) => name === INBOX && tables.findIndex((other) => other.name === name) !== index);
	const taken = sizeOf(tables);
	const percent = Math.floor((taken / tableLimit) * 100);
	return [
		...(missing ? [checkFinding('n8n', 'warning', 'CHECK_INBOX_MISSING', { table: INBOX })] : []),
		...(twice.length > 0 ? [checkFinding('n8n', 'error', 'CHECK_INBOX_TWICE', { table: INBOX })] : []),
		...(taken >= tableLimit * WARN_AT ? [checkFinding('n8n', 'warning', 'CHECK_TABLES_FULL', { percent, megabytes: Math.round(tableLimit / 1024 / 1024) })] : []),
	];
}

function tableFacts({ tables }: N8nSeen): CheckFact[] {
	if (tables === null) return [];
	const rows = tables.find(({ name }) => name === INBOX)?.rows;
	return [
		{ area: 'n8n', what: 'dataTableMegabytes', value: tables.some(isSized) ? Math.round(sizeOf(tables) / 1024 / 1024) : null },
		...(rows === undefined ? [] : [{ area: 'n8n' as const, what: 'inboxRows', value: rows }]),
	];
}

const isSized = ({ rows, bytes }: TableSeen): boolean => rows !== undefined || bytes !== undefined;

const sizeOf = (tables: readonly TableSeen[]): number => tables.reduce((sum, { rows = 0, bytes = rows * BYTES_OF_ROW }) => sum + bytes, 0);

/** Of `2.40.3` and `v2.41.0-beta.1`: the numbers before the first letter or hyphen count. What is no version is not older. */
function isOlder(version: string, than: string): boolean {
	const [one, other] = [partsOf(version), partsOf(than)];
	if (!one || !other) return false;
	const index = other.findIndex((part, place) => part !== (one[place] ?? 0));
	return index >= 0 && (one[index] ?? 0) < (other[index] ?? 0);
}

const partsOf = (version: string): number[] | undefined => /^v?(\d+(?:\.\d+)*)/.exec(version.trim())?.[1]?.split('.').map(Number);

/** Version and mode as n8n's metrics (`N8N_METRICS=true`) tell them, in Prometheus' text format. A queue is told only when its metrics are on as well. */
export function readMetrics(text: string): Pick<N8nSeen, 'version' | 'queueMode'> | undefined {
	const version = /^\w*version_info\{[^}]*\bversion="v?([^"]+)"/m.exec(text)?.[1];
	return version === undefined ? undefined : { version, queueMode: /^\w*scaling_mode_queue_jobs_waiting\b/m.test(text) ? true : null };
}

/** What somebody listed of the Data Tables; undefined for anything else than a list of objects with names. */
export function readTables(value: unknown): TableSeen[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const tables = value.filter((one): one is { name: string; rows?: unknown; bytes?: unknown } => typeof (one as { name?: unknown } | null)?.name === 'string');
	if (tables.length < value.length) return undefined;
	return tables.map(({ name, rows, bytes }) => ({ name, ...(isCount(rows) && { rows }), ...(isCount(bytes) && { bytes }) }));
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0;
