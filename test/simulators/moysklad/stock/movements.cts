import type { Account } from '../account.cts';
import { asRef, rowsOf, type Ref, type Row } from '../engine/schema.cts';
import { openReserve } from '../documents/following.cts';
import type { Movement } from './ledger.cts';

const DIRECTION: Record<string, 1 | -1> = { enter: 1, salesreturn: 1, demand: -1 };

/** What a document does to stock and reserves: nothing unless it is posted and not in the recycle bin. */
export function movementsOf(document: Row, account: Account): Movement[] {
	if (document.applicable !== true || document.deleted !== undefined) return [];
	const store = asRef(document.store)?.id ?? null;
	const direction = DIRECTION[document.type];
	if (direction === undefined && document.type !== 'customerorder') return [];
	return rowsOf(document, 'positions').flatMap((position) => {
		const moved = direction === undefined ? 0 : direction * (position.quantity as number);
		const reserve = document.type === 'customerorder' ? openReserve(document, position, account) : 0;
		return goodsIn(position.assortment as Ref, account).map(({ id, share }) => ({
			assortment: id,
			store,
			stock: moved * share,
			reserve: reserve * share,
		}));
	});
}

/** A bundle stands for its components; a service has no stock. */
function goodsIn(good: Ref, account: Account): Array<{ id: string; share: number }> {
	if (good.type === 'service') return [];
	if (good.type !== 'bundle') return [{ id: good.id, share: 1 }];
	const bundle = account.find(good);
	return (bundle ? rowsOf(bundle, 'components') : [])
		.filter(({ assortment }) => asRef(assortment)?.type !== 'service')
		.map(({ assortment, quantity }) => ({ id: (assortment as Ref).id, share: quantity as number }));
}
