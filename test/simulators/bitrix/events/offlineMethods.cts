import type { FieldTable } from '../fields/fieldTable.cts';
import { listRows, selectRows, type ListSource } from '../fields/list.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import { formatMoment } from '../wire/dates.cts';
import { asInteger, asList, asText, type Params } from '../wire/params.cts';
import { administratorsOnly, missingParameter, wrongArgument, wrongLicense } from '../wire/restError.cts';
import { channelOf, upperKeys } from './eventMethods.cts';
import { hasFeature } from './features.cts';
import type { OfflineRow } from './offlineQueue.cts';

const free = { scope: '', right: 'any', application: true } as const;

/** The queue of offline events: for applications, in the name of an administrator. */
export const offlineMethods: Method[] = [
	{ ...free, name: 'event.offline.get', run: administrator(get) },
	{ ...free, name: 'event.offline.list', run: administrator(list) },
	{ ...free, name: 'event.offline.clear', run: administrator(clear) },
	{ ...free, name: 'event.offline.error', run: administrator(markErrors) },
];

function administrator(run: (call: MethodCall, params: Params) => ReturnType<Method['run']>): Method['run'] {
	return (call) => {
		if (!call.caller.user.admin) throw administratorsOnly();
		return run(call, upperKeys(call.params));
	};
}

const DEFAULT_LIMIT = 50;
/** Length of a MESSAGE_ID. */
const MESSAGE_LENGTH = 32;

const FIELDS: FieldTable = {
	ID: { type: 'integer' },
	TIMESTAMP_X: { type: 'datetime' },
	EVENT_NAME: { type: 'string' },
	MESSAGE_ID: { type: 'string' },
};
const LISTED_FIELDS: FieldTable = { ...FIELDS, PROCESS_ID: { type: 'string' }, ERROR: { type: 'integer' } };

function get(call: MethodCall, params: Params): ReturnType<Method['run']> {
	const { portal } = call;
	const { offline } = portal.events;
	const keeps = params.CLEAR !== undefined && asInteger(params.CLEAR) === 0;
	if (keeps && !hasFeature(portal, 'rest_offline_extended')) throw wrongLicense('extended offline events handling');
	const limit = params.LIMIT === undefined ? DEFAULT_LIMIT : asInteger(params.LIMIT);
	if (limit <= 0) throw wrongArgument('Value must be positive integer');
	const given = params.PROCESS_ID === undefined ? undefined : asText(params.PROCESS_ID).trim();
	const error = asInteger(params.ERROR) === 1;
	const waiting = (row: OfflineRow): boolean => row.error === error && row.processId === (given ?? '');
	const query = { filter: params.FILTER, order: params.ORDER ?? { TIMESTAMP_X: 'ASC' } };
	const rows = selectRows(sourceOf(call, FIELDS, waiting), query).slice(0, limit);
	const processId = given ?? offline.reserve(rows);
	if (!keeps && rows.length > 0) offline.remove(reserved(call, processId));
	return ok({ process_id: keeps || given !== undefined ? processId : null, events: rows.map(shown) });
}

function list(call: MethodCall, params: Params): ReturnType<Method['run']> {
	const query = { filter: params.FILTER, order: params.ORDER ?? { ID: 'ASC' }, start: params.START };
	return listRows(sourceOf(call, LISTED_FIELDS), query);
}

/** Unknown names of filters and orders are dropped without an error (trap T1). */
function sourceOf(call: MethodCall, fields: FieldTable, waiting: (row: OfflineRow) => boolean = () => true): ListSource<OfflineRow> {
	const own = new Set(call.portal.events.offline.rows(channelOf(call)));
	return {
		table: call.portal.events.offline.table,
		fields,
		dialect: 'orm',
		belongs: (row) => own.has(row) && waiting(row),
		value: (row, name) => values(row)[name],
		show: (row) => ({ ...shown(row), PROCESS_ID: row.processId, ERROR: row.error ? '1' : '0' }),
	};
}

function clear(call: MethodCall, params: Params): ReturnType<Method['run']> {
	const rows = reserved(call, processOf(params));
	const messages = params.MESSAGE_ID === undefined ? undefined : readMessages(params.MESSAGE_ID);
	const ids = params.ID === undefined || messages ? undefined : readIds(params.ID);
	call.portal.events.offline.remove(rows.filter(({ id, messageId }) => messages?.includes(messageId) ?? ids?.includes(id) ?? true));
	return ok(true);
}

function markErrors(call: MethodCall, params: Params): ReturnType<Method['run']> {
	const messages = asList(params.MESSAGE_ID);
	if (!messages) throw wrongArgument('Value must be array of MESSAGE_ID values');
	call.portal.events.offline.markErrors(channelOf(call), processOf(params), messages.map(asText));
	return ok(true);
}

const reserved = (call: MethodCall, processId: string): OfflineRow[] =>
	call.portal.events.offline.rows(channelOf(call)).filter((row) => row.processId === processId);

function processOf({ PROCESS_ID }: Params): string {
	if (PROCESS_ID === undefined) throw missingParameter('PROCESS_ID');
	return asText(PROCESS_ID).trim();
}

function readMessages(value: unknown): string[] {
	const messages = asList(value)?.map((message) => asText(message).trim());
	if (!messages?.every(({ length }) => length === MESSAGE_LENGTH)) throw wrongArgument('Value must be array of MESSAGE_ID values');
	return messages;
}

function readIds(value: unknown): number[] {
	const ids = asList(value)?.map(asInteger);
	if (!ids?.every((id) => id > 0)) throw wrongArgument('Value must be array of integers');
	return ids;
}

const shown = (row: OfflineRow): Params => ({
	ID: String(row.id),
	TIMESTAMP_X: formatMoment(row.timestamp),
	EVENT_NAME: row.eventName,
	EVENT_DATA: row.data,
	EVENT_ADDITIONAL: row.user === undefined ? false : { user_id: String(row.user) },
	MESSAGE_ID: row.messageId,
});

const values = (row: OfflineRow): Params => ({
	ID: row.id,
	TIMESTAMP_X: row.timestamp,
	EVENT_NAME: row.eventName,
	MESSAGE_ID: row.messageId,
	PROCESS_ID: row.processId,
	ERROR: row.error ? 1 : 0,
});
