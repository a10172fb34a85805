import { orderSchema, type KnownOrder, type KnownPosition, type Order, type OrderLink, type WantedPosition } from '../../../core';

/** An order of the store; `more` says what is special about it. */
export const anOrder = (more: Record<string, unknown> = {}): Order =>
	orderSchema.parse({
		source: { siteKey: 'shop', host: 'shop.example.com', flow: 'orders' },
		id: 17,
		number: '1017',
		createdAt: '2026-11-20T07:00:00.000Z',
		updatedAt: '2026-11-21T07:00:00.000Z',
		status: { id: 'N', name: 'Принят' },
		currency: 'RUB',
		total: '130',
		customer: { kind: 'person', payerType: { id: '1' }, name: 'Иван', phone: '+79161112233' },
		lines: [{ id: '5', key: 'ext-1', name: 'Чай', quantity: '2', price: '50', vat: '20', vatIncluded: true }],
		shipments: [{ id: '9', price: '30' }],
		...more,
	});

export const aPosition = (id: string, more: Partial<KnownPosition> = {}): KnownPosition => ({
	id,
	good: { type: 'product', id: `good-${id}` },
	quantity: 2,
	price: 5000,
	discount: 0,
	vat: 20,
	vatEnabled: true,
	reserve: 2,
	shipped: 0,
	...more,
});

/** The position that is wanted where MoySklad has such a one. */
export const wantedAs = ({ good, quantity, price, vat, vatEnabled, reserve }: KnownPosition, line: string): WantedPosition => ({
	line,
	good,
	quantity,
	price,
	vat,
	vatEnabled,
	reserve,
});

export const knownOrder = (positions: KnownPosition[], more: Partial<KnownOrder> = {}): KnownOrder => ({
	id: 'order',
	number: '00001',
	sum: 10_000,
	shippedSum: 0,
	payedSum: 0,
	applicable: true,
	deleted: false,
	agentId: 'agent',
	positions,
	row: {},
	...more,
});

export const aLink = (
	positions: KnownPosition[],
	written: Record<string, string>,
	snapshot: Partial<OrderLink['snapshot']> = {},
): OrderLink => ({
	flow: 'orders',
	type: 'customerorder',
	key: 'key',
	moySkladId: 'order',
	externalCode: null,
	bitrixId: '17',
	parent: null,
	written,
	pictures: {},
	snapshot: {
		updatedAt: '2026-11-20T07:00:00.000Z',
		unposted: false,
		standIns: [],
		positions: positions.map(({ id, good, quantity, price, vat, vatEnabled }) => ({
			line: `line ${id}`,
			id,
			good: good.id,
			quantity,
			price,
			vat,
			vatEnabled,
		})),
		...snapshot,
	},
});
