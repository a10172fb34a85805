import { resources } from '../../nodes/MoySklad/resources';
import { assortment } from '../nodes/catalog/items.cts';
import { Site } from '../nodes/catalog/site.cts';
import { EntityBench } from '../nodes/MoySklad/entityBench.cts';
import { schemaOf, type OutputSchema } from './schemaOf.cts';

/** Of a shop with some of everything. */
const SIZE = { products: 40, folders: 6 };

const VERSION = 'v1.0.0';

/** Rows that are looked at of each kind. */
const LIMIT = 50;

/**
 * The schemas of what nodes give, by their files below nodes/: made from what the nodes really give for a generated shop.
 * Kinds of objects that the shop has none of have no schema.
 */
export async function outputSchemas(): Promise<Record<string, OutputSchema>> {
	return { ...(await ofMoySkladEntity()), ...(await ofCatalogUpsert()) };
}

const file = (folder: string, ...parts: string[]): string => `${folder}/__schema__/${VERSION}/${parts.join('/')}.json`;

const schema = (rows: readonly unknown[]): OutputSchema => ({ ...schemaOf(rows), version: 1 });

async function ofMoySkladEntity(): Promise<Record<string, OutputSchema>> {
	const bench = await EntityBench.start({ size: SIZE });
	const found: Record<string, OutputSchema> = {};
	try {
		for (const { value: resource, operations } of resources.filter((one) => 'kind' in one)) {
			const has = (name: string): boolean => operations.some(({ value }) => value === name);
			if (!has('getAll')) continue;
			const rows = await bench.done({ resource, operation: 'getAll', limit: LIMIT });
			if (rows.length === 0) continue;
			found[file('nodes/MoySklad', resource, 'getAll')] = schema(rows);
			if (!has('get')) continue;
			const single = await bench.done({ resource, operation: 'get', objectId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, rows as never);
			found[file('nodes/MoySklad', resource, 'get')] = schema(single);
		}
	} finally {
		await bench.close();
	}
	return found;
}

async function ofCatalogUpsert(): Promise<Record<string, OutputSchema>> {
	const site = await Site.open({ moySklad: { size: SIZE } });
	try {
		const items = await assortment(site, 'product', 'variant');
		const created = await site.results('upsertItems', items);
		const again = await site.results('upsertItems', items);
		return { [file('nodes/Bitrix', 'upsertItems')]: schema([...created, ...again]) };
	} finally {
		await site.close();
	}
}
