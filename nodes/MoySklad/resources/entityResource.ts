import type { Operation, Resource } from '../../shared/operation';
import type { EntityKind } from './entityKind';
import { getChanges } from './reading/getChanges';
import { getForEvents } from './reading/getForEvents';
import { getMany } from './reading/getMany';
import { getOne } from './reading/getOne';
import { removal } from './writing/remove';
import { writeOperation } from './writing/write';

/** A resource that stands for a kind of object. */
export interface EntityResource extends Resource {
	kind: EntityKind;
}

const listing = (kind: EntityKind): Operation[] => [getChanges(kind), getForEvents(kind), getMany(kind)];

const writing = (kind: EntityKind): Operation[] => [
	writeOperation(kind, 'create'),
	writeOperation(kind, 'upsert'),
	writeOperation(kind, 'update'),
	removal(kind),
];

const entityResource = (kind: EntityKind, operations: Operation[]): EntityResource => ({
	kind,
	value: kind.value,
	name: kind.name,
	operations: operations.sort((one, other) => one.name.localeCompare(other.name)),
});

/** A kind of object that is only listed here. */
export const readOperations = (kind: EntityKind): EntityResource => entityResource(kind, listing(kind));

/** A kind of object with everything that can be done to it. */
export const allOperations = (kind: EntityKind, more: Operation[] = []): EntityResource =>
	entityResource(kind, [getOne(kind), ...listing(kind), ...writing(kind), ...more]);
