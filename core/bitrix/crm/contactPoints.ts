import { validEmail } from '../../model/email';
import { internationalPhone, phoneKeys } from '../../model/phone';
import { textOf } from '../property';
import type { Parameters } from '../query';

/** A phone or an e-mail of a contact or company. */
export interface ContactPoint {
	value: string;
	/** WORK, MOBILE, HOME, FAX, … */
	type: string;
}

type Row = Record<string, unknown>;

/** `PHONE` or `EMAIL` of a row: a list of `{ID, VALUE, VALUE_TYPE}`; nothing where there is none. */
export function readContactPoints(value: unknown): ContactPoint[] {
	const rows = Array.isArray(value) ? (value as unknown[]) : [];
	return rows.flatMap((row) => {
		const { VALUE, VALUE_TYPE } = (typeof row === 'object' && row !== null ? row : {}) as Row;
		const text = textOf(VALUE)?.trim() ?? '';
		return text === '' ? [] : [{ value: text, type: textOf(VALUE_TYPE) ?? 'WORK' }];
	});
}

/** The phones in a free text, each in the form in which a search by digits finds it. Short numbers stay as they are. */
export function phonesIn(text: string | null): ContactPoint[] {
	const parts = (text ?? '').split(/[,;/\n]/).map((part) => part.trim());
	return parts.filter((part) => /\d{3}/.test(part)).map((part) => ({ value: internationalPhone(part), type: 'WORK' }));
}

/** The e-mail addresses in a free text, as `validEmail` gives them; what is none is left out. */
export function emailsIn(text: string | null): ContactPoint[] {
	const parts = (text ?? '').split(/[,;\s]+/);
	return parts.flatMap((part) => {
		const email = validEmail(part);
		return email === undefined ? [] : [{ value: email, type: 'WORK' }];
	});
}

/** Phones are the same when their last ten digits are, short ones when all are. */
const phoneKey = (value: string): string => phoneKeys(value)[0] ?? value.replace(/\D/g, '');

const emailKey = (value: string): string => value.trim().toLowerCase();

/** Those that the portal does not have yet. Nothing that is there is ever changed or taken away: a person may have added it. */
export function lackingPoints(kind: 'phone' | 'email', wanted: readonly ContactPoint[], present: readonly ContactPoint[]): ContactPoint[] {
	const keyOf = kind === 'phone' ? phoneKey : emailKey;
	const known = new Set(present.map(({ value }) => keyOf(value)));
	return wanted.filter(({ value }) => {
		const key = keyOf(value);
		const lacks = key !== '' && !known.has(key);
		known.add(key);
		return lacks;
	});
}

/** `PHONE` or `EMAIL` as the portal takes them: without an id they are added to those that are there. */
export const contactPointFields = (points: readonly ContactPoint[]): Parameters[] => points.map(({ value, type }) => ({ VALUE: value, VALUE_TYPE: type }));

/** How the same phone may be written where it is looked for by its digits. */
export const phoneSpellings = (key: string): string[] => [`+7${key}`, `8${key}`, `7${key}`, key];
