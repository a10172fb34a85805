import { entityReference, exactSum, idOf, SyncError, toMoscow, type Meta } from '../../../../core';
import { readPages, type Entity, type MoySkladClient } from '../../../../transport';

/** Orders that come in one page with their positions. */
const PAGE = 100;

/**
 * What orders of one sales channel have reserved in MoySklad and not shipped yet, by the id of the good (rule S2). `since`:
 * older orders are not looked at, in milliseconds since 1970. Throws CATALOG_NEEDS_MOYSKLAD.
 */
export async function readReserves(client: MoySkladClient | undefined, salesChannel: string | undefined, since: number): Promise<Map<string, number>> {
	const reserved = new Map<string, number>();
	if (salesChannel === undefined) return reserved;
	if (!client) throw new SyncError('CATALOG_NEEDS_MOYSKLAD', { what: 'Sales Channel of This Store' });
	const { href } = entityReference('saleschannel', salesChannel).meta;
	const filter = `salesChannel=${href};applicable=true;moment>=${toMoscow(since).slice(0, 19)}`;
	for await (const { rows } of readPages(client, 'entity/customerorder', { filter, expand: 'positions', limit: PAGE })) {
		for (const position of rows.flatMap(positionsOf)) add(reserved, position);
	}
	return reserved;
}

const positionsOf = ({ positions }: Entity): Entity[] => (positions as { rows?: Entity[] } | undefined)?.rows ?? [];

function add(reserved: Map<string, number>, { assortment, quantity, reserve, shipped }: Entity): void {
	const id = idOf((assortment as { meta?: Meta } | undefined)?.meta)?.toLowerCase();
	const kept = Math.min(Number(reserve ?? 0), Math.max(0, exactSum([Number(quantity ?? 0), -Number(shipped ?? 0)])));
	if (id !== undefined && kept > 0) reserved.set(id, exactSum([reserved.get(id) ?? 0, kept]));
}
