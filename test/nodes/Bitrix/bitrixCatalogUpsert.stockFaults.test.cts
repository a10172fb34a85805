import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { NodeRun } from '../../n8n/runs.cts';
import type { FaultKind } from '../../simulators/kernel/faults.cts';
import { documentMark } from '../../../core';
import { RestError } from '../../simulators/bitrix/wire/restError.cts';
import { chosen, FAR, level, MAIN, outcomes, StockSite } from '../catalog/stockSite.cts';
import { Proxy } from '../orders/proxy.cts';

const TOTAL = { bitrixStore: chosen(MAIN) };
const WORDS = Array.from({ length: 120 }, (_, index) => `w${index}`);
const levels = (amount: number) => WORDS.map((word) => level(word, amount));

describe('Update Stock when calls fail', () => {
	let shop: StockSite;

	/** Runs against a Bitrix that gets other requests than were sent. */
	async function through(request: (body: string) => string, items: IDataObject[], parameters: INodeParameters): Promise<NodeRun> {
		const { url, webhookUrl } = shop.site.bitrix;
		const proxy = await Proxy.open(url, { request });
		const run = await shop.run(items, parameters, { webhook: webhookUrl.replace(url, proxy.url) });
		await proxy.close();
		return run;
	}

	afterEach(async () => {
		jest.restoreAllMocks();
		await shop.close();
	});

	describe('without inventory management', () => {
		beforeEach(async () => {
			shop = await StockSite.open('N');
			for (const word of WORDS) shop.put(word, { quantity: 1 });
		});

		it('T2: a quantity that is accepted but not taken over is a conflict, not a success', async () => {
			const { elements } = shop.site.bitrix.portal.store;
			const update = elements.update.bind(elements);
			jest.spyOn(elements, 'update').mockImplementation((id, { quantity: _ignored, ...changes }) => update(id, changes));
			const results = await shop.update(levels(5).slice(0, 2));
			expect(results).toMatchObject([{ status: 'conflict', changes: [] }, { status: 'conflict', changes: [] }]);
			expect(outcomes(results)).toEqual(['BITRIX_WRITE_IGNORED', 'BITRIX_WRITE_IGNORED']);
		});

		it('writes on old versions, which want name and section in every write', async () => {
			Object.assign(shop.site.bitrix.portal.switches, { oldCore: true, missingMethods: ['^catalog\\.document\\.'] });
			expect(new Set(outcomes(await shop.update(levels(5).slice(0, 3))))).toEqual(new Set(['updated']));
			expect(new Set(outcomes(await shop.update(levels(0).slice(0, 3))))).toEqual(new Set(['updated']));
			expect(outcomes(await shop.update(levels(0).slice(0, 3)))).toEqual(['unchanged', 'unchanged', 'unchanged']);
		});

		it('T1: writes nothing when Bitrix drops the filter of items', async () => {
			const run = await through((body) => body.replace(/(%3D|=)property\d+/g, '$1unknown'), levels(5).slice(0, 50), {});
			expect(run.error).toMatchObject({ description: expect.stringContaining('BITRIX_FILTER_IGNORED') as string });
			expect(shop.site.writes()).toBe(0);
		});

		it('T1: subtracts nothing when Bitrix drops the filter of orders', async () => {
			shop.order({ w0: 1 }, { age: 3_600_000 });
			const ordersSince = new Date(shop.site.bitrix.clock.now() - 60_000).toISOString();
			const run = await through((body) => body.replaceAll('dateInsert]=', 'dateMade]=').replaceAll('dateUpdate]=', 'dateMade]='), levels(5), { ordersSince });
			expect(run.error).toMatchObject({ description: expect.stringContaining('BITRIX_FILTER_IGNORED') as string });
			expect(shop.site.writes()).toBe(0);
		});

		it('hands over single items that Bitrix refuses', async () => {
			shop.site.bitrix.portal.switches.refusals.push({ method: '^catalog\\.product\\.update$', status: 403, error: 'ACCESS_DENIED' });
			const results = await shop.update(levels(5).slice(0, 2));
			expect(results).toMatchObject([{ status: 'failed', error: { code: 'BITRIX_NO_RIGHT' }, changes: [] }, { status: 'failed' }]);
		});
	});

	describe('with inventory management', () => {
		beforeEach(async () => {
			shop = await StockSite.open('Y');
			for (const word of WORDS) shop.put(word);
			for (const word of WORDS.slice(0, 60)) shop.lay(word, MAIN, 9);
		});

		const lying = () => new Set(WORDS.map((word) => shop.amount(word, MAIN)));

		const expectOnce = (): void => {
			expect(lying()).toEqual(new Set([5]));
			expect([shop.moved('S'), shop.moved('D')]).toEqual([300, 240]);
			expect(shop.documents().every(({ status }) => status === 'Y')).toBe(true);
		};

		it('S4: a conduct whose answer was lost is looked at, not repeated', async () => {
			const { portal, faults } = shop.site.bitrix;
			const next = faults.next.bind(faults);
			let cuts = 0;
			jest.spyOn(faults, 'next').mockImplementation((route) => {
				// The call that conducts is the batch behind that which filled the draft and that which read the amounts again.
				const drafts = portal.store.documents.all().filter(({ status }) => status === 'N');
				const isFull = drafts.some(({ id }) => portal.store.documentElements.where('docId', id).length === 60);
				return isFull && route === 'batch' && (cuts += 1) % 3 === 0 ? { kind: 'cut', share: 1 } : next(route);
			});
			const results = await shop.update(levels(5), TOTAL);
			expect(cuts).toBeGreaterThanOrEqual(6);
			expect(new Set(outcomes(results))).toEqual(new Set(['updated']));
			expectOnce();
			expect(results[0]?.changes).toEqual([{ field: 'Amount in Основной склад', from: 9, to: 5 }]);
		});

		it('S4: a run that breaks off in the middle leaves a draft at worst, and the next one finishes the work', async () => {
			shop.site.bitrix.portal.switches.refusals.push({ method: '^catalog\\.document\\.conduct$', status: 500, error: 'INTERNAL_SERVER_ERROR' }, { method: '^catalog\\.document\\.delete$', status: 500, error: 'INTERNAL_SERVER_ERROR' });
			const broken = await shop.update(levels(5), TOTAL);
			expect(new Set(broken.map(({ status, changes }) => `${status} ${changes.length}`))).toEqual(new Set(['failed 0']));
			expect(lying()).toEqual(new Set([9, 0]));
			expect(shop.documents().filter(({ title }) => title?.startsWith(documentMark(MAIN))).length).toBeGreaterThan(0);
			shop.site.bitrix.portal.switches.refusals.length = 0;
			expect(new Set(outcomes(await shop.update(levels(5), TOTAL)))).toEqual(new Set(['updated']));
			expectOnce();
		});

		it('S4: what Bitrix refuses to conduct is handed over with its reason, and no draft is left', async () => {
			shop.site.bitrix.portal.switches.refusals.push({ method: '^catalog\\.document\\.conduct$', status: 400, error: 'ERROR_DOCUMENT_STATUS' });
			const results = await shop.update(levels(5), TOTAL);
			expect(new Set(outcomes(results))).toEqual(new Set(['BITRIX_REJECTED']));
			expect(shop.documents()).toEqual([]);
		});

		it('is not tried again where the user has to change something', async () => {
			shop.site.resetCounters();
			const results = await shop.update(levels(5).slice(0, 2), TOTAL, { webhook: shop.site.bitrix.webhooks.manager });
			expect(results.every(({ status }) => status === 'failed')).toBe(true);
			expect(results[0]?.error).toMatchObject({ kind: 'auth' });
			expect(shop.site.bitrix.counters.snapshot().routes['catalog.document.add']?.calls).toBe(1);
		});

		it('an item whose line is refused does not keep the others back', async () => {
			const { portal } = shop.site.bitrix;
			const { documentElements } = portal.store;
			const add = documentElements.add.bind(documentElements);
			const refused = shop.element('w70').id;
			jest.spyOn(documentElements, 'add').mockImplementation((row) => {
				if (row.elementId === refused) throw new RestError('ERROR_DOCUMENT_STATUS', 'Product is not found');
				return add(row);
			});
			const results = await shop.update(levels(5), TOTAL);
			expect(outcomes(results).filter((outcome) => outcome !== 'updated')).toEqual(['BITRIX_REJECTED']);
			expect(shop.amount('w70', MAIN)).toBe(0);
			expect(shop.amount('w71', MAIN)).toBe(5);
		});

		it('T1: deletes nothing when Bitrix drops the filter of documents', async () => {
			const { documents } = shop.site.bitrix.portal.store;
			await shop.update(levels(5), TOTAL);
			const kept = documents.all().length;
			const run = await through((body) => body.replaceAll('filter[status]', 'filter[state]'), levels(6), TOTAL);
			expect(run.error).toMatchObject({ description: expect.stringContaining('BITRIX_FILTER_IGNORED') as string });
			expect(documents.all()).toHaveLength(kept);
		});

		it('T1: books nothing when Bitrix drops the filter of stores', async () => {
			shop.lay('w0', FAR, 4);
			const run = await through((body) => body.replace(/filter\[storeId\]|"storeId":/g, (key) => key.replace('storeId', 'place')), levels(5), TOTAL);
			expect(run.error).toMatchObject({ description: expect.stringContaining('BITRIX_FILTER_IGNORED') as string });
			expect(shop.documents()).toEqual([]);
		});
	});
});

