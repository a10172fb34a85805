import { control } from '../simulators/moysklad/control.cts';
import type { SalePrices } from '../simulators/moysklad/engine/priceKinds.cts';
import type { Row } from '../simulators/moysklad/engine/schema.cts';
import type { Random } from '../simulators/kernel/random.cts';
import type { RunningMoySklad } from '../simulators/moysklad/start.cts';

type Json = Record<string, unknown>;

/** Grams; each change takes the next step, so that no two states of a product are the same. */
const FIRST_WEIGHT = 1_000;

/** Prices stay near where they began: a fall by half would be held for review (rule P1). */
const LOWEST = 0.8;
const HIGHEST = 1.2;

/** What people do with the products of a MoySklad. */
export class Shop {
	/** Objects that were made, changed or deleted. */
	touched = 0;
	private readonly prices = new Map<string, number>();
	private weight = FIRST_WEIGHT;

	constructor(
		private readonly moySklad: RunningMoySklad,
		private readonly random: Random,
	) {}

	/** Ids of all products. */
	get ids(): string[] {
		return this.products.all().map(({ id }) => id);
	}

	/** So many products, all different. */
	some(count: number): string[] {
		const left = this.ids;
		if (left.length < count) throw new RangeError(`There are ${left.length} products only`);
		return Array.from({ length: count }, () => left.splice(this.random.integer(0, left.length - 1), 1)[0] as string);
	}

	/** Changes name, weight and price of products in one request, so that one notification tells of them all. */
	async change(ids: readonly string[]): Promise<void> {
		await this.save(ids.map((id) => ({ meta: this.metaOf(id), ...this.looks(id) })));
	}

	/** Makes products in one request. */
	async create(count: number): Promise<void> {
		await this.save(Array.from({ length: count }, () => this.looks()));
	}

	async setArchived(id: string, archived: boolean): Promise<void> {
		await this.save([{ meta: this.metaOf(id), archived }]);
	}

	async remove(id: string): Promise<void> {
		await this.edit('DELETE', `entity/product/${id}`);
		this.touched += 1;
	}

	isArchived(id: string): boolean {
		return this.products.get(id)?.archived === true;
	}

	private get products() {
		return this.moySklad.account.table('product');
	}

	private looks(id?: string): Json {
		this.weight += 1;
		const [type] = this.moySklad.account.priceTypes;
		const priceType = { meta: { href: `${this.moySklad.baseUrl}/context/companysettings/pricetype/${type?.id}`, type: 'pricetype', mediaType: 'application/json' } };
		const value = Math.round(this.usualPrice(id, String(type?.id)) * (LOWEST + (HIGHEST - LOWEST) * this.random.next()));
		return { name: `Product ${this.weight}`, weight: this.weight / 1_000, salePrices: [{ value, priceType }] };
	}

	/** What a product costs at first, in kopecks. */
	private usualPrice(id: string | undefined, type: string): number {
		const shown = (row: Row | undefined): number => (row?.salePrices as SalePrices | undefined)?.[type]?.value || 100_000;
		if (id === undefined) return shown(undefined);
		const known = this.prices.get(id) ?? shown(this.products.get(id));
		this.prices.set(id, known);
		return known;
	}

	private metaOf(id: string): Json {
		return { href: `${this.moySklad.baseUrl}/entity/product/${id}`, type: 'product', mediaType: 'application/json' };
	}

	private async save(rows: Json[]): Promise<void> {
		const answer = await this.edit('POST', 'entity/product', rows);
		const refused = (answer as Json[]).find((row) => 'errors' in row);
		if (refused) throw new Error(JSON.stringify(refused));
		this.touched += rows.length;
	}

	private async edit(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = (await control(this.moySklad.parts, 'POST', 'edit', { user: 'admin', method, path, body })) as { status: number; body: unknown };
		if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
		return answer.body;
	}
}
