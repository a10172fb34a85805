import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { foldOfflineEvents, processOfRow, readQueueRow, SyncError, wantedBitrixEvents, type OfflineEvent, type Reservation } from '../../../core';
import { resultOf, rowsOf as rowsIn, type Command, type Row } from '../../../transport';
import { limited } from '../../shared/limited';
import type { BulkOperation } from '../../shared/operation';
import { optionsProperty } from '../../shared/properties';
import { eventRows, PORTAL_ENTITIES } from '../trigger/properties';
import { confirmRows } from './confirming';
import { openChannel, rowsOf, type OfflineChannel } from './channel';
import { subscribe } from './subscribing';

const MOST = 50;
const FEATURE = 'rest_offline_extended';

/** Reserves events in the queue of the portal. They come again until *Confirm*. */
export const getEvents: BulkOperation = {
	value: 'getEvents',
	name: 'Get Events',
	action: 'Get events',
	description: 'Get what changed, each object once, and keep it reserved in Bitrix until it is confirmed. Subscribes to the events on the first run.',
	properties: [
		eventRows(PORTAL_ENTITIES),
		{
			displayName: 'Most of Each Event',
			name: 'most',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500 },
			default: MOST,
			description: 'How many events of each kind one run gets at most. The rest waits for the next run.',
		},
		optionsProperty([
			{
				displayName: 'Failed Events',
				name: 'failed',
				type: 'options',
				options: [
					{ name: 'Get Again', value: 'again', description: 'Events that were confirmed as failed come again with each run' },
					{ name: 'Leave', value: 'leave', description: 'They stay in the queue, and later changes of their objects with them' },
				],
				default: 'again',
				description: 'What happens to events that Confirm has marked as failed',
			},
			{
				displayName: 'Unconfirmed Events Again',
				name: 'unconfirmed',
				type: 'boolean',
				default: true,
				description: 'Whether what an earlier run got and did not confirm comes again. Switch it off only where runs overlap; what a run that died had reserved is lost to the others then, and deleted by Bitrix after 30 days.',
			},
		]),
	],
	async all() {
		const channel = await openChannel(this);
		const rows = rowsOf(this);
		const { state, reserved } = await look(channel, unconfirmedWanted(this));
		const names = await subscribe(channel, rows, state);
		const read = [...reserved.filter(({ name }) => names.includes(name)), ...(await reserve(channel, names, settingsOf(this)))];
		const { wanted } = wantedBitrixEvents(foldOfflineEvents(read.flatMap(({ event }) => event ?? [])), rows);
		await forget(channel, read, wanted);
		return [wanted.map((event) => ({ json: { ...event } as unknown as IDataObject, pairedItem: { item: 0 } }))];
	},
};

const unconfirmedWanted = (context: IExecuteFunctions): boolean => context.getNodeParameter('options.unconfirmed', 0, true) !== false;

interface Settings {
	most: number;
	failedAgain: boolean;
}

const settingsOf = (context: IExecuteFunctions): Settings => ({
	most: Math.floor(limited(context.getNodeParameter('most', 0, MOST), MOST, 1, 500)),
	failedAgain: context.getNodeParameter('options.failed', 0, 'again') !== 'leave',
});

/** A row that is reserved for this run. */
interface ReservedRow {
	name: string;
	reservation: Reservation;
	event?: OfflineEvent;
}

/** What the portal can do, what is subscribed, and what earlier runs left reserved: one call. Throws BITRIX_PLAN. */
async function look({ batches, source }: OfflineChannel, unconfirmed: boolean): Promise<{ state: { offered: unknown; bound: unknown }; reserved: ReservedRow[] }> {
	const list = { method: 'event.offline.list', parameters: { filter: { '>PROCESS_ID': '' }, order: { ID: 'ASC' } } };
	const [feature, offered, bound, left] = await batches.each(
		[{ method: 'feature.get', parameters: { CODE: FEATURE } }, { method: 'events', parameters: {} }, { method: 'event.get', parameters: {} }, ...(unconfirmed ? [list] : [])],
		{ repeatable: true },
	);
	if ((resultOf(feature) as Row | null)?.value === 'N') throw new SyncError('BITRIX_PLAN', { call: 'event.offline.get', reason: FEATURE });
	const rows = left ? rowsIn(resultOf(left), { method: list.method }) : [];
	const reserved = rows.flatMap((row) => {
		const processId = processOfRow(row);
		return processId === '' ? [] : (readQueueRow(row, source, { processId, again: true }) ?? []);
	});
	return { state: { offered: resultOf(offered), bound: resultOf(bound) }, reserved };
}

/**
 * Reserves what is new, each event by a command of its own: so nothing that others wait for in the same queue is touched. A call whose
 * answer is lost is not repeated: what it reserved comes with the next run.
 */
async function reserve({ batches, source }: OfflineChannel, names: readonly string[], { most, failedAgain }: Settings): Promise<ReservedRow[]> {
	const wanted = names.flatMap((name) => (failedAgain ? [false, true] : [false]).map((failedBefore) => ({ name, failedBefore })));
	const outcomes = await batches.each(
		wanted.map(({ name, failedBefore }) => getCommand(name, failedBefore, most)),
		{ repeatable: false },
	);
	return wanted.flatMap(({ name, failedBefore }, index) => {
		const { processId, rows } = answerOf(resultOf(outcomes[index]));
		const read = rows.flatMap((row) => readQueueRow(row, source, { processId, failedBefore, again: false }) ?? []);
		if (read.some((row) => row.name !== name)) throw new SyncError('BITRIX_FILTER_IGNORED', { call: 'event.offline.get' });
		return read;
	});
}

const getCommand = (name: string, failedBefore: boolean, most: number): Omit<Command, 'key'> => ({
	method: 'event.offline.get',
	parameters: { filter: { '=EVENT_NAME': name }, limit: most, clear: 0, ...(failedBefore && { error: 1 }) },
});

function answerOf(result: unknown): { processId: string; rows: Row[] } {
	const { process_id: processId } = (result ?? {}) as { process_id?: unknown };
	return { processId: String(processId ?? ''), rows: rowsIn(result, { method: 'event.offline.get', rows: 'events' }) };
}

/** What came along and is not wanted, such as items of other smart processes, would be reserved for ever. */
async function forget(channel: OfflineChannel, read: readonly ReservedRow[], wanted: readonly OfflineEvent[]): Promise<void> {
	const kept = new Set(wanted.flatMap(({ reservations }) => reservations.map(({ processId, messageId }) => `${processId} ${messageId}`)));
	const reservations = read.map(({ reservation }) => reservation).filter(({ processId, messageId }) => !kept.has(`${processId} ${messageId}`));
	if (reservations.length > 0) await confirmRows(channel, [{ reservations, failed: false }]);
}
