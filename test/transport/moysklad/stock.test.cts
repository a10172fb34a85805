import { AccountGuard, MoySkladClient, readCurrentStock, WindowLimiter } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';
import { scripted, type Step } from '../scriptedSend';

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const TOO_BIG: Step = { status: 400, body: { errors: [{ code: 13005, error: 'The report is too big' }] } };

function client(...steps: Step[]) {
	const clock = new VirtualClock();
	const { send, requests } = scripted(...steps);
	const limiter = new WindowLimiter({ units: 4500, windowMilliseconds: 3000, weight: 4, parallel: 1, processes: 1 }, clock);
	return { client: new MoySkladClient({ send, clock, limiter, guard: new AccountGuard(clock) }), requests, clock };
}

describe('Current stock', () => {
	it('of an account that is too big for one report is read in parts', async () => {
		const goods = Array.from({ length: 200 }, (_, index) => ({ id: idOf(index) }));
		const line = (index: number) => [{ assortmentId: idOf(index), storeId: idOf(900), stock: index }];
		const { client: account, requests, clock } = client(TOO_BIG, { body: { rows: goods, meta: { size: 200 } } }, { body: line(1) }, { body: line(151) });
		const levels = await clock.until(readCurrentStock(account, { types: ['stock'] }));
		expect(levels.map(({ id, stock }) => [id, stock])).toEqual([[idOf(1), 1], [idOf(151), 151]]);
		const filters = requests.slice(2).map(({ url }) => new URL(url).searchParams.get('filter')?.replace('assortmentId=', '').split(',').length);
		expect(filters).toEqual([150, 50]);
	});

	it('that changed in very many goods is read as a whole', async () => {
		const changed = Array.from({ length: 700 }, (_, index) => ({ assortmentId: idOf(index), stock: 1 }));
		const all = [...changed, { assortmentId: idOf(5000), stock: 1 }].map((row) => ({ ...row, storeId: idOf(900) }));
		const { client: account, requests, clock } = client({ body: changed }, { body: all });
		const levels = await clock.until(readCurrentStock(account, { types: ['stock'], changedSince: 0 }));
		expect(levels).toHaveLength(700);
		expect(requests.map(({ url }) => new URL(url).searchParams.get('filter'))).toEqual([null, null]);
	});

	it('in another form than documented is not taken for nothing', async () => {
		const { client: account, clock } = client({ body: { rows: [] } });
		await expect(clock.until(readCurrentStock(account, { types: ['stock'] }))).rejects.toMatchObject({ code: 'ANSWER_UNEXPECTED' });
	});
});
