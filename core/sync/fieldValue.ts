import { wellFormed } from '../model/wellFormed';

/**
 * What a mapping row gives for a field of Bitrix, before the field's own form is known. Plain JSON, so that a sub-workflow
 * of the user can change it.
 */
export type FieldValue = string | number | boolean | string[] | MoneyValue | NamedValue;

/** An amount in major units as a decimal text. */
export interface MoneyValue {
	amount: string;
	/** ISO 4217; null when nobody said it. */
	currency: string | null;
}

/** A reference to another object of MoySklad: a folder by its key, an element of a dictionary by its id, a unit by its code. */
export interface NamedValue {
	id: string | null;
	name: string;
}

/** By target: `name`, `section`, `price:<type>`, `property:<id>`, … */
export type FieldValues = Record<string, FieldValue>;

/** Whether a value is an amount with a currency. */
export const isMoney = (value: unknown): value is MoneyValue => typeof value === 'object' && value !== null && 'amount' in value;

/** Whether a value is a reference to another object of MoySklad. */
export const isNamed = (value: unknown): value is NamedValue => typeof value === 'object' && value !== null && 'name' in value && !('amount' in value);

/** Whatever an expression or a sub-workflow gives. Undefined for what is empty: an empty source never clears a field. */
export function toFieldValue(value: unknown): FieldValue | undefined {
	if (value === null || value === undefined || value === '') return undefined;
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
	if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(plainText);
	if (value instanceof Date) return value.toISOString();
	if (isMoney(value)) return { amount: String(value.amount), currency: value.currency ?? null };
	if (isNamed(value)) return { id: value.id ?? null, name: String(value.name) };
	return plainText(value);
}

/** The value in one line of text. */
export function plainText(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'Да' : 'Нет';
	if (Array.isArray(value)) return value.map(plainText).join(', ');
	if (isMoney(value)) return [value.amount, value.currency].filter(Boolean).join(' ');
	if (isNamed(value)) return wellFormed(value.name);
	if (typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function') return String((value.toISO as () => unknown)());
	return wellFormed(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
