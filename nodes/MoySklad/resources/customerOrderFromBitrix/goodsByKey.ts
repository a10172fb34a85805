import {
	idOf,
	isByChance,
	isUuid,
	VARIANT_MARK,
	withArchived,
	type GoodReference,
	type Identity,
	type Meta,
	type OrderLine,
} from '../../../../core';
import { readByValues, type Entity, type MoySkladClient } from '../../../../transport';

const ASSORTMENT = 'entity/assortment';

/** What a line is known by: its key, or its name where it has none. */
export const lineKey = ({ key, name }: Pick<OrderLine, 'key' | 'name'>): string => key ?? `name ${name}`;

interface GoodKey {
	key: string;
	product: string;
	/** Undefined for products, bundles and services. */
	variant?: string;
}

/** All goods that a line may stand for: none, one, or several that have the same key. */
export type GoodsOfLine = (line: OrderLine) => GoodReference[];

/** Reads the goods under the keys of lines, archived ones too. */
export async function readGoods(client: MoySkladClient, lines: readonly OrderLine[], identity: Identity): Promise<GoodsOfLine> {
	const found = await readByKeys(client, lines.flatMap(({ key }) => key ?? []), identity);
	return ({ key, productId, name }) =>
		(found.get(key ?? '') ?? []).filter((good) => !isByChance({ id: productId, name }, key ?? '', good.name)).map(({ reference }) => reference);
}

interface Found {
	reference: GoodReference;
	name: string;
}

async function readByKeys(client: MoySkladClient, keys: readonly string[], identity: Identity): Promise<Map<string, Found[]>> {
	const wanted = [...new Set(keys)].map(split).filter((key) => isUsable(key, identity));
	const single = wanted.filter(({ variant }) => variant === undefined);
	const variants = wanted.filter(({ variant }) => variant !== undefined);
	const productCodes = single.map(({ product }) => product);
	const variantCodes = variants.map(({ variant }) => variant ?? '');
	const [singleRows, variantRows] = await Promise.all([
		read(client, identity, productCodes),
		read(client, identity, variantCodes, 'product'),
	]);
	const found = new Map<string, Found[]>();
	const wantedKeys = new Map(wanted.map(({ key, product, variant }) => [nameOf(product, variant), key]));
	for (const row of [...singleRows.filter((one) => !isVariant(one)), ...variantRows.filter(isVariant)]) {
		const own = keyOf(row, identity);
		const key = wantedKeys.get(isVariant(row) ? nameOf(keyOf(row.product as Entity, identity), own) : nameOf(own));
		if (key !== undefined) found.set(key, [...(found.get(key) ?? []), { reference: { type: typeOf(row), id: String(row.id) }, name: String(row.name) }]);
	}
	return found;
}

function split(key: string): GoodKey {
	const [product = '', ...variant] = key.split(VARIANT_MARK);
	return variant.length === 0 ? { key, product } : { key, product, variant: variant.join(VARIANT_MARK) };
}

/** MoySklad refuses a whole filter for one value that cannot be an id. */
const isUsable = ({ product, variant }: GoodKey, identity: Identity): boolean =>
	identity === 'id' ? isUuid(variant ?? product) : (variant ?? product) !== '';

async function read(client: MoySkladClient, identity: Identity, values: readonly string[], expand?: string): Promise<Entity[]> {
	if (values.length === 0) return [];
	return await readByValues(client, ASSORTMENT, identity, values, { conditions: withArchived, query: { expand } });
}

const typeOf = ({ meta }: Entity): string => (meta as Meta).type;

const isVariant = (row: Entity): boolean => typeOf(row) === 'variant';

const keyOf = (row: Entity, identity: Identity): string =>
	identity === 'id' ? (idOf(row.meta as Meta) ?? '') : String(row.externalCode);

const nameOf = (product: string, variant?: string): string =>
	[product, variant]
		.filter((part) => part !== undefined)
		.map((part) => part.toLowerCase())
		.join(VARIANT_MARK);
