import { control, UNLIMITED, useShop, type Asking, type Json, type Reply, type Verbs } from './caller.cts';
import { startReceiver, type Receiver } from '../receiver.cts';
import type { RunningMoySklad } from './start.cts';

/** A shop and a receiver for each test of webhooks. */
export interface HookBench extends Verbs {
	/** Registers a webhook; by default on changes of products. */
	hook(more?: Json, asking?: Asking): Promise<Reply>;
	/** Waits until everything is delivered or given up. */
	flush(): Promise<Json>;
	deliveries(): Promise<Json[]>;
	/** What was received. */
	bodies(): Json[];
}

export function useHooks(take: (shop: RunningMoySklad, receiver: Receiver) => void): HookBench {
	let shop: RunningMoySklad;
	let receiver: Receiver;
	const size = { products: 6, variantShare: 0, archivedShare: 0 };
	const verbs = useShop({ size, rate: UNLIMITED }, (started) => (shop = started), { each: true });
	beforeEach(async () => {
		receiver = await startReceiver();
		take(shop, receiver);
	});
	afterEach(async () => await receiver.close());
	return {
		...verbs,
		hook: async (more = {}, asking = {}) =>
			await verbs.post(
				'webhook',
				{ url: `${receiver.url}/hook`, entityType: 'product', action: 'UPDATE', ...more },
				asking,
			),
		flush: async () => await control(shop, 'POST', 'deliveries/flush'),
		deliveries: async () => (await control(shop, 'GET', 'deliveries')) as unknown as Json[],
		bodies: () => receiver.received.map(({ body }) => body),
	};
}
