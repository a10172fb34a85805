import { Random } from '../../simulators/kernel/random.cts';
import type { FaultRule } from '../../simulators/kernel/faults.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { RunningMoySklad } from '../../simulators/moysklad/start.cts';
import type { Deed, Part } from './deeds.cts';
import type { Flows } from './flows.cts';
import { MoySkladStaff } from './moySkladStaff.cts';
import { StoreStaff } from './storeStaff.cts';

export interface YearOptions {
	seed: string;
	orders: number;
	weeks: number;
	/** What people do beside placing orders, for each order of the year. */
	deedsEach: number;
	/** Share of the calls of both sides that fail while the flows run. */
	faultShare: number;
	/** Both ways run at the same time, not one after the other. */
	together: boolean;
	/** Whether people in MoySklad change what was ordered; the exchange cannot tell a store of that. */
	editsPositions: boolean;
}

const WEEK = 7 * 86_400_000;
const FAULTS = ['serverError', 'unavailable', 'html', 'cut', 'reset', 'rateLimit'] as const;
/** People do something to orders of the last weeks, hardly ever to older ones. */
const YOUNG = 150;
const MOST_ATTEMPTS = 12;

/** A year of a shop: people on both sides do what they like, and every week both flows run, while calls fail. */
export class Year {
	readonly ids: string[] = [];
	/** How often what was done. */
	readonly deeds: Record<string, number> = {};
	/** The codes that each way told of an order last. */
	private readonly told = new Map<string, Record<string, string[]>>();
	/** What was done to each order, for people to read. */
	readonly history = new Map<string, string[]>();
	/** Calls that failed on purpose. */
	faults = 0;
	/** How often a whole run of a flow failed and was begun again. */
	failedRuns = 0;
	private readonly random: Random;
	private readonly store: StoreStaff;
	private readonly moySklad: MoySkladStaff;
	/** Orders of which MoySklad has something to tell. */
	private readonly toTell = new Set<string>();
	/** Orders that are gone from the store, and settled in MoySklad. */
	private readonly deleted = new Set<string>();

	constructor(
		private readonly sides: { bitrix: RunningBitrix; moySklad: RunningMoySklad },
		private readonly flows: Flows,
		private readonly options: YearOptions,
	) {
		this.random = new Random(options.seed);
		this.store = new StoreStaff(sides.bitrix, this.random);
		this.moySklad = new MoySkladStaff(sides.moySklad, this.random, options.editsPositions);
	}

	/** Returns with the last week's changes on both sides, and without faults. */
	async run(): Promise<void> {
		const { orders, weeks } = this.options;
		for (let week = 0; week < weeks; week += 1) {
			await this.timed('people', async () => await this.people(Math.floor((orders * (week + 1)) / weeks) - this.ids.length));
			this.setFaults(this.options.faultShare);
			await this.exchange();
			this.setFaults(0);
		}
		this.faults = [this.sides.bitrix, this.sides.moySklad].flatMap(({ counters }) => Object.values(counters.snapshot().faults)).reduce((sum, count) => sum + count, 0);
	}

	/** What both ways told of an order last. */
	lastTold(id: string): string[] {
		return Object.values(this.told.get(id) ?? {}).flat();
	}

	/** Both flows, until each has seen what the other one wrote; nobody does anything meanwhile. */
	private async exchange(): Promise<void> {
		await this.sync();
		await this.sync();
	}

	/** Runs both flows once. */
	async sync(): Promise<void> {
		this.pass(60_000);
		await this.settleDeleted();
		if (this.options.together) await Promise.all([this.takeAll(), this.tell()]);
		else {
			await this.timed('take', async () => await this.takeAll());
			await this.timed('tell', async () => await this.tell());
		}
		this.pass(60_000);
	}

	/** As if MoySklad had something to tell of each order. */
	tellAll(): void {
		for (const id of this.ids) if (this.moySklad.orderOf(id)) this.toTell.add(id);
	}

