import { ask, encode, metaOf, type Json, type Reply } from './caller.cts';
import { useOrders } from './orderBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put, who, store, good, position, saved } = useOrders((started) => (shop = started));

const demandFor = async (customer: Json, positions: Json[]): Promise<Json> =>
	(await post('demand', { ...who(), store: store(), customerOrder: metaOf(customer), positions })).body;

describe('shipments', () => {
	it('raise what an order shows as shipped, and eat its reserve', async () => {
		const customer = await saved([position({ quantity: 10, reserve: 8 })]);
		expect(customer.reservedSum).toBe(80_000);
		const demand = await demandFor(customer, [position({ quantity: 4 })]);
		const after = await get(`customerorder/${customer.id}?expand=positions`);
		expect(after).toMatchObject({ shippedSum: 40_000, reservedSum: 60_000 });
		expect(after.positions.rows[0]).toMatchObject({ shipped: 4, reserve: 8 });
		expect(after.demands.map(({ meta }: Json) => meta.href)).toEqual([demand.meta.href]);
		await put(`demand/${demand.id}`, { applicable: false });
		expect(await get(`customerorder/${customer.id}`)).toMatchObject({ shippedSum: 0, reservedSum: 80_000 });
		await put(`demand/${demand.id}`, { applicable: true });
		await ask(shop, 'DELETE', `entity/demand/${demand.id}`);
		expect(await get(`customerorder/${customer.id}`)).toMatchObject({ shippedSum: 0 });
	});

	it('need a store when they are posted', async () => {
		expect((await post('demand', { ...who() })).code).toBe(3000);
		expect((await post('demand', { ...who(), applicable: false })).status).toBe(200);
	});
});

describe('payments', () => {
	const pay = async (type: string, sum: number, operations: Json[]): Promise<Reply> =>
		await post(type, { ...who(), sum, operations });

	it('raise what documents show as paid', async () => {
		const customer = await saved([position()]);
		const one = (await pay('paymentin', 6000, [{ ...metaOf(customer), linkedSum: 2500 }])).body;
		await pay('cashin', 1000, [metaOf(customer)]);
		const after = await get(`customerorder/${customer.id}`);
		expect(after.payedSum).toBe(3500);
		expect(after.payments).toHaveLength(2);
		expect((await get(`paymentin/${one.id}`)).operations[0]).toMatchObject({
			linkedSum: 2500,
			meta: { href: customer.meta.href },
		});
		await put(`paymentin/${one.id}`, { operations: [] });
		expect((await get(`customerorder/${customer.id}`)).payedSum).toBe(1000);
	});

	it('without a linked sum pay what is left', async () => {
		const customer = await saved([position()]);
		const { body } = await pay('paymentin', 50_000, [metaOf(customer)]);
		expect(body.operations[0].linkedSum).toBe(10_000);
	});

	it('link neither too much nor twice, and only to documents that are paid', async () => {
		const customer = await saved([position()]);
		expect((await pay('paymentin', 100, [{ ...metaOf(customer), linkedSum: 101 }])).code).toBe(22000);
		expect(
			(
				await pay('paymentin', 100, [
					{ ...metaOf(customer), linkedSum: 1 },
					{ ...metaOf(customer), linkedSum: 2 },
				])
			).code,
		).toBe(22001);
		expect((await pay('paymentin', 100, [good()])).code).toBe(2021);
	});

	it('to an account in another currency are in that currency', async () => {
		const dollar = metaOf((await get('currency?filter=isoCode=USD')).rows[0]);
		const organization = (
			await post('organization', { name: 'Экспорт', accounts: [{ accountNumber: '3', currency: dollar }] })
		).body;
		const organizationAccount = metaOf((await get(`organization/${organization.id}/accounts`)).rows[0]);
		const body = { agent: who().agent, organization: metaOf(organization), organizationAccount, sum: 100 };
		expect((await post('paymentin', body)).code).toBe(22004);
		expect((await post('paymentin', { ...body, rate: { currency: dollar } })).status).toBe(200);
	});
});

describe('invoices', () => {
	it('raise what an order shows as invoiced', async () => {
		const customer = await saved([position()]);
		const invoice = (await post('invoiceout', { ...who(), customerOrder: metaOf(customer), positions: [position()] }))
			.body;
		expect(await get(`customerorder/${customer.id}`)).toMatchObject({
			invoicedSum: 10_000,
			invoicesOut: [{ meta: { href: invoice.meta.href } }],
		});
	});
});

