import { randomInt } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { Bitrix1cExchangeApi } from '../../../credentials/Bitrix1cExchangeApi.credentials';
import { workflowLock } from '../../../nodes/shared/exchangeLock';
import type { ExchangeLock } from '../../../transport';
import { PROBE, ProbeEngine } from '../../n8n/probe.cts';
import { Random } from '../../simulators/kernel/random.cts';
import { lockPart, LockTable, type LockRow } from './lockWorkflow.cts';

const HOUR = 3_600_000;
const SITE = 'shop.example.com';
const FILES = ['03b-full-catalog-by-1c-exchange.json', '04b-stock-and-prices-by-1c-exchange.json', '05b-orders-by-1c-exchange.json'];

let engine: ProbeEngine;
beforeAll(async () => (engine = await ProbeEngine.with(new Bitrix1cExchangeApi(), ['n8n-nodes-base'])), 60_000);

/** Gives one of all waiting calls its turn, by chance, as soon as every run that is at work waits for one. */
class ByChance {
	private readonly waiting: Array<() => void> = [];

	constructor(
		private readonly random: Random,
		private atWork: number,
	) {}

	readonly turn = async (): Promise<void> =>
		await new Promise((mine) => {
			this.waiting.push(mine);
			this.goOn();
		});

	readonly ended = (): void => {
		this.atWork -= 1;
		this.goOn();
	};

	private goOn(): void {
		if (this.waiting.length === 0 || this.waiting.length < this.atWork) return;
		const [mine] = this.waiting.splice(this.random.integer(0, this.waiting.length - 1), 1);
		mine?.();
	}
}

/** Does something with the lock that the part of a template keeps in the table. */
async function withLock(file: string, table: LockTable, work: (lock: ExchangeLock) => Promise<void>): Promise<void> {
	let failure: unknown;
	engine.does(async (context: IExecuteFunctions) => {
		await work(workflowLock(context, 'lock')).catch((error: unknown) => (failure = error));
		return [[]];
	});
	const run = await engine.runWorkflow({
		workflow: { id: 'main', nodes: [{ id: 'p', name: 'Probe', type: PROBE, typeVersion: 1, position: [0, 0], parameters: {} }], connections: {} },
		start: 'Probe',
		workflows: { lock: lockPart(file) },
		more: table.proxy,
	});
	if (failure ?? run.error) throw failure ?? run.error;
}

describe.each(FILES)('The lock of %s', (file) => {
	it('makes the row of a site at its first exchange, and gives it to one at a time', async () => {
		const table = new LockTable([{ flow: 'exchange other.example.com', owner: '', leaseUntil: 0 }]);
		await withLock(file, table, async (lock) => {
			expect(await lock.acquire(SITE, '12', HOUR)).toBe(true);
			expect(await lock.acquire(SITE, '2', HOUR)).toBe(false);
			expect(await lock.renew(SITE, '2', HOUR)).toBe(false);
			expect(await lock.renew(SITE, '12', HOUR)).toBe(true);
			await lock.release(SITE, '2');
			expect(await lock.acquire(SITE, '2', HOUR)).toBe(false);
			await lock.release(SITE, '12');
			expect(await lock.acquire(SITE, '2', HOUR)).toBe(true);
		});
		expect(table.rows).toMatchObject([{ flow: 'exchange other.example.com', owner: '' }, { flow: `exchange ${SITE}`, owner: '(2)' }]);
	});
});

describe('Runs that are the first to exchange with a site, all at once', () => {
	const file = FILES.at(-1) as string;
	const free = ({ leaseUntil }: LockRow): boolean => leaseUntil <= Date.now();

	it('never both get it, in whatever order they come to the table, and one gets it afterwards', async () => {
		const seed = randomInt(1_000_000);
		let mostRows = 0;
		for (let attempt = 0; attempt < 30; attempt += 1) {
			const order = new ByChance(new Random(`${seed} ${attempt}`), 2);
			const table = new LockTable([], order.turn);
			await withLock(file, table, async (lock) => {
				const take = async (owner: string): Promise<boolean> => await lock.acquire(SITE, owner, HOUR).finally(order.ended);
				const given = await Promise.all([take('1'), take('2')]);
				expect({ seed, attempt, given: given.filter(Boolean).length }).not.toMatchObject({ given: 2 });
				for (const [index, owner] of ['1', '2'].entries()) {
					if (!given[index]) continue;
					expect(await lock.renew(SITE, owner, HOUR)).toBe(true);
					expect(await lock.acquire(SITE, '3', HOUR)).toBe(false);
					await lock.release(SITE, owner);
				}
				expect(table.rows.every(free)).toBe(true);
				expect(await lock.acquire(SITE, '3', HOUR)).toBe(true);
				expect(await lock.acquire(SITE, '4', HOUR)).toBe(false);
			});
			mostRows = Math.max(mostRows, table.rows.length);
		}
		// In some orders both found no row and made one.
		expect(mostRows).toBe(2);
	}, 60_000);

	it('the one that came first keeps it while a late row of the other one lies there', async () => {
		const table = new LockTable([{ flow: `exchange ${SITE}`, owner: '(1)', leaseUntil: Date.now() + HOUR }, { flow: `exchange ${SITE}`, owner: '', leaseUntil: 0 }]);
		await withLock(file, table, async (lock) => {
			expect(await lock.acquire(SITE, '2', HOUR)).toBe(false);
			expect(table.rows[1]).toMatchObject({ leaseUntil: 0 });
			expect(await lock.renew(SITE, '1', HOUR)).toBe(true);
		});
	});
});
