import { ask, metaOf, type Json } from './caller.cts';
import { useOrders } from './orderBench.cts';
import type { RunningMoySklad } from './start.cts';

let shop: RunningMoySklad;
const { get, post, put, who, store, good, position, saved } = useOrders((started) => (shop = started));

const template = async (target: string, body: unknown): Promise<Json> => (await put(`${target}/new`, body)).body;
const quantities = ({ positions }: Json): unknown[] => positions.rows.map(({ quantity, price }: Json) => [quantity, price]);

describe('a template', () => {
	it('of nothing has what every new document has, and is not kept', async () => {
		const before = (await get('demand')).meta.size as number;
		const empty = (await ask(shop, 'PUT', 'entity/demand/new', { body: '' })).body;
		expect(empty).toMatchObject({ applicable: true, sum: 0, vatEnabled: true, positions: { rows: [] } });
		expect(empty.organization.meta.type).toBe('organization');
		for (const field of ['id', 'meta', 'name', 'externalCode']) expect(empty).not.toHaveProperty(field);
		expect((await get('demand')).meta.size).toBe(before);
	});

	it('is asked for with PUT, of one object, and of a base that fits', async () => {
		const customer = await saved([position()]);
		expect((await put('demand/new', [{ customerOrder: metaOf(customer) }])).code).toBe(2008);
		expect((await post('demand/new', {})).status).toBe(405);
		expect((await put('product/new', {})).code).toBe(1002);
		expect((await put('salesreturn/new', { customerOrder: metaOf(customer) })).code).toBe(1007);
		expect((await put('demand/new', { customerOrder: good() })).code).toBe(2021);
	});

	it('lacks owner, group, store and organization for a solution', async () => {
		const customer = await saved([position()], { store: store() });
		const body = { customerOrder: metaOf(customer) };
		const users = await template('demand', body);
		const solutions = (await ask(shop, 'PUT', 'entity/demand/new', { user: shop.users.solution, body })).body;
		for (const field of ['group', 'store', 'organization']) {
			expect(users).toHaveProperty(field);
			expect(solutions).not.toHaveProperty(field);
		}
	});
});

describe('a demand', () => {
	it('of an order has what is not shipped yet, and is linked when it is saved', async () => {
		const customer = await saved([position({ quantity: 5, reserve: 5 }), position({ quantity: 2, price: 300, assortment: good(1) })], {
			store: store(),
		});
		const whole = await template('demand', { customerOrder: metaOf(customer) });
		expect(quantities(whole)).toEqual([
			[5, 10_000],
			[2, 300],
		]);
		expect(whole.sum).toBe(50_600);
		whole.positions.rows[0].quantity = 3;
		whole.positions.rows.pop();
		const demand = (await post('demand', whole)).body;
		expect(demand.customerOrder.meta.href).toBe(customer.meta.href);
		expect(await get(`customerorder/${customer.id}`)).toMatchObject({ shippedSum: 30_000, reservedSum: 20_000 });
		expect(quantities(await template('demand', { customerOrder: metaOf(customer) }))).toEqual([
			[2, 10_000],
			[2, 300],
		]);
	});

	it('of invoices names them', async () => {
		const invoice = (await post('invoiceout', { ...who(), positions: [position({ quantity: 2 })] })).body;
		const demand = await template('demand', { invoicesOut: [metaOf(invoice)] });
		expect(demand.invoicesOut.map(({ meta }: Json) => meta.href)).toEqual([invoice.meta.href]);
		expect(quantities(demand)).toEqual([[2, 10_000]]);
	});
});

describe('a payment', () => {
	it.each(['paymentin', 'cashin'])('(%s) is for what is left to be paid', async (type) => {
		const customer = await saved([position({ quantity: 3 })]);
		const body = { operations: [metaOf(customer)] };
		expect(await template(type, body)).toMatchObject({ sum: 30_000, operations: [{ linkedSum: 30_000 }] });
		await post('paymentin', { ...who(), sum: 12_000, operations: [{ ...metaOf(customer), linkedSum: 12_000 }] });
		const rest = await template(type, body);
		expect(rest).toMatchObject({ sum: 18_000, agent: { meta: { href: who().agent.meta.href } } });
		await post(type, rest);
		expect((await get(`customerorder/${customer.id}`)).payedSum).toBe(30_000);
	});
});

it('an invoice of an order, and a payment of the invoice, make the order invoiced', async () => {
	const customer = await saved([position({ quantity: 2, vat: 20, vatEnabled: true })]);
	const invoice = (await post('invoiceout', await template('invoiceout', { customerOrder: metaOf(customer) }))).body;
	expect(invoice).toMatchObject({ sum: 20_000, vatSum: customer.vatSum });
	await post('paymentin', await template('paymentin', { operations: [metaOf(invoice)] }));
	expect(await get(`invoiceout/${invoice.id}`)).toMatchObject({ payedSum: 20_000 });
	expect(await get(`customerorder/${customer.id}`)).toMatchObject({ invoicedSum: 20_000 });
});

it('a return of a demand has what did not come back yet', async () => {
	const customer = await saved([position({ quantity: 3 })], { store: store() });
	const demand = (await post('demand', await template('demand', { customerOrder: metaOf(customer) }))).body;
	const back = await template('salesreturn', { demand: metaOf(demand) });
	back.positions.rows[0].quantity = 1;
	const salesReturn = (await post('salesreturn', back)).body;
	expect(quantities(await template('salesreturn', { demand: metaOf(demand) }))).toEqual([[2, 10_000]]);
	expect(await template('cashout', { operations: [metaOf(salesReturn)] })).toMatchObject({ sum: 10_000 });
});
