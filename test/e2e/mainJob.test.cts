import { bringExchangeOrders, EXCHANGE_ORDERS, EXCHANGE_STORE, otherCalls, sendCatalog, sendStock } from '../demo/exchangeJob.cts';
import { Installation } from '../demo/installation.cts';
import { isLifeFine, orderLives } from '../demo/life/life.cts';
import { type Step } from '../demo/life/orderLife.cts';
import { bringOrders, changeAcross, compareStock, importCatalog } from '../demo/mainJob.cts';
import { publishJournal } from './journalTables.cts';
import { keptBy, logsOf, phonesIn, secretsOf, tablesText } from './leaks.cts';

const PRODUCTS = 60;
const ORDERS = 25;

/** The demo's scenario: MoySklad to the store and back, in a real n8n, at the real limits. */
describe('The main job', () => {
	let installation: Installation;

	beforeAll(async () => {
		installation = await Installation.start({
			moySklad: { size: { products: PRODUCTS } },
			exchangeStore: EXCHANGE_STORE,
			keepExecutions: true,
			settings: { '05': { startDate: '2020-01-01', pageSize: 10 }, '05b': EXCHANGE_ORDERS },
		});
		await publishJournal(installation);
		await installation.publish('01', '02', '03', '04', '05', '03b', '04b', '05b');
	});
	afterAll(async () => await installation?.stop());

	it('a whole catalog is imported, and the second time nothing is written', async () => {
		const first = await importCatalog(installation);
		expect(first).toMatchObject({ updated: 0, unchanged: 0, failed: 0 });
		expect(first.created).toBeGreaterThan(PRODUCTS);
		const second = await importCatalog(installation);
		expect(second).toMatchObject({ created: 0, updated: 0, unchanged: first.created, failed: 0, writes: 0 });
	});

	it('a product that is changed in MoySklad is in the store in under ten seconds', async () => {
		expect(await changeAcross(installation)).toBeLessThan(10_000);
	});

	it('the store offers what is free in MoySklad', async () => {
		const { items, off } = await compareStock(installation);
		expect(items).toBeGreaterThan(PRODUCTS / 2);
		expect(off).toBe(0);
	});

	it('every order of the store is a customer order once, to the kopeck', async () => {
		const sums = await bringOrders(installation, ORDERS);
		expect(sums).toMatchObject({ placed: ORDERS, arrived: ORDERS, twice: 0, mismatches: 0 });
		expect(sums.inMoySklad).toBe(sums.inStore);
	});

	describe('for a store that has only the exchange with 1C', () => {
		it('a whole catalog is sent, and the second time nothing', async () => {
			const first = await sendCatalog(installation);
			expect(first.failed).toBe(0);
			expect(first.created).toBeGreaterThan(PRODUCTS);
			expect(await sendCatalog(installation)).toMatchObject({ sent: 0, created: 0, failed: 0, calls: 0 });
		});

		it('the store offers what is free in MoySklad, for its prices', async () => {
			const { items, off, pricesOff } = await sendStock(installation);
			expect(items).toBeGreaterThan(PRODUCTS / 2);
			expect({ off, pricesOff }).toEqual({ off: 0, pricesOff: 0 });
		});

		it('every order of the store is a customer order once, to the kopeck', async () => {
			const sums = await bringExchangeOrders(installation, ORDERS);
			expect(sums).toMatchObject({ placed: ORDERS, arrived: ORDERS, twice: 0, mismatches: 0 });
			expect(sums.inMoySklad).toBe(sums.inStore);
			expect(otherCalls(installation)).toBe(0);
		});
	});

	it('orders of both stores live their whole lives: both sides agree to the kopeck after every step, and then nothing is written any more', async () => {
		const told: Step[] = [];
		const outcome = await orderLives(installation, { begins: () => undefined, step: (step) => void told.push(step) });
		expect(told.filter(({ agrees }) => !agrees)).toEqual([]);
		expect(outcome).toMatchObject({ steps: told.length, agree: true, writesAfterwards: 0 });
		expect(told.length).toBeGreaterThan(15);
		expect(isLifeFine(outcome)).toBe(true);
	});

	it('R220, R221: no secret is in any item, error, table or log of all that, and nobody\'s phone in a log, the journal or another table', async () => {
		const kept = keptBy(installation);
		const phones = phonesIn(installation);
		expect(phones.length).toBeGreaterThan(5);
		// Items of executions that ended well are among what is looked through: orders have phones.
		expect(phones.some((phone) => kept.includes(phone))).toBe(true);
		expect([...secretsOf(installation)].filter(([, secret]) => kept.includes(secret)).map(([what]) => what)).toEqual([]);
		const shown = [logsOf(installation), await tablesText(installation)];
		expect(phones.filter((phone) => shown.some((text) => text.includes(phone)))).toEqual([]);
	});
});
