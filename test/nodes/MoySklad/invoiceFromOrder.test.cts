import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { InvoiceLink, WriteResult } from '../../../core';
import { chosen, EntityBench } from './entityBench.cts';
import type { Json } from '../../simulators/moysklad/caller.cts';

type Result = WriteResult<InvoiceLink>;

let bench: EntityBench;
let parties: { organization: Json; agent: Json };
let goods: Json[];
let states: Json[];

beforeAll(async () => {
	bench = await EntityBench.start({ size: { products: 12, variantShare: 0, bundles: 0, services: 0 } });
	const first = async (type: string): Promise<Json> => ({ meta: (await bench.rows(`entity/${type}?limit=1`))[0]?.meta });
	parties = { organization: await first('organization'), agent: await first('counterparty') };
	goods = (await bench.rows('entity/product')).map(({ meta }) => ({ meta }));
	states = (await bench.edit('GET', 'entity/customerorder/metadata')).states;
});
afterAll(async () => await bench.close());
beforeEach(() => bench.reset());

const position = (more: Json = {}): Json => ({ assortment: goods[0], quantity: 3, price: 3333.5, discount: 10, vat: 20, vatEnabled: true, ...more });

const order = async (more: Json = {}): Promise<Json> =>
	await bench.edit('POST', 'entity/customerorder', { ...parties, positions: [position(), position({ assortment: goods[1], quantity: 1.25, price: 999, vat: 0, vatEnabled: false })], ...more });

const make = async (ids: ReadonlyArray<string | IDataObject>, parameters: INodeParameters = {}): Promise<Result[]> => {
	const items = ids.map((id) => ({ json: typeof id === 'string' ? { id } : id }));
	const run = await bench.run({ resource: 'invoice', operation: 'createFromCustomerOrder', ...parameters }, items as never, { user: 'integration' });
	if (run.error) throw run.error;
	return run.outputs.flat().map(({ json }) => json as unknown as Result);
};

const invoicesOf = async ({ id }: Json): Promise<Json[]> => {
	const { invoicesOut = [] } = await bench.edit('GET', `entity/customerorder/${id}`);
	return await Promise.all((invoicesOut as Json[]).map(async ({ meta }) => await bench.edit('GET', `entity/invoiceout/${String(meta.href).split('/').at(-1)}?expand=positions`)));
};

const stateIs = (state: Json | undefined): Json => ({ state: { meta: state?.meta } });

