import { Decimal } from '../../model/decimal';
import type { OrderShipment } from '../../model/order';
import type { Reading } from '../codec/reading';
import type { DocumentHead } from './documentHead';
import { DELIVERY, type ReadLine } from './lines';
import { noteRest } from './payments';

/** The operation (`ХозОперация`) of a shipment. */
export const SHIPMENT = 'Отпуск товара';

/** A document of a shipment; `price` says nothing yet of whether the order agrees. */
export function shipmentOf(head: DocumentHead, shipped: readonly ReadLine[], lines: LineBook, reading: Reading): OrderShipment {
	const { requisites } = head;
	requisites.text(
		'Сайт', 'Отменен', 'Дата отмены', 'Причина отмены', 'Местоположения доставки', 'Дата отгрузки', 'Причина отмены отгрузки', 'Резервирование', 'Ошибка отгрузки',
	);
	const canceled = requisites.flag('Отменен');
	const price = reading.decimalIn(requisites.text('Сумма доставки'), 'Сумма доставки') ?? '0';
	const shipment = {
		id: head.id,
		serviceId: requisites.text('Метод доставки ИД') || null,
		name: requisites.text('Метод доставки') || null,
		price: canceled ? '0' : price,
		allowed: requisites.has('Дата разрешения доставки'),
		shipped: requisites.flag('Отгружено'),
		canceled,
		statusId: requisites.text('Статус отгрузки') || null,
		trackingNumber: requisites.text('Идентификатор отправления') || null,
		items: itemsOf(shipped, lines, reading),
	};
	noteRest(head, reading);
	return shipment;
}

/** Lines of an order, as documents of shipments name them. */
export class LineBook {
	private readonly byId: ReadonlyMap<string, ReadLine>;
	private readonly byKey = new Map<string, ReadLine>();

	constructor(lines: readonly ReadLine[]) {
		this.byId = new Map(lines.map((line) => [line.id, line]));
		for (const line of lines) if (line.key !== null && !this.byKey.has(line.key)) this.byKey.set(line.key, line);
	}

	/** The line of the order that goods of a shipment are: by position, and where that is not said by key. */
	find({ id, key }: ReadLine): ReadLine | undefined {
		return this.byId.get(id) ?? (key === null ? undefined : this.byKey.get(key));
	}
}

function itemsOf(shipped: readonly ReadLine[], lines: LineBook, reading: Reading): OrderShipment['items'] {
	return shipped.flatMap((one) => {
		const line = lines.find(one);
		if (line) return [{ lineId: line.id, quantity: one.quantity }];
		if (one.key !== DELIVERY) reading.note('ORDER_DOCUMENT_SHIPPED_LINE_UNKNOWN', 'Товары/Товар');
		return [];
	});
}

/** The only shipment that an order tells of where shipments have no documents of their own. */
export function shipmentInOrder({ requisites }: DocumentHead, delivery: string | null): OrderShipment[] {
	const serviceId = requisites.text('Метод доставки ИД') || null;
	const name = requisites.text('Способ доставки') || null;
	const allowed = requisites.flag('Доставка разрешена') || requisites.has('Дата разрешения доставки') || requisites.has('Дата последнего разрешения по доставке');
	if (serviceId === null && name === null && delivery === null) return [];
	const price = delivery ?? '0';
	return [{ id: 'shipment', serviceId, name, price, allowed, shipped: false, canceled: false, statusId: null, trackingNumber: null, items: [] }];
}

/** The shipments together cost what the line of the delivery does: the first one that is not cancelled takes the difference. */
export function priced(shipments: OrderShipment[], delivery: string | null, reading: Reading): OrderShipment[] {
	const said = shipments.reduce((sum, { price }) => sum.plus(price), Decimal.zero);
	const difference = Decimal.of(delivery ?? '0').minus(said);
	if (difference.equals('0')) return shipments;
	reading.note('ORDER_DOCUMENT_DELIVERY_DIFFERS', 'Сумма доставки', { shipments: said.toString(), order: delivery ?? '0' });
	const place = Math.max(0, shipments.findIndex(({ canceled }) => !canceled));
	return shipments.map((shipment, index) => (index === place ? { ...shipment, price: Decimal.of(shipment.price).plus(difference).toString() } : shipment));
}
