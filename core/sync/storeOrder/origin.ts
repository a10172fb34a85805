import { isUuid } from '../../moysklad/reference';

/** By what of MoySklad an object of the store was made, or is kept equal to. */
const KINDS = ['order', 'payment', 'demand', 'delivery', 'line'] as const;
/** Of what kind the object of MoySklad is: `payment` for a paymentin or cashin, `delivery` and `line` for parts of an order that was born there. */
export type OriginKind = (typeof KINDS)[number];

const SYSTEM = 'moysklad';

/**
 * The XML_ID of what a store keeps for an object of MoySklad: an order that was born there, a payment for a paymentin or cashin,
 * a shipment for a demand. A repeat after any failure finds by it what it made (trap T13).
 */
export const originKey = (kind: OriginKind, id: string): string => `${SYSTEM}:${kind}:${id.toLowerCase()}`;

/** The XML_ID of what is left in the store when the document is gone: from then on it is the store's own again. */
export const releasedKey = (kind: OriginKind, id: string): string => `${SYSTEM}:was:${kind}:${id.toLowerCase()}`;

/** Whether an XML_ID is one of `releasedKey`. */
export const isReleased = (xmlId: string | null): boolean => (xmlId ?? '').startsWith(`${SYSTEM}:was:`);

/** What an XML_ID says of its origin; undefined for what was not made from MoySklad. */
export function moySkladOrigin(xmlId: string | null): { kind: OriginKind; id: string } | undefined {
	const [system, kind, id, ...more] = (xmlId ?? '').split(':');
	if (system !== SYSTEM || id === undefined || more.length > 0 || !isUuid(id)) return undefined;
	const known = KINDS.find((one) => one === kind);
	return known && { kind: known, id: id.toLowerCase() };
}
