import type { IExecuteFunctions } from 'n8n-workflow';
import {
	FIELD_TARGETS, propertyTarget, readSection, SectionTree, serviceProperties,
	type CatalogBooks, type PlanSettings, type PriceSettings, type Rule, type ServiceProperties, type SourceSettings, type Target,
} from '../../../core';
import { Batches, readAllRows, type BitrixClient, type MoySkladClient } from '../../../transport';
import { Announcing } from './announcing';
import type { CatalogSettings } from './settings';

/** The goods, or the offers of a catalog: each has methods, properties and keys of its own. */
export type Block = 'goods' | 'offers';

/** Batches under way at one time; the limiter of the host decides how many really are. */
export const PARALLEL = 4;

/** What one run of the node works with. */
export class CatalogSession extends Announcing {
	readonly batches: Batches;
	private tree: SectionTree | undefined;
	rules: Rule[] = [];
	newSections: ReadonlySet<string> = new Set();
	/** Fields of items that an operation needs beside those that the rules compare. */
	moreFields: readonly string[] = [];
	/** Blocks whose property for MoySklad's id was made in this run: no item can carry one yet. */
	readonly unmarked = new Set<number>();
	/** Old versions of Bitrix want some fields in every write. */
	demanding = false;

	constructor(
		context: IExecuteFunctions,
		readonly settings: CatalogSettings,
		readonly client: BitrixClient,
		readonly books: CatalogBooks,
		readonly prices: PriceSettings,
		/** Undefined when the node has no such credential. */
		readonly moySklad: MoySkladClient | undefined,
		/** ISO code of a price's currency, as far as anybody says it. */
		private readonly currencyOf: SourceSettings['currencyOf'],
	) {
		super(context);
		this.batches = new Batches(client);
	}

	/** How fields of MoySklad are read. */
	get sources(): SourceSettings {
		const { identity, gramsPerWeight } = this.settings;
		return { identity, gramsPerWeight, currencyOf: this.currencyOf };
	}

	/** Id of the block; undefined when the catalog has no offers. */
	blockId(block: Block): number | undefined {
		return (block === 'goods' ? this.books.goods : this.books.offers)?.iblockId;
	}

	service(block: Block): ServiceProperties {
		return serviceProperties(this.books, this.blockId(block) ?? 0);
	}

	/** All sections of the catalog, read once. */
	async sections(): Promise<SectionTree> {
		return (this.tree ??= await this.readSections());
	}

	/** After sections were made, or when nobody knows whether they were. */
	async readSections(): Promise<SectionTree> {
		const parameters = { select: ['id', 'xmlId', 'name', 'iblockSectionId', 'active'], filter: { iblockId: this.books.goods.iblockId } };
		const rows = await readAllRows(this.batches, { method: 'catalog.section.list', rows: 'sections', parameters });
		return (this.tree = new SectionTree(rows.map(readSection)));
	}

	/** What plans are made by; the tree of sections is empty until it was asked for. */
	get plan(): PlanSettings {
		return {
			books: this.books,
			sections: this.tree ?? new SectionTree([]),
			newSections: this.newSections,
			units: this.settings.units,
			targets: this.targets(),
			rules: new Map(this.rules.map((rule) => [rule.target, rule])),
			prices: this.prices,
			gone: this.settings.gone,
		};
	}

	private targets(): Map<string, Target> {
		const properties = this.books.properties.map((property) => propertyTarget(property, this.books.offers?.iblockId));
		return new Map([...FIELD_TARGETS, ...properties].map((target) => [target.name, target]));
	}

	/** Fields of the items of a block that the rules compare. */
	comparedFields(block: Block): string[] {
		const { targets } = this.plan;
		const id = this.blockId(block);
		const fields = this.rules.filter(({ policy }) => policy !== 'creating').flatMap(({ target: name }) => {
			const target = targets.get(name);
			return target && (target.iblockId === undefined ? true : target.iblockId === id) ? target.select : [];
		});
		return [...new Set(fields)];
	}
}

