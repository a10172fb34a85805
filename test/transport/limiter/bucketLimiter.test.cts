import { BucketLimiter } from '../../../transport/limiter/bucketLimiter';
import { VirtualClock } from '../../support/virtualClock.cts';

/** Bitrix's bucket: full above `capacity`, emptied at `drain` calls a second; several limiters may pour into it. */
class Bucket {
	served: number[] = [];
	refused = 0;
	private level = 0;
	private at: number;

	constructor(
		private readonly clock: VirtualClock,
		private readonly capacity: number,
		private readonly drain: number,
	) {
		this.at = clock.now();
	}

	async call(): Promise<boolean> {
		await this.clock.sleep(20);
		const now = this.clock.now();
		this.level = Math.max(0, this.level - ((now - this.at) * this.drain) / 1000);
		this.at = now;
		if (this.level + 1 > this.capacity) {
			this.refused += 1;
			return true;
		}
		this.level += 1;
		this.served.push(now);
		return false;
	}
}

const settings = { capacity: 48, drainPerSecond: 2, parallel: 4 };

async function drive(limiters: number, calls: number): Promise<{ bucket: Bucket; seconds: number }> {
	const clock = new VirtualClock();
	const bucket = new Bucket(clock, 50, 2);
	const begin = clock.now();
	const work = Array.from({ length: limiters }, async () => {
		const limiter = new BucketLimiter(settings, clock);
		await Promise.all(
			Array.from({ length: calls }, async () => {
				while (await limiter.run(async () => await bucket.call(), (full) => full));
			}),
		);
	});
	await clock.until(Promise.all(work));
	return { bucket, seconds: (clock.now() - begin) / 1000 };
}

describe('BucketLimiter', () => {
	it('uses burst and drain and is never refused', async () => {
		const { bucket, seconds } = await drive(1, 400);
		expect(bucket.refused).toBe(0);
		expect(400 / (50 + 2 * seconds)).toBeGreaterThan(0.97);
	});

	it('slows down when somebody else pours into the same bucket, and everything is served in the end', async () => {
		const { bucket, seconds } = await drive(3, 150);
		expect(bucket.served).toHaveLength(450);
		expect(bucket.refused / 450).toBeLessThan(0.15);
		expect(450 / (50 + 2 * seconds)).toBeGreaterThan(0.8);
	});

	it('keeps only so many calls in flight', async () => {
		const clock = new VirtualClock();
		const limiter = new BucketLimiter({ ...settings, parallel: 2 }, clock);
		let inFlight = 0;
		let most = 0;
		const call = async (): Promise<void> => {
			most = Math.max(most, ++inFlight);
			await clock.sleep(100);
			inFlight -= 1;
		};
		await clock.until(Promise.all(Array.from({ length: 10 }, async () => await limiter.run(call, () => false))));
		expect(most).toBe(2);
	});
});
