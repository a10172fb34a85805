import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { PAGE, readChanges } from '../../../../transport';
import { systemClock } from '../../../shared/clock';
import { limited } from '../../../shared/limited';
import { moySkladClient } from '../../../shared/moySklad';
import type { ItemOperation } from '../../../shared/operation';
import { optionsProperty } from '../../../shared/properties';
import { entitiesOf, type EntityKind } from '../entityKind';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Hours or minutes: further back nothing happened. */
const LONGEST_LOOK = 400_000;

interface ChangesOptions {
	deletions?: boolean;
	overlap?: number;
}

export const deletionsOption: INodeProperties = {
	displayName: 'Deleted Objects',
	name: 'deletions',
	type: 'boolean',
	default: true,
	description: 'Whether deletions are looked up in the audit, which only administrators may read; others get a warning in the page',
};

export const overlapOption: INodeProperties = {
	displayName: 'Overlap (Minutes)',
	name: 'overlap',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 10,
	description: 'How far to begin before the cursor. Changes by large imports become visible up to five minutes after their time; what comes twice is harmless.',
};

/** Milliseconds, of what that option says. */
export const overlapOf = (minutes: unknown): number => limited(minutes, 10, 0, LONGEST_LOOK) * MINUTE;

const changesProperties: INodeProperties[] = [
	{
		displayName: 'Cursor',
		name: 'cursor',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-11-21T10:00:00Z',
		description: 'The cursor that the page before gave, or a moment. Empty at first.',
	},
	{
		displayName: 'Look Back (Hours)',
		name: 'lookBack',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 24,
		description: 'Where to begin while there is no cursor',
	},
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 1000,
		description: 'Most changed objects in one page',
	},
	optionsProperty([deletionsOption, overlapOption]),
];

/** One page of events, and the cursor with which the next one begins: store the events first, then the cursor. */
export const getChanges = (kind: EntityKind): ItemOperation => ({
	value: 'getChanges',
	name: 'Get Changes',
	action: `Get changes of ${kind.plural}`,
	description: 'List what changed or was deleted since a cursor, one page at a time, with the next cursor',
	properties: changesProperties,
	async item(itemIndex) {
		const now = systemClock.now();
		const options = this.getNodeParameter('options', itemIndex, {}) as ChangesOptions;
		const { events, ...page } = await readChanges(await moySkladClient(this), {
			entities: entitiesOf(kind),
			cursor: String(this.getNodeParameter('cursor', itemIndex) ?? ''),
			now,
			lookBack: limited(this.getNodeParameter('lookBack', itemIndex), 24, 0, LONGEST_LOOK) * HOUR,
			overlap: overlapOf(options.overlap),
			limit: Math.floor(limited(this.getNodeParameter('pageSize', itemIndex), PAGE, 1, PAGE)),
			deletions: options.deletions ?? true,
		});
		return [{ json: { events: events as unknown as IDataObject[], count: events.length, ...(page as unknown as IDataObject) } }];
	},
});
