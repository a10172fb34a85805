import type { IblockRow, PropertyRow } from '../../catalog/rows.cts';
import type { Portal } from '../../portal.cts';
import type { ExchangeSite } from '../site.cts';
import type { Package } from './progress.cts';

/** An element that the site does not take; the rest of the file goes on. */
export class ElementError extends Error {}

/** What an import of elements works with. */
export interface Scene {
	site: ExchangeSite;
	portal: Portal;
	pack: Package;
	iblock: IblockRow;
	/** Properties of the block by external code. */
	properties: ReadonlyMap<string, PropertyRow>;
	/** Where the file lies: paths of pictures begin here. */
	folder: string;
	userId: number;
}

/** Throws when the block went away in the meantime. */
export function sceneOf(site: ExchangeSite, pack: Package, path: string): Scene {
	const { portal } = site;
	const iblock = portal.store.iblocks.get(pack.iblockId);
	if (!iblock) throw new RangeError(`There is no block ${pack.iblockId}`);
	const properties = portal.store.properties.where('iblockId', iblock.id);
	return {
		site,
		portal,
		pack,
		iblock,
		properties: new Map(properties.flatMap((property) => (property.xmlId ? [[property.xmlId, property]] : []))),
		folder: path.slice(0, path.lastIndexOf('/') + 1),
		userId: site.accounts[0]?.id ?? 1,
	};
}
