import { neededEvents, readOfferedEvents } from '../../../core';
import { resultOf, type Row } from '../../../transport';
import type { BulkOperation } from '../../shared/operation';
import { eventRows, PORTAL_ENTITIES } from '../trigger/properties';
import { openChannel, rowsOf } from './channel';

/** Ends what *Get Events* subscribed to, so that the queue does not grow for nobody. */
export const stopEvents: BulkOperation = {
	value: 'stopEvents',
	name: 'Stop Events',
	action: 'Stop events',
	description: 'Let Bitrix record these events no more for the connector of the credential. What is in the queue stays there.',
	properties: [eventRows(PORTAL_ENTITIES)],
	async all() {
		const { batches } = await openChannel(this);
		const [offered] = await batches.each([{ method: 'events', parameters: {} }], { repeatable: true });
		const { names } = neededEvents(rowsOf(this), readOfferedEvents(resultOf(offered)));
		const commands = names.map((event) => ({ method: 'event.unbind', parameters: { event, event_type: 'offline' } }));
		const counts = (await batches.each(commands, { repeatable: true })).map((outcome) => Number((resultOf(outcome) as Row | null)?.count ?? 0));
		const stopped = names.filter((_, index) => (counts[index] ?? 0) > 0);
		return [[{ json: { stopped }, pairedItem: { item: 0 } }]];
	},
};
