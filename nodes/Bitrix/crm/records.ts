import { answeredId, groupBy, SyncError, textOf, type CrmType, type Parameters } from '../../../core';
import { BITRIX_PAGE, chunks, type ListMethod, type Row } from '../../../transport';
import { askInParts, type Asking } from '../catalog/asking';

/** How the records of a kind are listed and told apart. */
interface RecordKind {
	list: ListMethod;
	id: string;
	/** The field with MoySklad's id. */
	origin: string;
	/** The field that says that it is MoySklad's; invoices have none. */
	originator: string | null;
}

const older = (method: string): RecordKind => ({ list: { method, idField: 'ID' }, id: 'ID', origin: 'ORIGIN_ID', originator: 'ORIGINATOR_ID' });

const KINDS: Record<CrmType, RecordKind> = {
	deal: older('crm.deal.list'),
	contact: older('crm.contact.list'),
	company: older('crm.company.list'),
	invoice: { list: { method: 'crm.item.list', rows: 'items', parameters: { entityTypeId: 31 } }, id: 'id', origin: 'xmlId', originator: null },
};

/** With what records are looked up. */
export interface Looking extends Asking {
	/** What records of MoySklad carry as ORIGINATOR_ID. */
	readonly settings: { originator: string };
}

/** A record of the portal. */
export interface CrmRecord {
	id: number;
	/** MoySklad's id, in small letters; null when it is not bound to any. */
	boundTo: string | null;
	row: Row;
}

/** Records by the value they were looked up by. Those whose lookup failed are missing, and `failed` says why. */
export interface LookedUp {
	found: Map<string, CrmRecord[]>;
	failed: Map<string, SyncError>;
}

/** Records that came from these objects of MoySklad. Throws BITRIX_FILTER_IGNORED. */
export async function byOrigin(session: Looking, type: CrmType, ids: readonly string[], select: readonly string[]): Promise<LookedUp> {
	const { origin, originator } = KINDS[type];
	const ours: Parameters = originator === null ? {} : { [`=${originator}`]: session.settings.originator };
	return await look(session, type, ids, select, (part) => ({ ...ours, [`@${origin}`]: part }), ({ boundTo }) => boundTo ?? '');
}

/** Records by their own ids; those that are gone are missing. Throws BITRIX_FILTER_IGNORED. */
export async function byIds(session: Looking, type: CrmType, ids: readonly number[], select: readonly string[]): Promise<LookedUp> {
	return await look(session, type, ids.map(String), select, (part) => ({ [`@${KINDS[type].id}`]: part }), ({ id }) => String(id));
}

async function look(
	session: Looking,
	type: CrmType,
	values: readonly string[],
	select: readonly string[],
	filter: (part: string[]) => Parameters,
	valueOf: (record: CrmRecord) => string,
): Promise<LookedUp> {
	const { list, id, origin, originator } = KINDS[type];
	const looked: LookedUp = { found: new Map(), failed: new Map() };
	const fields = [...new Set([id, origin, ...(originator === null ? [] : [originator]), ...select])];
	await askInParts(session, chunks([...new Set(values)], BITRIX_PAGE), {
		list,
		parameters: (part) => ({ ...list.parameters, select: fields, filter: filter(part) }),
		take: (rows, part) => {
			const records = rows.map((row) => readRecord(row, type, session.settings.originator));
			const asked = new Set(part);
			// A filter that Bitrix does not know is dropped, and the whole table comes (trap T1).
			if (records.some((record) => !asked.has(valueOf(record)))) throw new SyncError('BITRIX_FILTER_IGNORED', { call: list.method });
			for (const [value, some] of groupBy(records, valueOf)) looked.found.set(value, some);
		},
		fail: (error, part) => part.forEach((value) => looked.failed.set(value, error)),
	});
	return looked;
}

/** What is bound to another system is not bound to MoySklad. */
function readRecord(row: Row, type: CrmType, originator: string): CrmRecord {
	const kind = KINDS[type];
	const isOurs = kind.originator === null || textOf(row[kind.originator]) === originator;
	return { id: answeredId(row, kind.list.method, kind.id), boundTo: (isOurs && textOf(row[kind.origin])?.trim().toLowerCase()) || null, row };
}
