import * as fc from 'fast-check';
import { DocumentKeys, orderSchema, pairsByGoods, planOrderDocuments, readDocumentsLink, type DocumentSettings, type KnownDocument, type Order } from '../../../../core';
import { aPosition, knownOrder } from '../orders';
import { Books, customerOrderReference, keys, reference, SETTINGS } from './books.cts';
import { newOrder } from './storeEvents.cts';
import { Decimal } from '../../../../core';

const order = newOrder([{ quantity: '2', price: '50', vat: '20' }, { quantity: '1', price: '30', vat: null }], Decimal.zero);
const payment = (id: string, more: object = {}): Order['payments'][0] =>
	orderSchema.shape.payments.removeDefault().element.parse({ id, sum: '130', paid: true, paySystemId: '3', name: 'Картой', cash: false, ...more });
const paying = (...payments: Order['payments']): Order => ({ ...order, updatedAt: '2026-11-22T07:00:00.000Z', payments });
const codes = ({ warnings, steps }: ReturnType<Books['plan']>): string[] => [...warnings, ...steps.flatMap((step) => step.warnings)].map(({ code }) => code);

describe('I5: how a document is known again', () => {
	it('by a syncId of its own for each document, source and generation, and by a code that can be read', () => {
		const source = fc.record({ entity: fc.constantFrom('order', 'payment', 'shipment'), id: fc.string({ minLength: 1, unit: 'binary' }) } as const);
		fc.assert(
			fc.property(source, fc.integer({ min: 1, max: 30 }), fc.constantFrom('paymentin', 'demand'), (from, generation, type) => {
				const key = keys.of(type, from, generation);
				expect(keys.sourceOf({ type, ...key })).toEqual({ ...from, generation, withdrawn: false });
				expect(keys.sourceOf({ type, ...key, externalCode: `${key.externalCode}:withdrawn` })).toMatchObject({ withdrawn: true });
				expect(keys.of(type, from, generation + 1).syncId).not.toBe(key.syncId);
			}),
		);
		expect(keys.of('paymentin', { entity: 'payment', id: '5/2' }).syncId).not.toBe(keys.of('paymentin', { entity: 'payment', id: '5' }, 2).syncId);
	});

	it('not by its code alone, nor by that of another store', () => {
		const key = keys.of('paymentin', { entity: 'payment', id: '5' });
		expect(keys.sourceOf({ type: 'paymentin', ...key, syncId: undefined })).toBeUndefined();
		expect(keys.sourceOf({ type: 'cashin', ...key })).toBeUndefined();
		expect(new DocumentKeys(() => new Uint8Array(20), 'other').sourceOf({ type: 'paymentin', ...key })).toBeUndefined();
	});
});

describe('R134: which document a payment becomes', () => {
	const made = (settings: Partial<DocumentSettings['payments']>, ...payments: Order['payments']): string[] =>
		new Books(order).plan(paying(...payments), { ...SETTINGS, payments: { ...SETTINGS.payments, ...settings } }).steps.map(({ type }) => type);
	const rule = (paySystem: string, document: 'paymentin' | 'cashin' | 'none') => ({ systems: [{ paySystem, document }] });

	it.each([
		[{}, {}, ['paymentin']],
		[{}, { cash: true }, ['cashin']],
		[{}, { cash: null }, ['paymentin']],
		[{ others: 'cashin' }, {}, ['cashin']],
		[{ others: 'none' }, {}, []],
		[rule('3', 'cashin'), {}, ['cashin']],
		[rule(' картой ', 'cashin'), {}, ['cashin']],
		[rule('33', 'cashin'), {}, ['paymentin']],
		[rule('3', 'none'), {}, []],
		[{}, { sum: '0' }, []],
		[{}, { paid: false }, []],
	] as const)('%j, %j: %j', (settings, more, expected) => expect(made(settings as never, payment('1', more))).toEqual(expected));

	it('an order of a pay system that is left out later keeps the document that it has', () => {
		const books = new Books(order);
		books.run(paying(payment('1')));
		const plan = books.plan(paying(payment('1')), { ...SETTINGS, payments: { ...SETTINGS.payments, ...rule('3', 'none') } });
		expect(plan.steps).toEqual([]);
	});

	it('what the store keeps for a document of MoySklad becomes none, and in one for the whole order it is left out', () => {
		const standsFor = '00000000-0000-4000-8000-0000000000f1';
		expect(made({}, payment('1', { sum: '50', standsFor }), payment('2', { sum: '80' }))).toEqual(['paymentin']);
		const simple = (...payments: Order['payments']) =>
			new Books(order).plan({ ...paying(...payments), paid: true }, { ...SETTINGS, payments: { ...SETTINGS.payments, mode: 'simple' } }).steps.map(({ sum }) => sum);
		expect(simple(payment('1', { sum: '50', standsFor }), payment('2', { sum: '80' }))).toEqual([8000]);
		expect(simple(payment('1', { standsFor }))).toEqual([]);
	});

	it('simple: the moment and the pay system of what was paid, and only when all is', () => {
		const simple = { ...SETTINGS, payments: { ...SETTINGS.payments, mode: 'simple' } } as const;
		const books = new Books(order);
		const paid = { ...paying(payment('1', { sum: '100', paidAt: '2026-11-21T07:00:00.000Z' }), payment('2', { sum: '30', paidAt: '2026-11-22T07:00:00.000Z' })) };
		expect(books.plan(paid, simple).steps).toEqual([]);
		expect(books.plan({ ...paid, paid: true }, simple).steps).toMatchObject([{ action: 'create', sum: 13_000, body: { moment: '2026-11-22 10:00:00.000' } }]);
		const back = { ...paid, payments: [paid.payments[0] as Order['payments'][0], payment('2', { sum: '30', paid: false, refund: true })] };
		expect(books.plan(back, simple).steps.map(({ type, sum, body }) => [type, sum, (body.operations as unknown[] | undefined)?.length])).toEqual([
			['paymentin', 13_000, 1],
			['paymentout', 3000, undefined],
		]);
		expect(codes(books.plan(back, { ...simple, payments: { ...simple.payments, refunds: 'report' } }))).toEqual(['PAYMENT_REFUNDED']);
		expect(books.plan(back, { ...simple, payments: { ...simple.payments, refunds: 'unpaid' } }).steps).toEqual([]);
	});
});

