import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { foldEvents, hiddenToo, isDocument, SyncError, toObjectEvent, type FoldedEvents, type ObjectEvent } from '../../../../core';
import { expandFor, readByValues, type Entity, type MoySkladClient } from '../../../../transport';
import { moySkladClient } from '../../../shared/moySklad';
import type { BulkOperation } from '../../../shared/operation';
import { entitiesOf, type EntityKind } from '../entityKind';
import { eventItems } from './eventItems';
import { includeProperty, Output, outputOptionsProperty, readOptions, type OutputOptions } from './outputOptions';

export const getForEvents = (kind: EntityKind): BulkOperation => ({
	value: 'getForEvents',
	name: 'Get for Events',
	action: `Get ${kind.plural} for events`,
	description: 'Read the objects that events are about, each once, and say which are gone',
	properties: [...includeProperty(kind), outputOptionsProperty],
	async all() {
		const client = await moySkladClient(this);
		const { events, failed } = eventItems(this, (json) => ownEvent(kind, json));
		const folded = foldEvents(events);
		const options = readOptions(this, 0);
		const rows = await readObjects(client, kind, folded, options);
		const objects = await new Output(client).of(rows, options);
		const byId = new Map(objects.map((object) => [String(object.id), object]));
		return [folded.map((one) => toItem(one, byId.get(one.id))), failed];
	},
});

/** Throws MOYSKLAD_EVENT_INVALID, and MOYSKLAD_EVENT_FOREIGN for an event of another resource. */
function ownEvent(kind: EntityKind, json: IDataObject): ObjectEvent {
	const event = toObjectEvent(json);
	if (entitiesOf(kind).includes(event.entity)) return event;
	throw new SyncError('MOYSKLAD_EVENT_FOREIGN', { entity: event.entity });
}

/**
 * A document in the recycle bin is not found here, and so counts as gone. What an event calls deleted is looked for as well:
 * events arrive in any order, and an object that came back is there.
 */
async function readObjects(client: MoySkladClient, kind: EntityKind, folded: FoldedEvents[], { include }: OutputOptions): Promise<Entity[]> {
	const conditions = isDocument(kind.entity) ? [] : hiddenToo(kind.entity);
	const ids = folded.map(({ id }) => id);
	return await readByValues(client, `entity/${kind.entity}`, 'id', ids, { conditions, query: { expand: expandFor(kind.entity, include) } });
}

/** Paired with all items that its events came with. */
function toItem({ entity, id, newest, items }: FoldedEvents, object: IDataObject | undefined): INodeExecutionData {
	const event = { event: newest as unknown as IDataObject, eventCount: items.length };
	const json = object ? { ...object, ...event } : { ...(newest as unknown as IDataObject), deleted: true, entity, id, ...event };
	return { json, pairedItem: items.map((item) => ({ item })) };
}