describe('Invoice: Create From Customer Order', () => {
	it('R121: makes it once, with the positions and the sum of the order; a second run changes nothing', async () => {
		const made = await order({ moment: '2026-11-20 10:00:00' });
		const [planned] = await make([made.id], { preview: true });
		expect(planned).toMatchObject({ status: 'planned', moySkladId: null });
		expect(await invoicesOf(made)).toEqual([]);
		const [result] = await make([made.id], { options: { paymentDays: 3 } });
		const [invoice, ...others] = await invoicesOf(made);
		expect(others).toEqual([]);
		expect(result).toMatchObject({ status: 'created', moySkladId: invoice?.id, changes: planned?.changes, warnings: [] });
		expect(invoice).toMatchObject({
			sum: made.sum,
			vatSum: made.vatSum,
			applicable: true,
			paymentPlannedMoment: '2026-11-23 10:00:00.000',
			customerOrder: { meta: { href: made.meta.href } },
			agent: { meta: { href: made.agent.meta.href } },
		});
		expect(await bench.edit('GET', `entity/customerorder/${made.id}`)).toMatchObject({ invoicedSum: made.sum });
		bench.reset();
		expect(await make([{ id: made.id, link: result?.link } as never])).toMatchObject([{ status: 'unchanged', changes: [], moySkladId: invoice?.id }]);
		expect(await make([made.id])).toMatchObject([{ status: 'unchanged' }]);
		expect(Object.keys(bench.calls).filter((route) => !route.startsWith('GET'))).toEqual([]);
	});

	it('only in the states that are chosen', async () => {
		const fresh = await order(stateIs(states[0]));
		const confirmed = await order(stateIs(states[1]));
		const parameters = { states: { row: [{ state: chosen(String(states[1]?.id)) }] } };
		expect(await make([fresh.id, confirmed.id], parameters)).toMatchObject([{ status: 'skipped', warnings: [{ code: 'INVOICE_ORDER_LEFT' }] }, { status: 'created' }]);
		expect([await invoicesOf(fresh), (await invoicesOf(confirmed)).length]).toEqual([[], 1]);
		await bench.edit('PUT', `entity/customerorder/${fresh.id}`, stateIs(states[1]));
		expect(await make([fresh.id], parameters)).toMatchObject([{ status: 'created' }]);
		const unposted = await order({ ...stateIs(states[1]), applicable: false });
		expect(await make([unposted.id], parameters)).toMatchObject([{ status: 'skipped' }]);
	});

	it('follows the order as long as nobody changed it, else by the policy', async () => {
		const made = await order();
		const [{ link } = {} as Result] = await make([made.id]);
		await bench.edit('PUT', `entity/customerorder/${made.id}`, { positions: [position({ quantity: 5 })] });
		const [updated] = await make([{ id: made.id, link } as never]);
		expect(updated).toMatchObject({ status: 'updated', changes: [{ field: expect.stringContaining('positions') as string, from: 2, to: 1 }] });
		const [invoice] = await invoicesOf(made);
		expect(invoice).toMatchObject({ sum: (await bench.edit('GET', `entity/customerorder/${made.id}`)).sum });
		await bench.edit('PUT', `entity/invoiceout/${invoice?.id}`, { positions: [position({ quantity: 6 })] });
		expect(await make([{ id: made.id, link: updated?.link } as never])).toMatchObject([{ status: 'unchanged', warnings: [{ code: 'DOCUMENT_LEFT' }] }]);
		await bench.edit('PUT', `entity/customerorder/${made.id}`, { positions: [position({ quantity: 7 })] });
		expect(await make([{ id: made.id, link: updated?.link } as never])).toMatchObject([{ status: 'conflict', error: { code: 'DOCUMENT_CHANGED_BOTH' } }]);
		expect(await make([made.id], { conflicts: 'targetWins' })).toMatchObject([{ status: 'unchanged' }]);
		expect(await make([made.id], { conflicts: 'sourceWins' })).toMatchObject([{ status: 'updated' }]);
		expect((await invoicesOf(made))[0]?.positions.rows).toMatchObject([{ quantity: 7 }]);
	});

	it('one that is paid is left; one that a person made or threw away is not made again', async () => {
		const paid = await order();
		const [{ link, moySkladId } = {} as Result] = await make([paid.id]);
		const meta = (await bench.edit('GET', `entity/invoiceout/${moySkladId}`)).meta;
		await bench.edit('POST', 'entity/paymentin', { ...parties, sum: 100, operations: [{ meta, linkedSum: 100 }] });
		await bench.edit('PUT', `entity/customerorder/${paid.id}`, { positions: [position({ quantity: 5 })] });
		expect(await make([{ id: paid.id, link } as never])).toMatchObject([{ status: 'conflict', error: { code: 'INVOICE_PAID' } }]);

		const byHand = await order();
		await bench.edit('POST', 'entity/invoiceout', { ...parties, customerOrder: { meta: byHand.meta }, positions: [position()] });
		expect(await make([byHand.id])).toMatchObject([{ status: 'skipped', warnings: [{ code: 'INVOICE_BY_HAND' }] }]);
		expect(await invoicesOf(byHand)).toHaveLength(1);

		const thrownAway = await order();
		const [first] = await make([thrownAway.id]);
		await bench.edit('POST', `entity/invoiceout/${first?.moySkladId}/trash`, {});
		expect(await make([thrownAway.id])).toMatchObject([{ status: 'skipped', warnings: [{ code: 'DOCUMENT_IN_BIN' }] }]);
	});

	it('many orders take few calls; bad ones spoil no other; a lost answer makes no second invoice', async () => {
		const orders: Json[] = [];
		for (let index = 0; index < 120; index += 1) orders.push(await order());
		const ids = orders.map(({ id }) => String(id));
		bench.reset();
		bench.shop.faults.set([{ kind: 'cut', share: 1, times: 1, route: '^POST ' }]);
		const results = await make([...ids, 'nonsense', '00000000-0000-4000-8000-000000000000']);
		expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([...ids.map(() => 'created'), 'MOYSKLAD_NOT_FOUND', 'MOYSKLAD_NOT_FOUND']);
		expect(bench.callCount).toBeLessThanOrEqual(8);
		expect(new Set(results.map(({ moySkladId }) => moySkladId)).size).toBe(121);
		for (const one of orders.slice(0, 5)) expect(await invoicesOf(one)).toHaveLength(1);
	});

	it('an item of an order that was just written hands in the link of that order, which is not the invoice’s', async () => {
		const made = await order();
		expect(await make([{ moySkladId: made.id, link: { type: 'customerorder' } } as never])).toMatchObject([{ status: 'created' }]);
	});
});