describe('what a person did', () => {
	const booked = (): { books: Books; known: KnownDocument } => {
		const books = new Books(order);
		books.run(paying(payment('1')));
		return { books, known: books.documents[0] as KnownDocument };
	};
	const conflicting = (books: Books, state: Order, settings: Partial<DocumentSettings> = {}): unknown[] =>
		books.plan(state, { ...SETTINGS, ...settings }).steps.map(({ action, conflict }) => conflict?.code ?? action);

	it('to a payment that the store took back is decided on by the policy; untouched ones are not asked about', () => {
		const { books, known } = booked();
		expect(conflicting(books, paying())).toEqual(['withdraw']);
		books.write('paymentin', known, { sum: 12_000 });
		expect(conflicting(books, paying())).toEqual(['DOCUMENT_CHANGED_BOTH']);
		expect(conflicting(books, paying(), { conflicts: 'sourceWins' })).toEqual(['withdraw']);
		expect(conflicting(books, paying(), { conflicts: 'targetWins' })).toEqual(['keep']);
		expect(conflicting(books, paying(), { conflicts: 'newerWins' })).toEqual(['withdraw']);
		expect(conflicting(books, { ...paying(), updatedAt: '2026-11-20T00:00:00.000Z' }, { conflicts: 'newerWins' })).toEqual(['keep']);
	});

	it('is not known without the memory, so that every difference counts as changed on both sides', () => {
		const { books } = booked();
		books.link = undefined;
		expect(conflicting(books, paying(payment('1')))).toEqual(['keep']);
		expect(conflicting(books, paying(payment('1', { sum: '120' })))).toEqual(['DOCUMENT_CHANGED_BOTH']);
		expect(conflicting(books, paying())).toEqual(['DOCUMENT_CHANGED_BOTH']);
		books.run(paying(payment('1')));
		expect(conflicting(books, paying())).toEqual(['withdraw']);
	});

	it('unposting it is left, and told', () => {
		const { books, known } = booked();
		books.write('paymentin', known, { applicable: false });
		const plan = books.plan(paying(payment('1')));
		expect([plan.steps.map(({ body }) => body), codes(plan)]).toEqual([[{}], ['DOCUMENT_LEFT']]);
	});

	it('linking it to other documents as well is kept', () => {
		const { books, known } = booked();
		const other = { ...reference('invoiceout'), linkedSum: 3000 };
		books.write('paymentin', known, { operations: [{ ...customerOrderReference, linkedSum: 10_000 }, other] });
		const plan = books.plan(paying(payment('1', { sum: '120' })), { ...SETTINGS, conflicts: 'sourceWins' });
		expect(plan.steps[0]?.body).toMatchObject({ sum: 12_000, operations: [other, { linkedSum: 9000 }] });
	});
});

it('what others booked for shipments or invoices of the order is known by MoySklad’s own sums', () => {
	const books = new Books(order);
	books.customerOrder.payedSum = 13_000;
	for (const position of books.customerOrder.positions) position.shipped = position.quantity;
	const state = { ...paying(payment('1')), shipments: order.shipments.map((one) => ({ ...one, shipped: true })) };
	const plan = books.plan(state);
	expect([plan.steps, codes(plan).sort()]).toEqual([[], ['ORDER_PAID_ALREADY', 'ORDER_SHIPPED_ALREADY']]);
});

