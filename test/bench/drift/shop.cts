import type { IDataObject } from 'n8n-workflow';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { OperatingTime } from '../../simulators/bitrix/limits/operatingTime.cts';
import { Limits, USUAL_RATE } from '../../simulators/moysklad/http/limits.cts';
import { onlyProducts } from '../../simulators/shop/size.cts';
import { Updating } from '../../nodes/orders/updating.cts';
import { itemParameters, orderParameters, pageParameters, stockParameters, stockReport, type DriftSetup } from './parameters.cts';

/** Share of the products that have variants, and how many each. */
const VARIANTS = { variantShare: 0.1, variantsEach: 4 };
const PAGE = 1000;
const OPERATING_SECONDS = 480;

/** Two sides that the write nodes make equal, without limits; then the limits of the platforms begin. */
export class EqualShop {
	private constructor(readonly bench: Updating) {}

	/** `goods` are products with their variants. */
	static async open(goods: number, orders: number): Promise<EqualShop> {
		const products = Math.round(goods / (1 + VARIANTS.variantShare * VARIANTS.variantsEach));
		const size = { ...onlyProducts(products), ...VARIANTS, pictures: 0, attributes: 0 };
		const bench = await Updating.open({ size, bitrix: { edition: 'box' }, moySklad: { rate: { unitsPerWindow: 1_000_000, windowMilliseconds: 200, parallel: 20 } } });
		const shop = new EqualShop(bench);
		await shop.makeOrdersEqual(orders);
		return shop;
	}

	get setup(): DriftSetup {
		const { bench } = this;
		return { catalog: String(bench.shop.store.bitrix.catalogs.main.products), secrets: this.secrets('cloud'), states: { picked: bench.stateId('Собран'), cancelled: bench.stateId('Отменён') } };
	}

	get objects(): number {
		const { elements, orders } = this.bench.shop.store.bitrix.portal.store;
		return elements.size + orders.size;
	}

	/** The limits of a cloud portal and of a MoySklad account, from now on. */
	limit(): void {
		const { bitrix } = this.bench.shop.store;
		const { moySklad } = this.bench.shop;
		Object.assign(bitrix.portal.options, { edition: 'cloud', plan: { bucket: 50, drain: 2 } });
		Object.assign(bitrix.portal, { operating: new OperatingTime({ limit: OPERATING_SECONDS, costs: [], defaultCost: 0.05, batch: 'methods' }) });
		Object.assign(moySklad.parts, { limits: new Limits(moySklad.account.bench.clock, USUAL_RATE, 'fixed') });
	}

	private secrets(edition: string): Secrets {
		const { bitrixWebhookApi, moySkladApi } = this.bench.credentials();
		return { bitrixWebhookApi: { ...(bitrixWebhookApi as IDataObject), edition }, moySkladApi } as Secrets;
	}

	private async makeOrdersEqual(orders: number): Promise<void> {
		const ids = this.bench.shop.placeOrders(orders, 3);
		for (let first = 0; first < ids.length; first += 200) await this.bench.bring(ids.slice(first, first + 200));
		await this.node('bitrixOrderUpdate', { operation: 'update', ...orderParameters(this.setup) }, await this.bench.customerOrders(ids));
	}

	/** Items get their marks as an earlier run would have left them, so that the write nodes have little left to do. */
	async makeGoodsEqual(): Promise<void> {
		const parameters = { operation: 'upsertItems', ...itemParameters(this.setup) };
		const [first] = await this.node('moySkladEntity', pageParameters(0, 1));
		await this.node('bitrixCatalogUpsert', parameters, first?.rows as IDataObject[]);
		this.mark();
		for (let offset: number | null = 0; offset !== null; ) {
			const [page] = await this.node('moySkladEntity', pageParameters(offset, PAGE));
			await this.node('bitrixCatalogUpsert', parameters, page?.rows as IDataObject[]);
			offset = (page?.next as number | null | undefined) ?? null;
		}
		const levels = await this.node('moySkladEntity', stockReport);
		await this.node('bitrixCatalogUpsert', { operation: 'updateStock', ...stockParameters(this.setup), options: { largestEmptied: 100 } }, levels);
	}

	private mark(): void {
		const { store } = this.bench.shop.store.bitrix.portal;
		const marks = new Map(store.properties.all().filter(({ code }) => code === 'MOYSKLAD_ID').map(({ iblockId, id }) => [iblockId, id]));
		const codes = new Map(['product', 'variant', 'service'].flatMap((type) => this.bench.shop.rows(type).map(({ externalCode, id }) => [String(externalCode), String(id)] as const)));
		for (const { id, iblockId, xmlId, properties } of store.elements.all()) {
			const [mark, moySkladId] = [marks.get(iblockId), codes.get(xmlId.split('#').at(-1) ?? '')];
			if (mark !== undefined && moySkladId !== undefined) store.elements.update(id, { properties: { ...properties, [mark]: [{ valueId: 500_000_000 + id, value: moySkladId }] } });
		}
	}

	private async node(type: string, parameters: object, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
		const run = await this.bench.shop.store.engine.runNode({ type, parameters: parameters as never, credentials: this.secrets('selfHosted'), items });
		if (run.error) throw run.error;
		const failed = type === 'moySkladEntity' ? undefined : run.json(1)[0];
		if (failed) throw new Error(`Both sides could not be made equal: ${JSON.stringify(failed)}`);
		return run.json(0);
	}
}
