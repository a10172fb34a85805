import { Batches, BitrixClient, BitrixFeatures, BucketLimiter, FeatureMemory, OperatingBudget, type Send } from '../../../transport';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import { VirtualClock } from '../../support/virtualClock.cts';

const MINUTE = 60_000;

/** Sends below the address of a webhook. */
const sendTo =
	(address: string): Send =>
	async ({ method, url, headers, body }) => {
		const response = await fetch(`${address.replace(/\/$/, '')}${url}`, { method, headers, body: body as string });
		return { status: response.status, headers: Object.fromEntries(response.headers), body: new Uint8Array(await response.arrayBuffer()) };
	};

describe('BitrixFeatures', () => {
	let bitrix: RunningBitrix;
	let clock: VirtualClock;

	beforeEach(async () => {
		bitrix = await startBitrix({ plan: { bucket: 250, drain: 5 } });
		clock = new VirtualClock();
	});
	afterEach(async () => await bitrix.close());

	const connect = (webhook = bitrix.webhookUrl, memory = new FeatureMemory(clock)) => {
		const limiter = new BucketLimiter({ capacity: 200, drainPerSecond: 5, parallel: 4 }, clock);
		const client = new BitrixClient({ send: sendTo(webhook), clock, limiter, operating: new OperatingBudget(clock) });
		return { features: new BitrixFeatures(client, memory), batches: new Batches(client), memory };
	};
	const calls = (): number => bitrix.counters.snapshot().calls;
	const miss = (...methods: string[]): void => void (bitrix.portal.switches.missingMethods = methods);

	it('knows what is there, and asks once for a connection', async () => {
		const { features, memory } = connect();
		expect(await features.has('sale.order.list')).toBe(true);
		expect(await connect(bitrix.webhookUrl, memory).features.has('sale.order.LIST')).toBe(true);
		expect(calls()).toBe(1);
		expect(await Promise.all([features.has('sale.payment.add'), features.has('sale.payment.add')])).toEqual([true, true]);
		expect(calls()).toBe(2);
	});

	it('a method of a newer version, or of a module that is missing, is not there', async () => {
		miss('^sale\\.shipmentitem\\.');
		const { features } = connect();
		expect(await features.has('sale.shipmentitem.add')).toBe(false);
		expect(await features.has('crm.nothing.add')).toBe(false);
		expect(await features.has('sale.shipment.add')).toBe(true);
	});

	it('a method that exists, but not for this webhook, is not there', async () => {
		expect(await connect(bitrix.webhooks.saleOnly).features.has('catalog.product.list')).toBe(false);
	});

	it('a "no" is asked again after some minutes, a "yes" is not', async () => {
		miss('^sale\\.shipmentitem\\.');
		const { features } = connect();
		await features.has('sale.order.list');
		expect(await features.has('sale.shipmentitem.add')).toBe(false);
		miss();
		expect(await features.has('sale.shipmentitem.add')).toBe(false);
		await clock.until(clock.sleep(11 * MINUTE));
		expect(await features.has('sale.shipmentitem.add')).toBe(true);
		await features.has('sale.order.list');
		expect(calls()).toBe(3);
	});

	it('probes many with one call, and only what is not known', async () => {
		miss('^sale\\.payment\\.delete$');
		const { features, batches } = connect();
		await features.probe(batches, ['sale.payment.add', 'sale.payment.delete', 'sale.payment.add']);
		expect(calls()).toBe(1);
		expect([await features.has('sale.payment.add'), await features.has('sale.payment.delete')]).toEqual([true, false]);
		await features.probe(batches, ['sale.payment.add']);
		expect(calls()).toBe(1);
	});

	it('a version without the probe is asked for its list of methods', async () => {
		miss('^method\\.get$', '^sale\\.basketitem\\.');
		const { features, batches } = connect();
		await features.probe(batches, ['sale.order.list', 'sale.basketitem.add']);
		expect([await features.has('sale.order.list'), await features.has('sale.basketitem.add')]).toEqual([true, false]);
	});

	it('where nothing tells, the call itself has to show', async () => {
		miss('^method\\.get$', '^methods$');
		expect(await connect().features.has('sale.order.list')).toBe(true);
	});

	it('a failure of the connection is no answer, and is not remembered', async () => {
		const { features } = connect();
		bitrix.portal.switches.overloaded = true;
		await expect(features.has('sale.order.list')).rejects.toMatchObject({ code: 'BITRIX_OVERLOAD' });
		bitrix.portal.switches.overloaded = false;
		expect(await features.has('sale.order.list')).toBe(true);
	});

	it('fields of an entity, and undefined where the version does not tell', async () => {
		const { features } = connect();
		expect(await features.fields('sale.shipment.getFields')).toEqual(expect.objectContaining({}));
		expect((await features.fields('sale.shipment.getFields'))?.has('trackingNumber')).toBe(true);
		miss('getFields$');
		expect(await features.fields('sale.payment.getFields')).toBeUndefined();
	});

	it('inventory management: on, off, or none; believed for minutes only', async () => {
		const { features } = connect();
		expect(await features.documentMode()).toBe(false);
		bitrix.portal.inventory = 'Y';
		expect(await features.documentMode()).toBe(false);
		await clock.until(clock.sleep(11 * MINUTE));
		expect(await features.documentMode()).toBe(true);
		expect(await connect(bitrix.webhooks.saleOnly).features.documentMode()).toBeUndefined();
	});
});
