import { createHash } from 'node:crypto';
import type { Item, Site } from './site.cts';

const API = 'https://api.moysklad.ru/api/remap/1.2';

/** A UUID that a word stands for. */
export function uuid(word: string): string {
	const hex = createHash('md5').update(word).digest('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

const link = (type: string, word: string): Item => ({ meta: { href: `${API}/entity/${type}/${uuid(word)}`, type, mediaType: 'application/json' } });

export const RUB = link('currency', 'RUB');
export const USD = link('currency', 'USD');

/** A sale price in roubles; the currency is only linked, as MoySklad does it. */
export const price = (roubles: number, type = 'Цена продажи', currency: Item = RUB): Item => ({
	value: Math.round(roubles * 100), currency, priceType: { ...link('pricetype', type), id: uuid(type), name: type },
});

export const folder = (word: string, more: Item = {}): Item => ({ ...link('productfolder', word), id: uuid(word), externalCode: word, name: `Folder ${word}`, archived: false, ...more });

export const PIECE: Item = { ...link('uom', 'piece'), id: uuid('piece'), name: 'шт', code: '796' };

export const attribute = (name: string, value: unknown, type = 'string'): Item => ({
	meta: { href: `${API}/entity/product/metadata/attributes/${uuid(`attribute ${name}`)}`, type: 'attributemetadata' },
	id: uuid(`attribute ${name}`), name, type, value: value as string,
});

/** An element of a custom dictionary as a value. */
export const element = (name: string): Item => ({ ...link('customentity', name), name });

/** A product as MoySklad's API gives it; `word` makes its id and external code. */
export const product = (word: string, more: Item = {}): Item => ({
	...link('product', word), id: uuid(word), externalCode: word, name: `Product ${word}`, archived: false, article: `A-${word}`,
	weight: 1.5, volume: 0, uom: PIECE, effectiveVat: 20, effectiveVatEnabled: true, salePrices: [price(100)], variantsCount: 0, ...more,
});

export const bundle = (word: string, more: Item = {}): Item => ({ ...product(word), ...link('bundle', word), ...more });

export const service = (word: string, more: Item = {}): Item => ({ ...product(word), ...link('service', word), weight: undefined, article: undefined, ...more });

/** A variant of a product, which comes expanded. */
export const variant = (word: string, of: Item, characteristics: Record<string, string>, more: Item = {}): Item => ({
	...link('variant', word), id: uuid(word), externalCode: word, name: `${String(of.name)} (${Object.values(characteristics).join(', ')})`, archived: false,
	characteristics: Object.entries(characteristics).map(([name, value]) => ({ id: uuid(`characteristic ${name}`), name, value })),
	salePrices: [price(100)], product: of, ...more,
});

/** What *Get for Events* gives for an object that is gone. */
export const deleted = (entity: string, word: string): Item => ({ deleted: true, entity, id: uuid(word) });

interface Collection { rows: Item[]; meta: { size: number } }

/** All objects of a kind from the account, with everything included that the catalog needs. */
export async function assortment(site: Site, ...kinds: Array<'product' | 'variant' | 'bundle' | 'service'>): Promise<Item[]> {
	const folders = new Map((await all(site, 'productfolder')).map((one) => [String(one.id), one]));
	const items: Item[] = [];
	for (const kind of kinds) {
		const expand = { product: 'uom,images,country', variant: 'product,product.uom,images', bundle: 'uom,images', service: 'uom' }[kind];
		for (const row of await all(site, kind, `expand=${expand}&filter=${encodeURIComponent('archived=true;archived=false')}`)) items.push(placed(row, folders));
	}
	return items;
}

function placed(row: Item, folders: ReadonlyMap<string, Item>): Item {
	const parent = folders.get(idIn(row.productFolder));
	return {
		...row,
		...(parent && { productFolder: placed(parent, folders) }),
		...(row.product !== undefined && { product: placed(row.product as Item, folders) }),
	};
}

const idIn = (reference: unknown): string => (reference as { meta?: { href: string } } | undefined)?.meta?.href.split('/').at(-1) ?? '';

async function all(site: Site, entity: string, query = ''): Promise<Item[]> {
	const rows: Item[] = [];
	for (let offset = 0; ; offset += 100) {
		const page = await ask<Collection>(site, `entity/${entity}?limit=100&offset=${offset}&${query}`);
		rows.push(...page.rows);
		if (rows.length >= page.meta.size) return rows;
	}
}

/** Does something as the account's administrator. */
export async function ask<Answer>(site: Site, path: string, method = 'GET', body?: unknown): Promise<Answer> {
	const response = await fetch(`${site.moySklad.url}/_simulator/edit`, { method: 'POST', body: JSON.stringify({ user: 'admin', method, path, body }) });
	const { status, body: answer } = (await response.json()) as { status: number; body: Answer };
	if (status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
	return answer;
}