describe('which positions stand for which line, without a link', () => {
	const lines = (...some: Array<Partial<Order['lines'][0]>>): Order => ({
		...order,
		total: String(some.reduce((sum, { price = '10', quantity = '1' }) => sum + Number(price) * Number(quantity), 0)),
		shipments: [],
		lines: some.map((one, index) => ({ ...(order.lines[0] as Order['lines'][0]), quantity: '1', price: '10', ...one, id: String(index + 1) })),
	});
	const good = (id: string) => ({ type: 'product', id: `good-${id}` });
	const position = (id: string, goodId: string, quantity = 1, price = 1000) => aPosition(id, { good: good(goodId), quantity, price });
	const pairs = (state: Order, positions: ReturnType<typeof position>[], goods: Record<string, string>): Record<string, string[]> => {
		const known = new Map(Object.entries(goods).map(([line, id]) => [line, good(id)]));
		return Object.fromEntries([...pairsByGoods(state, knownOrder(positions), known)].map(([line, some]) => [line, some.map(({ id }) => id)]));
	};

	it('are those of the good, of two lines of one good those of the same quantity and price', () => {
		const state = lines({ quantity: '3' }, { price: '20' }, { quantity: '2', price: '20' });
		expect(pairs(state, [position('a', 'x', 2, 2000), position('b', 'y', 1, 2000), position('c', 'x', 3)], { 1: 'x', 2: 'y', 3: 'x' })).toEqual({ 1: ['c'], 2: ['b'], 3: ['a'] });
	});

	it('however a person split them', () => {
		expect(pairs(lines({ quantity: '3' }), [position('a', 'x', 1), position('b', 'x', 2)], { 1: 'x' })).toEqual({ 1: ['a', 'b'] });
	});

	it('lines without a good are told by quantity and price, unless that says nothing', () => {
		const state = lines({ quantity: '3' }, { price: '7' }, { price: '5' }, { price: '5' });
		const positions = [position('a', 'x', 3), position('b', 'stand-in', 1, 700), position('c', 'stand-in', 1, 500), position('d', 'other', 1, 500)];
		expect(pairs(state, positions, { 1: 'x' })).toEqual({ 1: ['a'], 2: ['b'] });
	});
});

it('I2: a link that is none, or of another order, is refused', () => {
	const books = new Books(order);
	books.run(paying(payment('1')));
	const owner = { key: 'key', flow: 'orders' };
	expect(readDocumentsLink(JSON.stringify(books.link), owner)).toEqual(books.link);
	for (const [link, other] of [[{ nonsense: true }, owner], [books.link, { ...owner, key: 'other' }], [books.link, { ...owner, flow: 'other' }]] as const)
		expect(() => readDocumentsLink(link, other)).toThrow(expect.objectContaining({ code: 'ORDER_LINK_INVALID' }));
	for (const none of [undefined, null, '']) expect(readDocumentsLink(none, owner)).toBeUndefined();
});

it('a plan that lacks what MoySklad demands is a failure of its order', () => {
	const books = new Books(order);
	const facts = { customerOrder: books.customerOrder, documents: [], pairs: new Map(), link: undefined };
	const refunded = paying(payment('1', { paid: false, refund: true }));
	expect(() => planOrderDocuments({ ...facts, order: refunded }, keys, { ...SETTINGS, expenseItem: undefined })).toThrow(expect.objectContaining({ code: 'DOCUMENT_EXPENSE_ITEM_MISSING' }));
	const shipped = { ...order, shipments: order.shipments.map((one) => ({ ...one, shipped: true })) };
	expect(() => books.plan(shipped, { ...SETTINGS, store: undefined })).toThrow(expect.objectContaining({ code: 'DOCUMENT_STORE_MISSING' }));
});

it('a shipment that holds nothing any more, since the delivery went over to another one, loses its demand', () => {
	const delivered = newOrder([{ quantity: '1', price: '50', vat: '20' }], Decimal.of('7'));
	const [whole] = delivered.shipments as [Order['shipments'][0]];
	const bare = { ...whole, id: '2', price: '0', shipped: true, items: [{ lineId: '1', quantity: '0' }] };
	const withShipments = (...shipments: Order['shipments']): Order => ({ ...delivered, updatedAt: '2026-11-22T07:00:00.000Z', shipments });
	const books = new Books(delivered);
	books.run(withShipments({ ...whole, canceled: true }, bare));
	expect(books.sumOf('demand')).toBe(700);
	const plan = books.run(withShipments(whole, bare));
	expect([plan.steps.map(({ action }) => action), codes(plan), books.sumOf('demand')]).toEqual([['withdraw'], ['SHIPMENT_EMPTY'], 0]);
	expect(books.run(withShipments({ ...whole, canceled: true }, bare)).steps.map(({ action }) => action)).toEqual(['update']);
	expect(books.sumOf('demand')).toBe(700);
});
