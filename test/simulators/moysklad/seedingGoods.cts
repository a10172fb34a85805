import type { ShopAttributeValue } from '../shop/attributeValues.cts';
import type { ShopGood } from '../shop/goods.cts';
import type { ShopPicture } from '../shop/pictures.cts';
import type { SalePrices } from './engine/priceKinds.cts';
import type { Row } from './engine/schema.cts';
import type { Picture } from './images/pictureKind.cts';
import { stableUuid } from '../kernel/random.cts';
import type { Seeder } from './seeding.cts';

/** A good of the generated shop as a row of the account, with its stock. */
export function seedGood(seeder: Seeder, good: ShopGood): void {
	const { account, idOf } = seeder;
	const fields = { ...commonFields(seeder, good), ...ownFields(seeder, good) };
	const row = seeder.put(good.kind, good.key, fields);
	account.links.follow(row, undefined);
	if (good.kind !== 'product' && good.kind !== 'variant') return;
	for (const picture of (row.images as Picture[] | undefined) ?? []) account.files.set(picture.id, picture);
	for (const [store, quantity] of Object.entries(good.stock))
		account.stock.setStock(row.id, idOf('store', store), quantity, seeder.moment);
}

function commonFields(seeder: Seeder, good: ShopGood): Record<string, unknown> {
	const { code, externalCode, archived } = good;
	return { code, externalCode, archived, salePrices: salePrices(seeder, good), discountProhibited: false };
}

function ownFields(seeder: Seeder, good: ShopGood): Record<string, unknown> {
	switch (good.kind) {
		case 'product':
			return {
				...described(seeder, good),
				article: good.article,
				uom: seeder.ref('uom', good.unit),
				buyPrice: { value: good.buyPrice, currency: seeder.account.defaultCurrency },
				weight: good.grams / 1000,
				volume: good.cubicCentimetres / 1_000_000,
				weighed: good.weighed,
				isSerialTrackable: false,
				barcodes: good.barcodes.map(({ kind, value }) => ({ [kind]: value })),
				images: good.pictures.map((picture) => stored(picture, seeder.moment)),
			};
		case 'variant':
			return {
				product: seeder.ref('product', good.product),
				article: good.article,
				characteristics: good.characteristics.map(({ name, value }) => ({
					id: seeder.account.addCharacteristic(name),
					value,
				})),
				barcodes: good.barcodes.map(({ kind, value }) => ({ [kind]: value })),
				images: good.pictures.map((picture) => stored(picture, seeder.moment)),
			};
		case 'bundle':
			return {
				...described(seeder, good),
				article: good.article,
				weight: 0,
				volume: 0,
				images: [],
				components: good.components.map(({ product, quantity }, index) =>
					component(seeder, good.key, index, product, quantity),
				),
			};
		case 'service':
			return described(seeder, good);
	}
}

function described(seeder: Seeder, good: Exclude<ShopGood, { kind: 'variant' }>): Record<string, unknown> {
	const { name, description, folder, vat, attributes } = good;
	return {
		name,
		...(description !== undefined && { description }),
		...(folder !== undefined && { productFolder: seeder.ref('productfolder', folder) }),
		vat: vat.rate,
		vatEnabled: vat.enabled,
		useParentVat: false,
		attributes: Object.fromEntries(
			Object.entries(attributes).map(([key, value]) => [seeder.idOf('attribute', key), attributeValue(value, seeder)]),
		),
	};
}

/** Pictures and files are the same kind of thing to a download. */
function attributeValue(value: ShopAttributeValue, seeder: Seeder): unknown {
	if (typeof value !== 'object') return value;
	if ('moment' in value) return value.moment;
	if ('file' in value) return stored(value.file, 0);
	return seeder.ref(value.to, value.key);
}

function salePrices({ account, idOf, shop }: Seeder, { prices }: ShopGood): SalePrices {
	return Object.fromEntries(
		Object.entries(prices).map(([key, value]) => {
			const currency = shop.priceTypes.find((type) => type.key === key)?.currency;
			return [
				idOf('pricetype', key),
				{ value, currency: currency === undefined ? account.defaultCurrency : idOf('currency', currency) },
			];
		}),
	);
}

const component = ({ idOf }: Seeder, bundle: string, index: number, product: string, quantity: number): Row => ({
	id: idOf('bundlecomponent', `${bundle} ${index}`),
	type: 'bundlecomponent',
	assortment: { type: 'product', id: idOf('product', product) },
	quantity,
});

const stored = ({ key, filename, title, size, content }: ShopPicture, updated: number): Picture => ({
	id: stableUuid('picture', filename, key),
	filename,
	title,
	size,
	updated,
	content,
});
