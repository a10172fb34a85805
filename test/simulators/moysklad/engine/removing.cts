import { refusal } from '../errors.cts';
import type { Session } from '../session.cts';
import type { Ref, Resource, Row } from './schema.cts';
import { inUse } from './references.cts';

/** How rows go away. */

const MOST_SHOWN = 10;

/** Removes a row for good. Throws 1018, 1025, 1028 and what the resource itself forbids. */
export function remove(resource: Resource, row: Row, session: Session): void {
	session.require('delete', resource.type);
	if (resource.without?.includes('delete')) throw refusal(1039, 'DELETE');
	if (resource.predefined?.(row)) throw refusal(1025);
	resource.removable?.(row, session);
	session.account.table(resource.type).remove(row);
	session.record({ action: 'delete', row, fields: [] });
	resource.settled?.(undefined, row, session);
}

/** Moves a document to the recycle bin: it stays readable by id and vanishes from lists. Throws 1066, 1067. */
export function trash(resource: Resource, row: Row, session: Session): void {
	session.require('delete', resource.type);
	if (!resource.document) throw refusal(1066);
	if (!session.account.settings.useRecycleBin) throw refusal(1067);
	if (row.deleted !== undefined) return;
	const trashed: Row = { ...row, deleted: session.now };
	session.account.table(resource.type).put(trashed);
	session.record({ action: 'puttorecyclebin', row: trashed, before: row, fields: ['deleted'] });
	resource.settled?.(trashed, row, session);
}

/** 1028 when rows of the given types refer to this one through a field. */
export const refuseWhenReferred =
	(...holders: ReadonlyArray<readonly [type: string, field: string]>): NonNullable<Resource['removable']> =>
	(row, session) => {
		const users: Ref[] = [];
		for (const [type, field] of holders) {
			for (const holder of session.account.table(type).all()) {
				if ((holder[field] as Ref | undefined)?.id !== row.id) continue;
				users.push({ type, id: holder.id });
				if (users.length >= MOST_SHOWN) throw inUse(users, session);
			}
		}
		if (users.length > 0) throw inUse(users, session);
	};
