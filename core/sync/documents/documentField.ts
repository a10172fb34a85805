import { fingerprint } from '../../model/fingerprint';
import type { KnownPosition } from '../../moysklad/documentParts';
import type { KnownDocument } from '../../moysklad/knownDocument';
import { anyMoment, toMoscow } from '../../moysklad/moment';
import { idOf, type Reference } from '../../moysklad/reference';

type Json = Record<string, unknown>;

/** A field of a document that follows its source. */
export interface DocumentField {
	name: FieldName;
	/** As it is to be, in a form that can be compared with `presentValue`. */
	value: unknown;
	/** What MoySklad is sent; `known` is the document as it is, undefined for a new one. */
	body(known: KnownDocument | undefined): Json;
	/** As people read it; the value itself by default. */
	shown?: unknown;
}

/** What MoySklad has in each field that can follow. `order` is the id of the customer order. */
const PRESENT = {
	agent: ({ row }: KnownDocument) => idOf(row.agent as Reference | undefined) ?? '',
	applicable: ({ applicable }: KnownDocument) => applicable,
	description: ({ row }: KnownDocument) => textOf(row.description),
	incomingDate: ({ row }: KnownDocument) => minuteOf(textOf(row.incomingDate)),
	incomingNumber: ({ row }: KnownDocument) => textOf(row.incomingNumber),
	linkedSum: ({ operations }: KnownDocument, order: string) => operations.find(({ id }) => id === order)?.linkedSum ?? 0,
	organization: ({ row }: KnownDocument) => idOf(row.organization as Reference | undefined) ?? '',
	positions: ({ positions }: KnownDocument) => comparablePositions(positions),
	sum: ({ sum }: KnownDocument) => sum,
} satisfies Record<string, (known: KnownDocument, order: string) => unknown>;

/** MoySklad's keyword of a field that can follow; `linkedSum` stands for the part that is linked to the order. */
export type FieldName = keyof typeof PRESENT;

/** Whether a document has a field of that name that can follow its source. */
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(PRESENT, name);

/**
 * What MoySklad has in the field, in a form that can be compared: kopecks, moments to the minute, ids. `order` is the id of the
 * customer order.
 */
export const presentValue = (known: KnownDocument, name: FieldName, order: string): unknown => PRESENT[name](known, order);

/** A short mark by which a value is known again without being kept. */
export const valueMark = (value: unknown): string => fingerprint(JSON.stringify(value));

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A field that is a text of MoySklad's. */
export const textField = (name: FieldName, text: string, longest: number): DocumentField => {
	const value = text.slice(0, longest);
	return { name, value, body: (known) => (known === undefined && value === '' ? {} : { [name]: value }) };
};

/** A date as MoySklad keeps it, to the minute; empty where there is none. `moment`: ISO 8601, or null. */
export function minuteField(name: FieldName, moment: string | null): DocumentField {
	const wire = moment === null ? '' : toMoscow(Date.parse(moment));
	return { name, value: minuteOf(wire), body: (known) => (known === undefined && wire === '' ? {} : { [name]: wire === '' ? null : wire }) };
}

/** To the minute: MoySklad drops the seconds. */
const minuteOf = (wire: string): string => (anyMoment(wire === '' ? null : wire) ?? wire).slice(0, MINUTE_LENGTH);

const MINUTE_LENGTH = '2026-11-21T10:15'.length;

/** A row of a document, as far as it is compared. Price in kopecks, discount and VAT in per cent. */
export type GoodsLine = Pick<KnownPosition, 'good' | 'quantity' | 'price' | 'discount' | 'vat' | 'vatEnabled'>;

/** Positions in a form in which two lists of them can be compared, whatever their order. */
export const comparablePositions = (positions: readonly GoodsLine[]): unknown =>
	positions
		.map(({ good, quantity, price, discount, vat, vatEnabled }) => [good.id, quantity, price, discount, vatEnabled ? vat : null])
		.map((line) => JSON.stringify(line))
		.sort();
