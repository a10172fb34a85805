import { ExchangeHold, ProcessLock, transfer, type ExchangeLock, type HoldSettings } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { ExchangeBench, failureOf, fileOf, goodsXml, SkippingClock } from './exchangeBench.cts';

const MINUTE = 60_000;

/** What several processes share: a table with one row a site. */
class Table implements ExchangeLock {
	readonly calls: string[] = [];
	readonly rows = new Map<string, { owner: string; until: number }>();

	constructor(private readonly clock: { now(): number }) {}

	async acquire(site: string, owner: string, leaseMilliseconds: number): Promise<boolean> {
		this.calls.push(`acquire ${owner}`);
		const row = this.rows.get(site);
		if (row && row.until > this.clock.now()) return false;
		this.rows.set(site, { owner, until: this.clock.now() + leaseMilliseconds });
		return await Promise.resolve(true);
	}

	async renew(site: string, owner: string, leaseMilliseconds: number): Promise<boolean> {
		this.calls.push(`renew ${owner}`);
		if (this.rows.get(site)?.owner !== owner) return false;
		this.rows.set(site, { owner, until: this.clock.now() + leaseMilliseconds });
		return await Promise.resolve(true);
	}

	async release(site: string, owner: string): Promise<void> {
		this.calls.push(`release ${owner}`);
		if (this.rows.get(site)?.owner === owner) this.rows.delete(site);
		await Promise.resolve();
	}
}

