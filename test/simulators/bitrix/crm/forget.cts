import type { Portal } from '../portal.cts';
import { ownerKey, type CrmEntity } from './entities.cts';
import { removeMultifields } from './multifields.cts';
import { rowsOf } from './productRows.cts';

/** Removes what belongs to an object that goes: its lines of goods, phones and the like. */
export function forgetOwner(portal: Portal, entity: CrmEntity, id: number): void {
	for (const row of rowsOf(portal, ownerKey(entity, id))) portal.store.productRows.remove(row.id);
	removeMultifields(portal, ownerKey(entity, id));
}
