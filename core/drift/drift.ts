import { DRIFT_KINDS, type DriftKind, type Severity } from './kinds';

/** Which write operation makes both sides equal: *Upsert Items*, *Update Stock* or *Update Orders* with the same parameters. */
export type Repair = 'items' | 'stock' | 'orders';

/** Whose difference it is. */
export interface Compared {
	/** The key by which the object was looked up (XML_ID, syncId). */
	key: string;
	/** What it is in MoySklad: `product`, `variant`, `customerorder`, … */
	entity: string;
	moySkladId: string | null;
	bitrixId: string | null;
	/** As people know it; null where nobody read it. */
	name: string | null;
}

/** One thing in which the two sides differ. Plain JSON: it travels in an item, and is kept in a table. */
export interface Drift extends Compared {
	kind: DriftKind;
	severity: Severity;
	field: string;
	/** As MoySklad has it, in Bitrix's terms: what a write would write. */
	moySklad: unknown;
	bitrix: unknown;
	/** Null: a person has to do it. */
	repair: Repair | null;
	/** Why no write repairs it: a code of the error catalogue. Null when one does. */
	code: string | null;
}

interface Found {
	kind: DriftKind;
	field: string;
	moySklad: unknown;
	bitrix: unknown;
}

/**
 * One difference as it travels, with the severity of its kind.
 * @param repair an operation, or the code that says why there is none
 */
export const driftOf = ({ key, entity, moySkladId, bitrixId, name }: Compared, { kind, field, moySklad, bitrix }: Found, repair: Repair | { code: string }): Drift => ({
	kind, severity: DRIFT_KINDS[kind].severity, key, entity, moySkladId, bitrixId, name, field, moySklad, bitrix,
	...(typeof repair === 'string' ? { repair, code: null } : { repair: null, code: repair.code }),
});
