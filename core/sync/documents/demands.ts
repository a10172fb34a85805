import type { Order, OrderShipment } from '../../model/order';
import type { KnownOrder } from '../../moysklad/customerOrder';
import type { KnownDocument } from '../../moysklad/knownDocument';
import { entityReference, type Reference } from '../../moysklad/reference';
import { goodsBody } from '../orderPositions';
import { comparablePositions, textField, type DocumentField, type GoodsLine } from './documentField';
import { inheritedLinks, inheritedRate } from './inherited';
import type { ShipmentPart } from './shipmentParts';
import type { DocumentKey, DocumentSource } from './source';
import type { WantedDocument } from './step';

type Json = Record<string, unknown>;

const LONG_TEXT = 4096;

/** What a demand takes over from the order. */
export interface DemandFacts {
	customerOrder: KnownOrder;
	/** Id of the store that the goods leave; that of the customer order when left out. */
	store?: string;
	/** For people to read: which shipment of which order. */
	description: string;
}

/** The demand for goods that left, by the positions of the customer order. */
export function shippedDemand(source: DocumentSource, key: DocumentKey, parts: readonly ShipmentPart[], facts: DemandFacts): WantedDocument {
	const { customerOrder, store, description } = facts;
	return {
		type: 'demand',
		source,
		key,
		sum: sumOf(customerOrder, parts),
		fields: [
			positionsField(parts),
			{ name: 'applicable', value: true, body: () => ({ applicable: true }) },
			textField('description', description, LONG_TEXT),
		],
		initial: {
			...inheritedLinks(customerOrder, ['store']),
			...(store !== undefined && { store: entityReference('store', store) }),
			...inheritedRate(customerOrder),
			...vatRules(customerOrder),
			...addressOf(customerOrder),
			customerOrder: entityReference('customerorder', customerOrder.id),
		},
	};
}

/** Whether and how VAT is counted is the order's. */
export const vatRules = ({ row: { vatEnabled, vatIncluded } }: Pick<KnownOrder, 'row'>): Json => ({
	...(vatEnabled !== undefined && { vatEnabled }),
	...(vatIncluded !== undefined && { vatIncluded }),
});

/** Kopecks that the parts come to; undefined with VAT on top of prices, which is MoySklad's to reckon. */
export const sumOf = ({ row: { vatEnabled, vatIncluded } }: Pick<KnownOrder, 'row'>, parts: readonly ShipmentPart[]): number | undefined =>
	vatEnabled === true && vatIncluded !== true ? undefined : parts.reduce((sum, part) => sum + part.sum, 0);

const addressOf = ({ row: { shipmentAddress } }: KnownOrder): Json =>
	typeof shipmentAddress === 'string' && shipmentAddress !== '' ? { shipmentAddress } : {};

/** Rows of a document; those that stay keep their ids. */
export const positionsField = (lines: readonly GoodsLine[]): DocumentField => ({
	name: 'positions',
	value: comparablePositions(lines),
	body: (known) => ({ positions: withIds(lines, known) }),
});

function withIds(lines: readonly GoodsLine[], known: KnownDocument | undefined): Json[] {
	const left = [...(known?.positions ?? [])];
	const keep = (line: GoodsLine, fits: (one: GoodsLine) => boolean): string | undefined => {
		const place = left.findIndex((one) => one.good.id === line.good.id && fits(one));
		return place >= 0 ? left.splice(place, 1)[0]?.id : undefined;
	};
	const exact = lines.map((line) => keep(line, (one) => one.quantity === line.quantity && one.price === line.price));
	return lines.map((line, index) => goodsBody(line, exact[index] ?? keep(line, () => true)));
}

/** What people read in a shipment: the store's numbers, and where the parcel is. */
export const shipmentText = ({ source, number }: Order, shipments: readonly OrderShipment[]): string =>
	[
		`${source.siteKey} ${number}`,
		...shipments.flatMap(({ id, name, trackingNumber }) => [
			[id, name].filter((part) => part).join(' '),
			...(trackingNumber?.trim() ? [trackingNumber.trim()] : []),
		]),
	].join(', ');

/** A shipment needs a store to leave from. */
export const storeOf = ({ customerOrder, store }: DemandFacts): string | Reference | undefined =>
	store ?? (customerOrder.row.store as Reference | undefined);
