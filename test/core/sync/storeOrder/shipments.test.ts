import * as fc from 'fast-check';
import { createHash } from 'crypto';
import { originKey } from '../../../../core';
import { releasedKey } from '../../../../core/sync/storeOrder/origin';
import { planShipments, type ShipmentRules } from '../../../../core/sync/storeOrder/shipments';
import type { WantedShipment } from '../../../../core/sync/storeOrder/wish';
import type { PartPlan } from '../../../../core/sync/storeOrder/writes';
import { afterWrite, aLine, aSaleOrder, aShipment, uuid } from './saleOrder';

const identity = { siteKey: 'shop', sha1: (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest() };
const rules: ShipmentRules = { deduct: false, removed: 'undo', status: null };
const mine = (number: number): string => originKey('demand', uuid(number));

const shipped = (number: number, items: ReadonlyArray<readonly [line: number, quantity: number]>, more: Partial<WantedShipment> = {}): WantedShipment => ({
	id: uuid(number),
	items: items.map(([line, quantity]) => ({ id: uuid(900 + line), key: `good-${line}`, syncId: null, name: `Good ${line}`, quantity: String(quantity), service: false })),
	number: `D${number}`,
	trackingNumber: null,
	delivery: null,
	bornIn: null,
	...more,
});

const lines = [aLine(1, 5), aLine(2, 2)];
const system = (items: ReadonlyArray<readonly [number, number]> = []) => aShipment(90, items, { system: 'Y' });
const all = [[1, 5], [2, 2]] as const;

const plan = (shipments: unknown[], wanted: WantedShipment[], more: Partial<ShipmentRules> = {}): PartPlan =>
	planShipments(aSaleOrder({ basketItems: lines, shipments: [system(), ...shipments] }), wanted, { ...rules, ...more }, identity);

const shown = ({ writes }: PartPlan): string[] =>
	writes.map(({ method, parameters: { id, fields } }) => {
		const { quantity, basketId, allowDelivery, deducted, xmlId, deliveryId, priceDelivery } = (fields ?? {}) as Record<string, string | undefined>;
		const words = method.includes('item') ? [basketId && `line ${basketId}`, quantity] : [allowDelivery && `allowed ${allowDelivery}`, deducted && `deducted ${deducted}`, xmlId?.startsWith('moysklad:was') ? 'released' : xmlId?.startsWith('moysklad') && 'ours', method.endsWith('.add') && `by ${deliveryId}`, priceDelivery && `for ${priceDelivery}`];
		return [method.replace('sale.shipment', ''), id?.toString(), ...words].filter((word) => word).join(' ');
	});
const codes = ({ warnings }: PartPlan): string[] => warnings.map(({ code }) => code);

describe('planShipments', () => {
	it('T6: the shipment that the order was placed with goes out, with all that must be copied', () => {
		const present = aShipment(7, all, { priceDelivery: 300, basePriceDelivery: 300, statusId: 'DF', trackingNumber: 'RA1' });
		const [write, ...more] = plan([present], [shipped(1, all)]).writes;
		expect(more).toEqual([]);
		expect(write?.parameters).toEqual({
			id: '7',
			fields: { deliveryId: '2', statusId: 'DF', priceDelivery: '300', basePriceDelivery: '300', trackingNumber: 'RA1', allowDelivery: 'Y', deducted: 'N', xmlId: mine(1), deliveryDocNum: 'D1' },
		});
	});

	it('T6: what the customer pays for a delivery with a discount stays', () => {
		const present = aShipment(7, all, { priceDelivery: 200, basePriceDelivery: 300 });
		expect(plan([present], [shipped(1, all)]).writes[0]?.parameters.fields).toMatchObject({ basePriceDelivery: '200', priceDelivery: '200' });
	});

	it('a part: the first goes out with what it holds, the rest lies in no shipment until it goes out', () => {
		expect(shown(plan([aShipment(7, all)], [shipped(1, [[1, 3]])]))).toEqual(['item.update 701 3', 'item.delete 702', '.update 7 allowed Y deducted N ours for 0']);
	});

	it('the second gets a shipment of its own, for nothing', () => {
		const present = aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', priceDelivery: 300, deliveryDocNum: 'D1' });
		const plans = plan([present], [shipped(1, [[1, 3]]), shipped(2, [[1, 2], [2, 2]])]);
		expect(shown(plans)).toEqual(['.add allowed Y deducted N ours by 2 for 0', `item.add line 1 2`, 'item.add line 2 2']);
		expect(plans.writes[1]?.parameters.fields).toMatchObject({ orderDeliveryId: expect.objectContaining({ path: ['shipment', 'id'] }) as unknown });
	});

	it('goods are deducted last, and only where the user wants it', () => {
		const plans = plan([aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', deducted: 'Y', deliveryDocNum: 'D1' })], [shipped(1, [[1, 3]]), shipped(2, [[1, 2]])], { deduct: true });
		expect(shown(plans).map((write) => write.replace(/\$result.*? /, ''))).toEqual(['.add allowed Y deducted N ours by 2 for 0', 'item.add line 1 2', '.update allowed Y deducted Y ours for 0']);
	});

	it('what has gone out is opened before it is changed, and closed again', () => {
		const present = aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', deducted: 'Y', deliveryDocNum: 'D1' });
		expect(shown(plan([present], [shipped(1, [[1, 2]])], { deduct: true }))).toEqual(['.update 7 allowed Y deducted N for 0', 'item.update 701 2', '.update 7 allowed Y deducted Y ours for 0']);
	});

	it('what a person deducted is not taken back', () => {
		const present = aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', deducted: 'Y', deliveryDocNum: 'D1' });
		const plans = plan([present], [shipped(1, [[1, 2]])]);
		expect([plans.writes, codes(plans)]).toEqual([[], ['ORDER_SHIPMENT_LOCKED']]);
	});

	it('what is as it should be is left alone; the technical shipment always', () => {
		const present = aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', deliveryDocNum: 'D1' });
		expect(plan([present, system([[1, 2]])], [shipped(1, [[1, 3]])])).toEqual({ writes: [], warnings: [] });
	});

	it('more than the order has is left out and reported', () => {
		const plans = plan([aShipment(7, all)], [shipped(1, [[1, 6], [2, 2], [3, 1]])]);
		expect(shown(plans)).toEqual(['.update 7 allowed Y deducted N ours for 0']);
		expect(codes(plans)).toEqual(['ORDER_SHIPMENT_EXCEEDS', 'ORDER_SHIPMENT_EXCEEDS']);
	});

	it('a service that is no line of the store is its delivery', () => {
		const delivery = { id: uuid(950), key: 'delivery', syncId: null, name: 'Delivery', quantity: '1', service: true };
		expect(codes(plan([aShipment(7, all)], [{ ...shipped(1, all), items: [...shipped(1, all).items, delivery] }]))).toEqual([]);
	});

	it('components of sets are left to Bitrix', () => {
		const order = aSaleOrder({ basketItems: [aLine(1, 2), aLine(2, 4, { setParentId: '1' })], shipments: [aShipment(7, [[1, 2], [2, 4]])] });
		expect(shown(planShipments(order, [shipped(1, [[1, 1]])], rules, identity))).toEqual(['item.update 701 1', '.update 7 allowed Y deducted N ours for 0']);
	});

	it('goods of two lines fill one after the other, those first that the shipment holds', () => {
		const two = [aLine(1, 2, { productXmlId: 'tea' }), aLine(2, 2, { productXmlId: 'tea' })];
		const tea = { ...shipped(1, []), items: [{ id: uuid(901), key: 'tea', syncId: null, name: 'Tea', quantity: '3', service: false }] };
		const planOf = (shipments: unknown[]): string[] => shown(planShipments(aSaleOrder({ basketItems: two, shipments }), [tea], rules, identity));
		expect(planOf([aShipment(7, [[1, 2], [2, 2]])])).toEqual(['item.update 702 1', '.update 7 allowed Y deducted N ours for 0']);
		expect(planOf([aShipment(7, [[2, 2], [1, 1]], { xmlId: mine(1), allowDelivery: 'Y', deliveryDocNum: 'D1' })])).toEqual([]);
	});

	it('products that were made for lines without goods are known by their derived syncId, never by their names', () => {
		const free = aLine(4, 1, { productId: 0, productXmlId: '', name: 'Engraving' });
		const order = aSaleOrder({ basketItems: [free], shipments: [aShipment(7, [[4, 1]])] });
		const item = { id: uuid(904), key: 'other', name: 'Engraving', quantity: '1', service: false };
		const known = 'f6ef5e3c-8f0c-5a1b-9d65-000000000000';
		expect(codes(planShipments(order, [{ ...shipped(1, []), items: [{ ...item, syncId: known }] }], rules, identity))).toEqual(['ORDER_SHIPMENT_EXCEEDS']);
	});

	it('documents that were made from a shipment of the store leave it alone', () => {
		expect(plan([aShipment(7, all, { allowDelivery: 'Y', deducted: 'Y' })], [shipped(1, all, { bornIn: '7' })])).toEqual({ writes: [], warnings: [] });
	});

	it('no delivery service for a shipment that has to be made', () => {
		const plans = plan([], [shipped(1, [[1, 1]])]);
		expect([plans.writes, codes(plans)]).toEqual([[], ['ORDER_SHIPMENT_UNMAPPED']]);
		expect(shown(plan([], [shipped(1, [[1, 1]], { delivery: '4' })]))).toEqual(['.add allowed Y deducted N ours by 4 for 0', 'item.add line 1 1']);
	});

	describe('a document that is gone', () => {
		const ours = (more = {}) => aShipment(7, [[1, 3]], { xmlId: mine(1), allowDelivery: 'Y', ...more });
		it.each([
			['undo', {}, ['.update 7 allowed N deducted N released for 0'], []],
			['delete', {}, ['.update 7 allowed N deducted N for 0', '.delete 7'], []],
			['delete', { priceDelivery: 300 }, ['.update 7 allowed N deducted N released for 300'], ['ORDER_SHIPMENT_PRICED']],
			['ignore', {}, [], []],
			['undo', { deducted: 'Y' }, [], ['ORDER_SHIPMENT_LOCKED']],
		] as const)('%s %j', (removed, more, writes, warnings) => {
			const plans = plan([ours(more)], [], { removed });
			expect([shown(plans), codes(plans)]).toEqual([writes, warnings]);
		});

		it('its shipment is free for the next one', () =>
			expect(shown(plan([ours()], [shipped(2, [[1, 4]])]))).toEqual(['.update 7 allowed N deducted N released for 0', 'item.update 701 4', '.update 7 allowed Y deducted N ours for 0']));

		it('what the store then sends by itself stays', () =>
			expect(plan([aShipment(7, [[1, 3]], { xmlId: releasedKey('demand', uuid(1)), deducted: 'Y', allowDelivery: 'Y' })], [])).toEqual({ writes: [], warnings: [] }));
	});

	it('two shipments for one document are a conflict', () =>
		expect(() => plan([aShipment(7, [], { xmlId: mine(1) }), aShipment(8, [], { xmlId: mine(1) })], [shipped(1, all)])).toThrow(expect.objectContaining({ code: 'ORDER_PART_TWICE' })));
});

describe('laws of shipments', () => {
	const quantity = fc.integer({ min: 1, max: 5 });
	const held = fc.uniqueArray(fc.tuple(fc.constantFrom(1, 2), quantity), { selector: ([line]) => line, maxLength: 2 });
	const shipments = fc.array(fc.record({ held, deducted: fc.boolean(), price: fc.constantFrom(0, 300), origin: fc.option(fc.integer({ min: 1, max: 4 })) }), { maxLength: 3 });
	const documents = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), held), { selector: ([number]) => number, maxLength: 3 });

	type Row = { id: number; system: string; deducted: string; xmlId: string; priceDelivery: unknown; shipmentItems: Array<{ basketId: number; quantity: unknown }> };
	const rowsOf = (order: unknown): Row[] => (order as { shipments: Row[] }).shipments.filter((row) => row.system === 'N');
	const amounts = (order: unknown): number[] => [1, 2].map((line) => rowsOf(order).flatMap((row) => row.shipmentItems).filter((item) => Number(item.basketId) === line).reduce((sum, item) => sum + Number(item.quantity), 0));
	const price = (order: unknown): number => rowsOf(order).reduce((sum, row) => sum + Number(row.priceDelivery), 0);

	it('never more than was ordered, not even for a moment; the delivery costs what it did; what others deducted stays; a second run writes nothing', () => {
		fc.assert(
			fc.property(shipments, documents, fc.record({ deduct: fc.boolean(), removed: fc.constantFrom('undo', 'delete', 'ignore') } as const), (given, wanted, policy) => {
				const left = [5, 2];
				const origins = new Set<number>();
				const rows = given.map(({ held: items, deducted, price: cost, origin }, index) => {
					const fitting = items.flatMap(([line, amount]) => {
						const some = Math.min(amount, left[line - 1] ?? 0);
						left[line - 1] = (left[line - 1] ?? 0) - some;
						return some > 0 ? [[line, some] as const] : [];
					});
					const own = origin !== null && !origins.has(origin) ? (origins.add(origin), mine(origin)) : `bx_${index}`;
					return aShipment(index + 1, fitting, { xmlId: own, deducted: deducted ? 'Y' : 'N', allowDelivery: deducted ? 'Y' : 'N', priceDelivery: cost, basePriceDelivery: cost });
				});
				const all = { ...rules, ...policy };
				const due = wanted.map(([number, items]) => shipped(number, items));
				const before = { id: 17, basketItems: lines, shipments: [system(), ...rows] };
				let order: Record<string, unknown> = before;
				for (const write of planShipments(aSaleOrder(before), due, all, identity).writes) {
					const touched = rowsOf(order).find(({ id }) => id === Number(write.parameters.id));
					if (write.method === 'sale.shipment.delete') expect(touched?.deducted).toBe('N');
					order = afterWrite(order, write);
					const [first = 0, second = 0] = amounts(order);
					expect([first <= 5, second <= 2]).toEqual([true, true]);
				}
				expect(price(order)).toBe(price(before));
				for (const row of rows.filter(({ deducted, xmlId }) => deducted === 'Y' && String(xmlId).startsWith('bx_'))) expect(rowsOf(order)).toContainEqual(row);
				const again = planShipments(aSaleOrder(order), due, all, identity);
				expect(again.writes).toEqual([]);
			}),
			{ numRuns: 2000 },
		);
	});
});

it('amounts are decimals, not binary fractions', () => {
	const order = aSaleOrder({ basketItems: [aLine(1, 0.3)], shipments: [aShipment(7, [[1, 0.3]])] });
	expect(codes(planShipments(order, [shipped(1, [[1, 0.1]]), shipped(2, [[1, 0.2]], { delivery: '4' })], rules, identity))).toEqual([]);
});
