import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Drift } from '../../../core';
import { Engine } from '../../n8n/engine.cts';
import { liveMemory } from '../memory/liveMemory.cts';
import { peakMemory } from '../memory/peakMemory.cts';
import { itemParameters, orderParameters, pageParameters, stockParameters, stockReport, type DriftSetup } from './parameters.cts';

const PAGE = 1000;
/** Each comparison asks Bitrix for its books first, so two pages of MoySklad share one. */
const PAGES_TOGETHER = 2;
const ROWS_OF_BITRIX = 2500;

export interface Compared {
	found: Drift[];
	/** Objects that could not be read. */
	unread: number;
	seconds: number;
	/** Memory of this process after a tenth of the goods, and at the end. */
	memory: { tenth: Memory; end: Memory };
}

/** In MB. */
interface Memory {
	/** Objects that are still in use: what grows when something is kept from page to page. */
	live: number;
	/** The most that was resident so far, garbage that waits for its collection included. */
	peak: number;
}

const memoryNow = (): Memory => ({ peak: peakMemory(process.pid), live: liveMemory() });

interface GoodsPage extends IDataObject {
	rows: IDataObject[];
	next: number | null;
	size: number;
}

/** Compares everything through the nodes, page by page from both sides, and keeps nothing but what it found. */
export class Comparing {
	private readonly found: Drift[] = [];
	private unread = 0;
	private tenth: Memory | undefined;

	private constructor(
		private readonly engine: Engine,
		private readonly setup: DriftSetup,
	) {}

	static async run(setup: DriftSetup): Promise<Compared> {
		const started = Date.now();
		const comparing = new Comparing(await Engine.load(), setup);
		// The two lanes wait for the limits of different sides most of the time.
		await Promise.all([comparing.goods(), comparing.extraItems().then(async () => await comparing.orders())]);
		await comparing.stock();
		const { found, unread } = comparing;
		const end = memoryNow();
		return { found, unread, seconds: (Date.now() - started) / 1000, memory: { tenth: comparing.tenth ?? end, end } };
	}

	private async goods(): Promise<void> {
		for (let offset: number | null = 0; offset !== null; ) {
			const rows: IDataObject[] = [];
			let page: GoodsPage | undefined;
			for (let pages = 0; pages < PAGES_TOGETHER && offset !== null; pages += 1) {
				[page] = (await this.node('moySkladEntity', pageParameters(offset, PAGE))) as GoodsPage[];
				if (!page) throw new Error('MoySklad gave no page');
				rows.push(...page.rows);
				offset = page.next;
			}
			await this.compare('bitrixCatalogUpsert', { operation: 'compareItems', ...itemParameters(this.setup) }, rows);
			if (!page) return;
			if (!this.tenth && (offset ?? page.size) >= page.size / 10) this.tenth = memoryNow();
		}
	}

	private async extraItems(): Promise<void> {
		await this.pages('bitrixCatalogUpsert', { operation: 'getExtraItems', pageSize: ROWS_OF_BITRIX, ...stockParameters(this.setup) });
	}

	private async stock(): Promise<void> {
		const levels = await this.node('moySkladEntity', stockReport);
		for (let first = 0; first < levels.length; first += ROWS_OF_BITRIX)
			await this.compare('bitrixCatalogUpsert', { operation: 'compareStock', ...stockParameters(this.setup) }, levels.slice(first, first + ROWS_OF_BITRIX));
	}

	private async orders(): Promise<void> {
		for (let offset: number | null = 0; offset !== null; ) {
			const [page] = (await this.node('moySkladEntity', { resource: 'customerOrder', operation: 'getAll', limit: 100, options: { onePage: true, offset } })) as GoodsPage[];
			if (!page) throw new Error('MoySklad gave no page');
			await this.compare('bitrixOrderUpdate', { operation: 'compare', ...orderParameters(this.setup) }, page.rows);
			offset = page.next;
		}
		const { siteKey = '', flow = '', placedSince = '' } = orderParameters(this.setup);
		await this.pages('bitrixOrderUpdate', { operation: 'getExtra', pageSize: ROWS_OF_BITRIX, siteKey, flow, placedSince });
	}

	/** All pages of what Bitrix has. */
	private async pages(type: string, parameters: INodeParameters): Promise<void> {
		for (let cursor: unknown = null, first = true; first || cursor !== null; first = false) {
			const [page] = (await this.node(type, parameters, [{ cursor: cursor as IDataObject }])) as Array<IDataObject & { differences: Drift[]; cursor: unknown }>;
			this.found.push(...((page?.differences as Drift[] | undefined) ?? []));
			cursor = page?.cursor ?? null;
		}
	}

	private async compare(type: string, parameters: INodeParameters, items: IDataObject[]): Promise<void> {
		if (items.length > 0) this.found.push(...((await this.node(type, parameters, items)) as unknown as Drift[]));
	}

	private async node(type: string, parameters: INodeParameters, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
		const run = await this.engine.runNode({ type, parameters, credentials: this.setup.secrets, items });
		if (run.error) throw run.error;
		this.unread += type === 'moySkladEntity' ? 0 : run.json(1).length;
		return run.json(0);
	}
}
