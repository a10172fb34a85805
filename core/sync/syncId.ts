/** SHA-1 of bytes: 20 bytes. Core has no cryptography; nodes bring it. */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/** Namespace of all ids that this package derives. It must never change: documents are found by what is derived from it. */
const NAMESPACE = '6f0b2c1e-7d35-5a94-8e61-0c4f9d2ab713';

/** What a derived id stands for: one order of a store has many payments and shipments, each with an id of its own. */
export interface DerivedFrom {
	siteKey: string;
	/** MoySklad's keyword of what is made: customerorder, counterparty, … */
	documentType: string;
	/** What it is made from: order, customer, payment, … */
	sourceEntity: string;
	sourceId: string;
}

/** The UUID (version 5) under which MoySklad keeps what is made from one object of a store; always the same for the same words. */
export function syncId(sha1: Sha1, { siteKey, documentType, sourceEntity, sourceId }: DerivedFrom): string {
	const name = JSON.stringify([siteKey, documentType, sourceEntity, sourceId]);
	const hash = sha1(new Uint8Array([...bytesOf(NAMESPACE), ...new TextEncoder().encode(name)])).slice(0, 16);
	hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
	hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
	return toHex(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** A short mark of a value, by which it is known again without being kept. */
export const markOf = (sha1: Sha1, value: unknown): string =>
	toHex(sha1(new TextEncoder().encode(JSON.stringify(value ?? null)))).slice(0, 16);

const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const bytesOf = (uuid: string): number[] => (uuid.replaceAll('-', '').match(/../g) ?? []).map((pair) => parseInt(pair, 16));
