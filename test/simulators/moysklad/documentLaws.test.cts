import fc from 'fast-check';
import { ask, metaOf, type Json } from './caller.cts';
import { useOrders } from './orderBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put, who, store, position, saved } = useOrders((started) => (shop = started));

/** A document of an order: a payment of so many kopecks, or a shipment of so many pieces for 100 roubles each. */
interface Made {
	type: string;
	amount: number;
	fate: 'stays' | 'unposted' | 'posted again' | 'deleted' | 'in the bin';
}

const PRICE = 10_000;
const ORDERED = 20;

const made: fc.Arbitrary<Made> = fc.record({
	type: fc.constantFrom('paymentin', 'cashin', 'demand', 'invoiceout'),
	amount: fc.integer({ min: 1, max: 7 }),
	fate: fc.constantFrom<Made['fate']>('stays', 'unposted', 'posted again', 'deleted', 'in the bin'),
});

async function make(order: Json, { type, amount, fate }: Made): Promise<void> {
	const money = { sum: amount * PRICE, operations: [{ ...metaOf(order), linkedSum: amount * PRICE }] };
	const goods = { store: store(), customerOrder: metaOf(order), positions: [position({ quantity: amount })] };
	const { id } = (await post(type, { ...who(), ...(type.endsWith('in') ? money : goods) })).body;
	if (fate === 'unposted' || fate === 'posted again') await put(`${type}/${id}`, { applicable: false });
	if (fate === 'posted again') await put(`${type}/${id}`, { applicable: true });
	if (fate === 'deleted') await ask(shop, 'DELETE', `entity/${type}/${id}`);
	if (fate === 'in the bin') await post(`${type}/${id}/trash`, {});
}

const expected = (all: Made[], ...types: string[]): number =>
	all
		.filter(({ type, fate }) => types.includes(type) && (fate === 'stays' || fate === 'posted again'))
		.reduce((sum, { amount }) => sum + amount, 0);

it('sums of an order are those of its posted documents, whatever became of the others', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(made, { maxLength: 6 }), fc.integer({ min: 0, max: ORDERED }), async (all, reserve) => {
			const order = await saved([position({ quantity: ORDERED, reserve })]);
			for (const one of all) await make(order, one);
			const after = await get(`customerorder/${order.id}?expand=positions`);
			const shipped = expected(all, 'demand');
			expect(after).toMatchObject({
				payedSum: expected(all, 'paymentin', 'cashin') * PRICE,
				shippedSum: shipped * PRICE,
				invoicedSum: expected(all, 'invoiceout') * PRICE,
				reservedSum: Math.min(reserve, Math.max(0, ORDERED - shipped)) * PRICE,
			});
			expect(after.positions.rows[0].shipped).toBe(shipped);
		}),
		{ numRuns: 40 },
	);
});
