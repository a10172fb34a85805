import type { BitrixOptions } from './options.cts';
import { connect, must, type Json, type Rest } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

/** What each test of a file has to itself. */
export interface Bench {
	bitrix: RunningBitrix;
	shop: CatalogClient;
}

/** Starts a Bitrix before each test and ends it afterwards. A box by default: it does not limit the rate. */
export function freshShop(options: BitrixOptions = { edition: 'box' }): Bench {
	const bench = {} as Bench;
	beforeEach(async () => {
		bench.bitrix = await startBitrix(options);
		bench.shop = new CatalogClient(bench.bitrix);
	});
	afterEach(async () => await bench.bitrix.close());
	return bench;
}

/** Short words for what catalog tests do all the time. */
export class CatalogClient {
	readonly rest: Rest;
	readonly products: number;
	readonly offers: number;

	constructor(bitrix: RunningBitrix) {
		this.rest = connect(bitrix);
		this.products = bitrix.catalogs.main.products;
		this.offers = bitrix.catalogs.main.offers;
	}

	async addProduct(fields: Record<string, unknown> = {}): Promise<Json> {
		return (await must(this.rest('catalog.product.add', { fields: { iblockId: this.products, name: 'Кружка', ...fields } })))
			.element as Json;
	}

	async updateProduct(id: unknown, fields: Record<string, unknown>): Promise<Json> {
		return (await must(this.rest('catalog.product.update', { id, fields }))).element as Json;
	}

	async getProduct(id: unknown): Promise<Json> {
		return (await must(this.rest('catalog.product.get', { id }))).product as Json;
	}

	async addSku(fields: Record<string, unknown> = {}): Promise<Json> {
		return (
			await must(this.rest('catalog.product.sku.add', { fields: { iblockId: this.products, name: 'Футболка', ...fields } }))
		).sku as Json;
	}

	async addOffer(fields: Record<string, unknown> = {}): Promise<Json> {
		return (
			await must(
				this.rest('catalog.product.offer.add', { fields: { iblockId: this.offers, name: 'Футболка M', ...fields } }),
			)
		).offer as Json;
	}

	async addSection(fields: Record<string, unknown> = {}): Promise<number> {
		return Number(
			(await must(this.rest('catalog.section.add', { fields: { iblockId: this.products, name: 'Посуда', ...fields } })))
				.section?.id,
		);
	}

	/** The id of a new property of products (or of another block). */
	async addProperty(fields: Record<string, unknown>): Promise<number> {
		const property = { iblockId: this.products, name: 'Свойство', propertyType: 'S', ...fields };
		return Number((await must(this.rest('catalog.productProperty.add', { fields: property }))).productProperty?.id);
	}

	async addVariant(propertyId: number, value: string): Promise<number> {
		return Number(
			(await must(this.rest('catalog.productPropertyEnum.add', { fields: { propertyId, value, xmlId: value } })))
				.productPropertyEnum?.id,
		);
	}

	/** The names of the products that a filter finds. */
	async namesOf(filter: Record<string, unknown>): Promise<unknown> {
		const { products } = await must(
			this.rest('catalog.product.list', {
				select: ['id', 'iblockId', 'name'],
				filter: { iblockId: this.products, ...filter },
			}),
		);
		return (products as unknown as Json[]).map(({ name }) => name);
	}
}
