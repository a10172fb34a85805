import { BucketLimiter, limitUse, measuredLimiter, OperatingBudget, RunCalls, WindowLimiter } from '../../../transport';
import { VirtualClock } from '../../support/virtualClock.cts';

describe('R186: use of the limits', () => {
	it('a window: calls, waiting, refusals, and the fullest minute of the last ten', async () => {
		const clock = new VirtualClock();
		const limiter = new WindowLimiter({ units: 45, windowMilliseconds: 3000, weight: 4, parallel: 1, processes: 1 }, clock);
		const begin = clock.now();
		for (let call = 0; call < 22; call += 1) await clock.until(limiter.run(4, async () => true, () => ({ refused: call === 21 })));
		// 22 calls of 4 units in the minute, of the 900 that 45 in 3 s allow.
		expect(limiter.use()).toEqual({ since: begin, calls: 22, refused: 1, waitedMilliseconds: expect.any(Number), share: 0.098 });
		expect(limiter.use().waitedMilliseconds).toBeGreaterThanOrEqual(2900);
		await clock.until(clock.sleep(11 * 60_000));
		expect(limiter.use()).toMatchObject({ calls: 22, share: 0 });
	});

	it('a bucket, and the working time of Bitrix24', async () => {
		const clock = new VirtualClock();
		const bucket = new BucketLimiter({ capacity: 48, drainPerSecond: 2, parallel: 4 }, clock);
		for (let call = 0; call < 84; call += 1) await clock.until(bucket.run(async () => true, () => false));
		expect(bucket.use()).toMatchObject({ calls: 84, refused: 0, share: 0.5 });
		const operating = new OperatingBudget(clock);
		operating.note('crm.deal.list', { operating: 120, operating_reset_at: Math.floor(clock.now() / 1000) + 300 } as never);
		operating.note('crm.deal.add', { operating: 240, operating_reset_at: Math.floor(clock.now() / 1000) + 300 } as never);
		expect(operating.use()).toMatchObject({ share: 0.5, refused: 0 });
		await clock.until(clock.sleep(302_000));
		expect(operating.use().share).toBe(0);
		operating.refused('crm.deal.list');
		expect(operating.use()).toMatchObject({ share: 1, refused: 1 });
	});

	it('is told of every account of the process, by a name that is no secret', () => {
		const clock = new VirtualClock();
		const make = () => new BucketLimiter({ capacity: 1, drainPerSecond: 1, parallel: 1 }, clock);
		const limiter = measuredLimiter('secret key 1', { platform: 'bitrix', limit: 'rate', account: 'shop.example.com' }, make);
		expect(measuredLimiter('secret key 1', { platform: 'bitrix', limit: 'rate', account: 'shop.example.com' }, make)).toBe(limiter);
		const own = limitUse().filter(({ account }) => account === 'shop.example.com');
		expect(own).toEqual([{ platform: 'bitrix', limit: 'rate', account: 'shop.example.com', process: expect.stringMatching(/^\w+$/), since: clock.now(), calls: 0, refused: 0, waitedMilliseconds: 0, share: 0 }]);
		expect(JSON.stringify(limitUse())).not.toContain('secret');
	});

	it('calls of a run are those since they were asked for last, and old runs are forgotten', async () => {
		const clock = new VirtualClock();
		const runs = new RunCalls(clock);
		const since = clock.now();
		runs.note('1');
		await clock.until(clock.sleep(1000));
		runs.note('1');
		expect([runs.take('1'), runs.take('1'), runs.take('2')]).toEqual([{ calls: 2, since }, undefined, undefined]);
		runs.note('1');
		for (let run = 0; run < 2000; run += 1) runs.note(`r${run}`);
		expect(runs.take('1')).toBeUndefined();
	});
});