	private async settleDeleted(): Promise<void> {
		const gone = this.ids.filter((id) => !this.deleted.has(id) && this.sides.bitrix.portal.store.orders.get(Number(id)) === undefined);
		await this.insist(async () => await this.flows.settleDeleted(gone));
		for (const id of gone) this.deleted.add(id);
	}

	private async takeAll(): Promise<void> {
		for (const id of await this.insist(async () => await this.flows.toMoySklad(this.report))) this.toTell.add(id);
	}

	private async tell(): Promise<void> {
		await this.insist(async () => {
			const ids = [...this.toTell].filter((id) => !this.deleted.has(id) && this.moySklad.orderOf(id));
			// What the other way writes meanwhile has to be told again.
			for (const id of ids) this.toTell.delete(id);
			let open: readonly string[] = ids;
			try {
				open = await this.flows.toStore(ids, this.report);
			} finally {
				for (const id of open) this.toTell.add(id);
			}
		});
	}

	readonly spent: Record<string, number> = {};
	private async timed<T>(name: string, run: () => Promise<T>): Promise<T> {
		const start = Date.now();
		try {
			return await run();
		} finally {
			this.spent[name] = (this.spent[name] ?? 0) + Date.now() - start;
		}
	}

	private readonly report = (id: string, way: string, status: string, codes: string[]): void => {
		if (status !== 'unchanged') this.note(id, `${way}: ${status}`);
		this.told.set(id, { ...this.told.get(id), [way]: codes });
	};

	/** As a schedule does: a run that failed is begun again. */
	private async insist<T>(run: () => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt += 1) {
			try {
				return await run();
			} catch (error) {
				if (attempt === MOST_ATTEMPTS) throw error;
				this.failedRuns += 1;
				this.pass(120_000);
			}
		}
	}

	private pass(milliseconds: number): void {
		this.sides.bitrix.clock.advance(milliseconds);
		this.sides.moySklad.clock.advance(milliseconds);
	}

	private setFaults(share: number): void {
		const rules: FaultRule[] = share > 0 ? FAULTS.map((kind) => ({ kind, share: share / FAULTS.length })) : [];
		this.sides.bitrix.faults.set(rules);
		this.sides.moySklad.faults.set(rules);
	}

	/** A week of orders and of what becomes of them, in any order. */
	private async people(placed: number): Promise<void> {
		const busy = new Map<string, string>();
		const events = [...Array.from({ length: placed }, () => 'place'), ...Array.from({ length: Math.round(placed * this.options.deedsEach) }, () => 'deed')];
		for (const event of shuffled(events, this.random)) {
			this.pass(Math.floor(WEEK / events.length));
			if (event === 'place') {
				this.ids.push(...this.store.place(1));
				this.count('places an order');
			} else await this.one(busy);
		}
	}

	private async one(busy: Map<string, string>): Promise<void> {
		const young = this.ids.slice(-YOUNG);
		if (young.length === 0) return;
		const id = this.random.pick(this.random.chance(0.95) ? young : this.ids);
		const side = this.random.chance(0.5) ? 'store' : 'moySklad';
		const free = (part: Part): boolean => (busy.get(`${id} ${part}`) ?? side) === side;
		const possible = this[side].deeds(id).filter(({ touches }) => touches.every(free));
		if (possible.length === 0) return;
		const deed: Deed = this.random.pick(possible);
		await deed.act();
		for (const part of deed.touches) busy.set(`${id} ${part}`, side);
		if (side === 'moySklad') this.toTell.add(id);
		this.count(deed.name);
		this.note(id, `${side}: ${deed.name}`);
	}

	private note(id: string, what: string): void {
		this.history.set(id, [...(this.history.get(id) ?? []), what]);
	}

	private count(name: string): void {
		this.deeds[name] = (this.deeds[name] ?? 0) + 1;
	}
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
	const left = [...values];
	for (let last = left.length - 1; last > 0; last -= 1) {
		const other = random.integer(0, last);
		[left[last], left[other]] = [left[other] as T, left[last] as T];
	}
	return left;
}