describe('The right to exchange with a site', () => {
	const clock = new VirtualClock();
	const settings = (more: Partial<HoldSettings> = {}): HoldSettings => ({
		site: 'shop.example.com',
		owner: 'one',
		process: new ProcessLock(clock),
		onlyProcess: true,
		clock,
		requestMilliseconds: 10 * MINUTE,
		waitMilliseconds: 0,
		...more,
	});
	const take = async (more: Partial<HoldSettings> = {}): Promise<ExchangeHold> => await clock.until(ExchangeHold.take(settings(more)));

	it('L2: is refused where nothing keeps other processes away, unless the user states that there are none', async () => {
		const error = await failureOf(take({ onlyProcess: false }));
		expect(error).toMatchObject({ code: 'EXCHANGE_NO_LOCK', kind: 'configuration' });
		await expect(take()).resolves.toBeInstanceOf(ExchangeHold);
		await expect(take({ onlyProcess: false, lock: new Table(clock) })).resolves.toBeInstanceOf(ExchangeHold);
	});

	it('one run has at a time, in the process', async () => {
		const process = new ProcessLock(clock);
		const hold = await take({ process });
		expect(await failureOf(take({ process, owner: 'two' }))).toMatchObject({ code: 'EXCHANGE_BUSY', retryable: true });
		await expect(take({ process, owner: 'two', site: 'other.example.com' })).resolves.toBeDefined();
		await hold.release();
		await expect(take({ process, owner: 'two' })).resolves.toBeDefined();
	});

	it('L2: one run has at a time, across processes', async () => {
		const lock = new Table(clock);
		const hold = await take({ lock });
		const process = new ProcessLock(clock);
		expect(await failureOf(take({ process, lock, owner: 'two' }))).toMatchObject({ code: 'EXCHANGE_BUSY' });
		// A run that did not get it keeps nothing in its own process.
		expect(process.holder('shop.example.com')).toBeUndefined();
		await hold.release();
		await expect(take({ lock, owner: 'two' })).resolves.toBeDefined();
	});

	it('is waited for', async () => {
		const process = new ProcessLock(clock);
		const hold = await take({ process });
		const waiting = ExchangeHold.take(settings({ process, owner: 'two', waitMilliseconds: MINUTE }));
		const [second] = await clock.until(Promise.all([waiting, clock.sleep(20_000).then(async () => await hold.release())]));
		expect(second).toBeInstanceOf(ExchangeHold);
		expect(process.holder('shop.example.com')).toBe('two');
	});

	it('is waited for no longer than was said, and not after the run was stopped', async () => {
		const process = new ProcessLock(clock);
		await take({ process });
		const since = clock.now();
		expect(await failureOf(take({ process, owner: 'two', waitMilliseconds: MINUTE }))).toMatchObject({ code: 'EXCHANGE_BUSY' });
		expect(clock.now() - since).toBeLessThanOrEqual(MINUTE);
		const stop = new AbortController();
		const waiting = ExchangeHold.take(settings({ process, owner: 'two', waitMilliseconds: MINUTE, signal: stop.signal }));
		stop.abort();
		expect(await failureOf(clock.until(waiting))).toMatchObject({ code: 'STOPPED' });
	});

	it('ends by itself when the run died, after longer than a request may take', async () => {
		const lock = new Table(clock);
		await take({ lock });
		expect((lock.rows.get('shop.example.com')?.until ?? 0) - clock.now()).toBeGreaterThan(10 * MINUTE);
		await clock.until(clock.sleep(15 * MINUTE + 1));
		await expect(take({ lock, owner: 'two' })).resolves.toBeDefined();
	});

	it('is made to last before each request that could outlive it, and no more often', async () => {
		const lock = new Table(clock);
		const hold = await take({ lock });
		await hold.keep('first');
		expect(lock.calls).toEqual(['acquire one']);
		for (let minute = 0; minute < 30; minute += 1) {
			await clock.until(clock.sleep(MINUTE));
			await hold.keep('call');
			expect((lock.rows.get('shop.example.com')?.until ?? 0) - clock.now()).toBeGreaterThanOrEqual(10 * MINUTE);
		}
		expect(lock.calls.filter((call) => call === 'renew one').length).toBeLessThanOrEqual(8);
	});

	it('is lost when another run took it meanwhile: nothing more is sent', async () => {
		const lock = new Table(clock);
		const hold = await take({ lock });
		await clock.until(clock.sleep(20 * MINUTE));
		await take({ lock, owner: 'two' });
		expect(await failureOf(hold.keep('catalog import'))).toMatchObject({ code: 'EXCHANGE_LOCK_LOST', retryable: true });
		expect(await failureOf(hold.keep('catalog import'))).toMatchObject({ code: 'EXCHANGE_LOCK_LOST' });
		await hold.release();
		expect(lock.rows.get('shop.example.com')?.owner).toBe('two');
	});

	it('a run that has it takes it once more, and gives it back with the first', async () => {
		const lock = new Table(clock);
		const process = new ProcessLock(clock);
		const first = await take({ process, lock });
		const inner = await take({ process, lock });
		await inner.release();
		expect(lock.rows.get('shop.example.com')?.owner).toBe('one');
		await first.release();
		expect(lock.rows.size).toBe(0);
		expect(process.holder('shop.example.com')).toBeUndefined();
	});

	it('giving it back does not fail, whatever the table says', async () => {
		const lock = new Table(clock);
		lock.release = async () => await Promise.reject(new Error('no database'));
		const hold = await take({ lock });
		await expect(hold.release()).resolves.toBeUndefined();
	});

	it('a table that cannot be asked is no right', async () => {
		const lock = new Table(clock);
		const process = new ProcessLock(clock);
		lock.acquire = async () => await Promise.reject(new Error('no database'));
		await expect(take({ process, lock })).rejects.toThrow('no database');
		expect(process.holder('shop.example.com')).toBeUndefined();
	});
});

describe('A run without the right', () => {
	it('sends nothing more to the site', async () => {
		const bench = await ExchangeBench.open();
		try {
			const clock = new SkippingClock();
			const hold = await ExchangeHold.take({ site: 's', owner: 'one', process: new ProcessLock(clock), onlyProcess: true, clock, requestMilliseconds: 1000, waitMilliseconds: 0 });
			const session = await bench.session({ hold });
			await hold.release();
			const calls = bench.requests.length;
			const error = await failureOf(transfer(session, { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] }));
			expect(error).toMatchObject({ code: 'EXCHANGE_LOCK_LOST' });
			expect(bench.requests.length).toBe(calls);
		} finally {
			await bench.close();
		}
	});
});
