import { stableUuid } from '../kernel/random.cts';
import type { Bench } from '../kernel/simulator.cts';
import { AuditLog } from './audit.cts';
import { Links } from './documents/links.cts';
import { fieldRefusal } from './errors.cts';
import type { AttributeDefinition } from './engine/attributes.cts';
import type { State } from './engine/documentKinds.cts';
import type { Price, PriceType } from './engine/priceKinds.cts';
import { asRef, rowsOf, type Draft, type Json, type Ref, type Resource, type Row } from './engine/schema.cts';
import { Table } from './engine/table.cts';
import type { StoredFile } from './images/files.cts';
import { Storage } from './images/storage.cts';
import { RESOURCES } from './resources/registry.cts';
import { StockLedger } from './stock/ledger.cts';
import { Users, type User } from './users.cts';

export interface Settings {
	/** Numbers of documents must be unique (3006). */
	uniqueDocumentNumbers: boolean;
	/** Codes of goods and counterparties must be unique (3006). */
	checkUniqueCode: boolean;
	/** Goods made without barcodes get one. */
	fillEAN13Barcode: boolean;
	useRecycleBin: boolean;
	/** Documents raise prices below the minimum price to it. */
	checkMinPrice: boolean;
	/** On a free tariff webhooks are neither made nor sent. */
	paidTariff: boolean;
}

export const DISCOUNT_STRATEGIES = ['bySum', 'byPriority'] as const;
export type DiscountStrategy = (typeof DISCOUNT_STRATEGIES)[number];

export interface Vat {
	rate: number;
	enabled: boolean;
}

/** Everything that one account of MoySklad holds. */
export class Account {
	readonly id: string;
	readonly groupId: string;
	/** `http://…/api/remap/1.2`; known once the server listens. */
	base = '';
	readonly users: Users;
	readonly settings: Settings = {
		uniqueDocumentNumbers: false,
		checkUniqueCode: false,
		fillEAN13Barcode: true,
		useRecycleBin: true,
		checkMinPrice: false,
		paidTariff: true,
	};
	readonly links = new Links();
	readonly stock = new StockLedger();
	readonly audit = new AuditLog();
	readonly files = new Map<string, StoredFile>();
	readonly miniatures = new Set<string>();
	readonly storage: Storage;
	readonly dictionaries = new Map<string, string>();
	/** Names of variants' characteristics by id. */
	readonly characteristics = new Map<string, string>();
	priceTypes: PriceType[] = [];
	/** Several discounts of one good: all together, or the best for the buyer. */
	discountStrategy: DiscountStrategy = 'bySum';
	defaultCurrency = '';
	private readonly tables = new Map<string, Table>();
	private readonly attributes = new Map<string, AttributeDefinition[]>();
	private readonly states = new Map<string, State[]>();
	private readonly numbers = new Map<string, number>();

	constructor(
		readonly bench: Bench,
		readonly seed: number,
		readonly name: string,
		weight: number,
	) {
		this.id = stableUuid('account', seed);
		this.groupId = stableUuid('group', seed);
		this.users = new Users(seed, name, weight);
		this.storage = new Storage(bench.clock, this.files);
	}

	now(): number {
		return this.bench.clock.now();
	}

	resource(type: string): Resource | undefined {
		return RESOURCES.get(type);
	}

	/** Whether `meta.type` can be this word. */
	knows(type: string): boolean {
		return RESOURCES.has(type);
	}

	table(type: string): Table {
		let table = this.tables.get(type);
		if (!table) this.tables.set(type, (table = new Table()));
		return table;
	}

	find(ref: Ref | undefined): Row | undefined {
		return ref && this.tables.get(ref.type)?.get(ref.id);
	}

	hrefOf(ref: Ref): string {
		const dictionary = ref.type === 'customentity' ? `${String(this.find(ref)?.dictionary)}/` : '';
		return `${this.base}/entity/${ref.type}/${dictionary}${ref.id}`;
	}

	/** Who is asking, as lists tell it. */
	context({ kind }: User): Json {
		if (kind === 'solution') return {};
		const meta = {
			href: `${this.base}/context/employee`,
			metadataHref: `${this.base}/entity/employee/metadata`,
			type: 'employee',
			mediaType: 'application/json',
		};
		return { employee: { meta } };
	}

	attributesOf(entity: string): AttributeDefinition[] {
		return this.attributes.get(entity) ?? [];
	}

	setAttributes(entity: string, definitions: AttributeDefinition[]): void {
		this.attributes.set(entity, definitions);
	}

	statesOf(entity: string): State[] {
		return this.states.get(entity) ?? [];
	}

	setStates(entity: string, states: State[]): void {
		this.states.set(entity, states);
	}

	characteristicNamed(name: string): string | undefined {
		return [...this.characteristics].find(([, known]) => known === name)?.[0];
	}

	addCharacteristic(name: string): string {
		const id = stableUuid('characteristic', this.seed, name);
		this.characteristics.set(id, name);
		return id;
	}

	/** Units of the account's currency for one unit of this one. */
	rateOf(currency: string): number {
		return (this.table('currency').get(currency)?.rate as number | undefined) ?? 1;
	}

	nextNumber(type: string): string {
		const number = (this.numbers.get(type) ?? 0) + 1;
		this.numbers.set(type, number);
		return String(number).padStart(5, '0');
	}

	/** Names of a folder and those above it, joined by `/`; empty at the root. */
	folderPath(folder: Ref | undefined): string {
		const row = this.find(folder);
		if (!row) return '';
		const above = this.folderPath(asRef(row.productFolder));
		return above === '' ? String(row.name) : `${above}/${String(row.name)}`;
	}

	/** A good's own rate, or that of the nearest folder that has one; a variant has its product's. */
	effectiveVat(good: Row): Vat {
		if (good.useParentVat === false && good.vatEnabled !== undefined)
			return { rate: (good.vat as number | undefined) ?? 0, enabled: good.vatEnabled === true };
		const parent = this.find(asRef(good.product) ?? asRef(good.productFolder));
		return parent ? this.effectiveVat(parent) : { rate: 0, enabled: false };
	}

	/** A variant is archived together with its product. */
	isArchived(row: Row): boolean {
		return row.archived === true || this.find(asRef(row.product))?.archived === true;
	}

	/** Kopecks: what a good was bought for. */
	costOf(ref: Ref | undefined): number {
		const row = this.find(ref);
		const price = (row?.buyPrice ?? this.find(asRef(row?.product))?.buyPrice) as Price | undefined;
		return price?.value ?? 0;
	}

	/** Ids of the goods of a document and of the folders that they lie in. */
	assortmentOf(document: Row): string[] {
		return rowsOf(document, 'positions').flatMap(({ assortment }) => {
			const ids = [asRef(assortment)?.id ?? ''];
			let folder = asRef(this.find(asRef(assortment))?.productFolder);
			for (; folder; folder = asRef(this.find(folder)?.productFolder)) ids.push(folder.id);
			return ids;
		});
	}

	/** 3006, when codes must be unique and another row of the type has this one. */
	refuseTakenCode(draft: Draft): void {
		if (!this.settings.checkUniqueCode || draft.code === undefined) return;
		const taken = this.table(draft.type)
			.all()
			.some(({ id, code }) => id !== draft.id && code === draft.code);
		if (taken) throw fieldRefusal(3006, 'code', 'code');
	}
}