describe('returns', () => {
	it('match their shipment', async () => {
		const demand = await demandFor(await saved([position({ quantity: 3 })]), [position({ quantity: 3 })]);
		const back = async (more: Json): Promise<Reply> =>
			await post('salesreturn', {
				...who(),
				store: store(),
				demand: metaOf(demand),
				positions: [position({ quantity: 2 })],
				...more,
			});
		const stranger = metaOf((await post('counterparty', { name: 'Чужой' })).body);
		expect((await back({ agent: stranger })).code).toBe(3004);
		expect((await back({ positions: [position({ quantity: 4 })] })).code).toBe(3036);
		expect((await back({ positions: [position({ price: 1 })] })).code).toBe(3001);
		expect((await back({})).status).toBe(200);
		expect((await back({})).code).toBe(3036);
		expect((await put(`demand/${demand.id}`, { applicable: false })).code).toBe(17014);
		expect((await ask(shop, 'DELETE', `entity/demand/${demand.id}`)).code).toBe(1028);
		const [row] = (await get(`demand/${demand.id}/positions`)).rows as [Json];
		expect((await ask(shop, 'DELETE', `entity/demand/${demand.id}/positions/${row.id}`)).code).toBe(1023);
		expect((await get(`demand/${demand.id}`)).returns).toHaveLength(1);
	});
});

describe('money that goes back', () => {
	it('is linked to a return, and needs an expense item', async () => {
		const demand = await demandFor(await saved([position({ quantity: 3 })]), [position({ quantity: 3 })]);
		const back = { ...who(), store: store(), demand: metaOf(demand), positions: [position({ quantity: 2 })] };
		const salesReturn = (await post('salesreturn', back)).body;
		const expenseItem = metaOf((await get('expenseitem')).rows[0]);
		const refund = { ...who(), sum: 5000, operations: [{ ...metaOf(salesReturn), linkedSum: 5000 }] };
		expect((await post('paymentout', refund)).code).toBe(3000);
		expect((await post('paymentout', { ...refund, expenseItem, operations: [metaOf(demand)] })).code).toBe(2021);
		const made = (await post('paymentout', { ...refund, expenseItem })).body;
		await post('cashout', { ...who(), expenseItem, sum: 20_000, operations: [metaOf(salesReturn)] });
		expect(await get(`salesreturn/${salesReturn.id}`)).toMatchObject({ payedSum: 20_000 });
		expect((await get(`salesreturn/${salesReturn.id}`)).payments).toHaveLength(2);
		await ask(shop, 'DELETE', `entity/paymentout/${made.id}`);
		expect(await get(`salesreturn/${salesReturn.id}`)).toMatchObject({ payedSum: 15_000 });
		expect(await get(`demand/${demand.id}`)).toMatchObject({ payedSum: 0 });
	});
});

describe('what others point to', () => {
	it('is not deleted, until they are gone or in the bin', async () => {
		const customer = await saved([position()]);
		const drop = async (path: string): Promise<Reply> => await ask(shop, 'DELETE', `entity/${path}`);
		const demand = await demandFor(customer, [position()]);
		const payment = (await post('paymentin', { ...who(), sum: 100, operations: [metaOf(demand)] })).body;
		const refused = await drop(`customerorder/${customer.id}`);
		expect([refused.status, refused.code, refused.body.errors[0].dependencies[0].href]).toEqual([409, 1028, demand.meta.href]);
		expect((await drop(`demand/${demand.id}`)).code).toBe(1028);
		await post(`paymentin/${payment.id}/trash`, {});
		expect((await drop(`demand/${demand.id}`)).status).toBe(200);
		expect((await drop(`customerorder/${customer.id}`)).status).toBe(200);
	});
});

describe('the recycle bin', () => {
	it('hides documents from lists but not from their address', async () => {
		const { id } = await saved([position({ reserve: 1 })]);
		expect((await post(`customerorder/${id}/trash`, {})).status).toBe(200);
		expect((await get(`customerorder/${id}`)).deleted).toMatch(/^\d{4}-/);
		const listed = async (filter: string): Promise<boolean> =>
			((await get(`customerorder?${filter}`)).rows as Json[]).some((row) => row.id === id);
		expect(await listed('')).toBe(false);
		expect(await listed(encode('isDeleted=true'))).toBe(true);
		expect(await listed(encode('isDeleted=true;isDeleted=false'))).toBe(true);
		expect(await listed(encode('isDeleted=false'))).toBe(false);
	});

	it('is for documents, and only when the account uses it', async () => {
		expect((await post(`product/${good().meta.href.split('/').at(-1)}/trash`, {})).code).toBe(1066);
		await ask(shop, 'PUT', 'context/companysettings', { body: { useRecycleBin: false } });
		expect((await post(`customerorder/${(await saved([])).id}/trash`, {})).code).toBe(1067);
	});
});