const LOST: FaultKind[] = ['cut', 'hangAfter', 'reset', 'html', 'serverError'];

describe('Update Stock when any one of its calls fails', () => {
	const SOME = WORDS.slice(0, 12);

	/** Half of the items have too much and half nothing; the call with the number `failing` fails. Gives the number of calls. */
	async function runWith(kind: FaultKind, failing: number, inventory: 'Y' | 'N', check: (shop: StockSite) => object): Promise<number> {
		const shop = await StockSite.open(inventory);
		try {
			SOME.forEach((word, index) => {
				shop.put(word, { quantity: index < 6 ? 9 : 0 });
				if (inventory === 'Y') shop.lay(word, MAIN, index < 6 ? 9 : 0);
			});
			let calls = 0;
			shop.site.bitrix.faults.next = () => ((calls += 1) === failing ? { kind, share: 1, milliseconds: 50 } : undefined);
			const results = await shop.update(SOME.map((word) => level(word, 5)), TOTAL);
			expect({ failing, outcomes: [...new Set(outcomes(results))], ...check(shop) }).toEqual({ failing, outcomes: ['updated'], ...ONCE[inventory] });
			expect(results.map(({ changes }) => changes.map(({ from, to }) => [from, to]))).toEqual(SOME.map((_word, index) => [[index < 6 ? 9 : 0, 5]]));
			return calls;
		} finally {
			await shop.close();
		}
	}

	const ONCE = { N: { quantities: SOME.map(() => 5) }, Y: { amounts: SOME.map(() => 5), in: 30, out: 24, drafts: 0 } };

	const everyCall = async (kind: FaultKind, inventory: 'Y' | 'N', check: (shop: StockSite) => object): Promise<void> => {
		const calls = await runWith(kind, 0, inventory, check);
		expect(calls).toBeGreaterThan(inventory === 'Y' ? 12 : 2);
		await Promise.all(Array.from({ length: calls }, async (_, index) => await runWith(kind, index + 1, inventory, check)));
	};

	it.each(LOST)('every quantity is written: %s', async (kind) => {
		await everyCall(kind, 'N', (shop) => ({ quantities: SOME.map((word) => shop.quantity(word)) }));
	}, 120_000);

	it.each(LOST)('S4: everything is booked once: %s', async (kind) => {
		await everyCall(kind, 'Y', (shop) => ({
			amounts: SOME.map((word) => shop.amount(word, MAIN)),
			in: shop.moved('S'), out: shop.moved('D'), drafts: shop.documents().filter(({ status }) => status === 'N').length,
		}));
	}, 120_000);

	it('waits when Bitrix refuses for the rate, and goes on', async () => {
		const shop = await StockSite.open('N');
		shop.put('w0');
		shop.site.fail({ kind: 'rateLimit', share: 1, times: 1, route: '^batch$' });
		expect(outcomes(await shop.update([level('w0', 5)]))).toEqual(['updated']);
		await shop.close();
	});
});
