import fc from 'fast-check';
import { readChanges, type ChangesPage, type Entity } from '../../../transport';
import { ask, type Json } from '../../simulators/moysklad/caller.cts';
import { onlyProducts } from '../../simulators/shop/size.cts';
import { startMoySklad, type RunningMoySklad } from '../../simulators/moysklad/start.cts';
import { simulatedClient } from '../../support/simulatedClient.cts';

const PRODUCTS = 8;
const ENTITIES = ['product', 'service'];
/** None: only then does each page have to be right by itself. */
const OVERLAP = 0;

let shop: RunningMoySklad;
beforeAll(async () => (shop = await startMoySklad({ size: onlyProducts(PRODUCTS), rate: { unitsPerWindow: 1_000_000 } })));
afterAll(async () => await shop.close());

/** What somebody does while pages are read. `who` are places among the objects that are left. */
type Step = { does: 'edit' | 'archive' | 'delete'; who: number[] } | { does: 'create'; who: number[] } | { does: 'wait' } | { does: 'page'; limit: number; meanwhile: number[][] };

const who = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 6 });
const aStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ does: fc.constant('edit' as const), who }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('archive' as const), who }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('delete' as const), who: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 2 }) }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('create' as const), who: fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 3 }) }) },
	{ weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
	{ weight: 5, arbitrary: fc.record({ does: fc.constant('page' as const), limit: fc.integer({ min: 1, max: 5 }), meanwhile: fc.array(who, { maxLength: 3 }) }) },
);

/** Somebody who works in MoySklad while the pages are read, and remembers what still has to be told. */
class Editor {
	/** Objects whose last change no page has told yet. */
	readonly untold = new Map<string, 'UPDATE' | 'DELETE'>();
	private objects: Json[] = [];
	private edits = 0;

	async begin(): Promise<void> {
		for (const entity of ENTITIES) this.objects.push(...((await this.call('GET', `entity/${entity}?limit=1000&filter=archived=true;archived=false`)).rows as Json[]));
	}

	async carryOut(step: Exclude<Step, { does: 'page' }>): Promise<void> {
		this.edits += 1;
		if (step.does === 'wait') return shop.clock.advance(7);
		if (step.does === 'create') return await this.create(step.who);
		const some = [...new Set(step.who.map((place) => this.objects[place % Math.max(1, this.objects.length)]))].filter((one) => one !== undefined);
		if (step.does === 'delete') return await this.remove(some);
		const change = step.does === 'edit' ? { description: `edit ${this.edits}` } : { archived: this.edits % 2 === 0 };
		for (const entity of ENTITIES) {
			const own = some.filter(({ meta }) => meta.type === entity);
			if (own.length > 0) await this.call('POST', `entity/${entity}`, own.map(({ meta }) => ({ meta, ...change })));
			for (const { id } of own) this.untold.set(String(id), 'UPDATE');
		}
	}

	/** Reads a page, and edits something before each of its calls. Whoever is told of an object reads it after the page, with all edits. */
	async readPage(cursor: string, { limit, meanwhile }: Extract<Step, { does: 'page' }>): Promise<string> {
		const left = [...meanwhile];
		const read = await page(cursor, limit, async () => {
			const some = left.shift();
			if (some) await this.carryOut({ does: 'edit', who: some });
		});
		this.told(read);
		return read.cursor;
	}

	told({ events }: ChangesPage): void {
		for (const { id, action } of events) {
			// An update is no news of a deletion; a deletion that comes again is no news of anything else.
			if (this.untold.get(id) === action) this.untold.delete(id);
		}
	}

	private async create(which: number[]): Promise<void> {
		for (const place of which) {
			const made = await this.call('POST', `entity/${ENTITIES[place] ?? ''}`, { name: `made ${this.edits} ${place}` });
			this.objects.push(made);
			this.untold.set(String(made.id), 'UPDATE');
		}
	}

	private async remove(some: Json[]): Promise<void> {
		if (this.objects.length - some.length < 3) return;
		await this.call('POST', 'entity/assortment/delete', some.map(({ meta }) => ({ meta })));
		this.objects = this.objects.filter((one) => !some.includes(one));
		for (const { id } of some) this.untold.set(String(id), 'DELETE');
	}

	private async call(method: string, path: string, body?: unknown): Promise<Json> {
		const { status, body: answer } = await ask(shop, method, path.replaceAll(';', '%3B'), { body });
		if (status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	}
}

async function page(cursor: string, limit: number, meanwhile?: () => Promise<void>): Promise<ChangesPage> {
	return await readChanges(simulatedClient(shop, meanwhile), { entities: ENTITIES, cursor, now: shop.clock.now(), lookBack: 1000, overlap: OVERLAP, limit, deletions: true });
}

describe('Changes read page by page', () => {
	it('lose nothing, whatever is edited, made, archived or deleted meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 24 }), async (steps) => {
				const editor = new Editor();
				await editor.begin();
				let { cursor } = await page('', 1000);
				for (const step of steps) {
					if (step.does !== 'page') await editor.carryOut(step);
					else cursor = await editor.readPage(cursor, step);
				}
				// To the end of the window under way, and one window more.
				for (let windows = 0; windows < 2; ) {
					const read = await page(cursor, 3);
					editor.told(read);
					({ cursor } = read);
					if (!read.more) windows += 1;
				}
				expect([...editor.untold]).toEqual([]);
				shop.clock.advance(5000);
			}),
			{ numRuns: 60 },
		);
	}, 120_000);

	it('end: what was told before the overlap does not come again', async () => {
		shop.clock.advance(60_000);
		const first = await page('', 1000);
		expect(first.events).toEqual([]);
		shop.clock.advance(60_000);
		const next = await page(first.cursor, 1000);
		expect(next).toMatchObject({ events: [], more: false });
		expect(Date.parse(next.cursor)).toBeGreaterThan(Date.parse(first.cursor));
	});

	it('go through more objects of one moment than a page holds', async () => {
		const made = Array.from({ length: 25 }, (_, index) => ({ name: `tie ${index}` }));
		const { body } = await ask(shop, 'POST', 'entity/product', { body: made });
		const ids = new Set((body as unknown as Entity[]).map(({ id }) => String(id)));
		const moment = shop.clock.now();
		for (const id of ids) shop.account.table('product').put({ ...shop.account.table('product').get(id), updated: moment } as never);
		let cursor = '';
		const told: string[] = [];
		do {
			const read = await page(cursor, 4);
			told.push(...read.events.map(({ id }) => id).filter((id) => ids.has(id)));
			({ cursor } = read);
			if (!read.more) break;
		} while (told.length < 200);
		expect([...told].sort()).toEqual([...ids].sort());
	});
});
