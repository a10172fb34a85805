import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import { ownerKey, type CrmEntity } from './entities.cts';
import { removeMultifields } from './multifields.cts';
import { rowsOf } from './productRows.cts';
import { forgetRequisite, requisitesOf } from './requisites.cts';

/** Removes what belongs to an object that goes: its lines of goods, phones and the like, requisites. */
export function forgetOwner(portal: Portal, entity: CrmEntity, id: number, source: Change['source']): void {
	for (const row of rowsOf(portal, ownerKey(entity, id))) portal.store.productRows.remove(row.id);
	removeMultifields(portal, ownerKey(entity, id));
	for (const requisite of requisitesOf(portal, entity.entityTypeId, id)) {
		forgetRequisite(portal, requisite);
		portal.announce('requisite', 'delete', requisite.id, source);
	}
	for (const order of portal.store.orderEntities.where('ownerId', id))
		if (order.ownerTypeId === entity.entityTypeId) portal.store.orderEntities.remove(order.id);
	for (const link of portal.store.requisiteLinks.where('owner', ownerKey(entity, id)))
		portal.store.requisiteLinks.remove(link.id);
}
