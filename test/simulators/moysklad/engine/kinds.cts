import { fieldRefusal, refusal } from '../errors.cts';
import { isUuid } from '../hrefs.cts';
import { formatMoment, parseMoment, toMinute } from '../moments.cts';
import type { Operator } from '../query/filterGrammar.cts';
import type { Comparable, FilterRule, Kind, Place } from './schema.cts';

/** The simple kinds of values. */

export const EQUALITY: ReadonlySet<Operator> = new Set(['=', '!=']);
export const RANGES: ReadonlySet<Operator> = new Set(['=', '!=', '<', '>', '<=', '>=']);
export const TEXTUAL: ReadonlySet<Operator> = new Set(['=', '!=', '~', '~=', '=~']);

const MOST = 9_999_999_999;
const FIRST_FILTER_MOMENT = parseMoment('1970-01-01 03:00:00') ?? 0;

const asIs = (stored: unknown): unknown => stored;
const comparable = (stored: unknown): Comparable => stored as Comparable;

export const wrongType = (place: Place, label: string): Error => fieldRefusal(2016, place.field, place.field, label);

/** Empty text counts as no value. */
export const text = (most = 255): Kind => ({
	label: 'String',
	parse(value, place) {
		if (typeof value !== 'string') throw wrongType(place, 'String');
		if (value.length > most) throw fieldRefusal(3040, place.field, place.field, String(most));
		return value === '' ? undefined : value;
	},
	show: asIs,
	filter: { operators: TEXTUAL, literal: (literal) => literal, comparable },
});

export const email: Kind = {
	...text(),
	parse(value, place) {
		const parsed = text().parse(value, place);
		if (typeof parsed === 'string' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(parsed))
			throw fieldRefusal(3015, place.field, parsed);
		return parsed;
	},
};

export const boolean: Kind = {
	label: 'Boolean',
	parse(value, place) {
		if (typeof value !== 'boolean') throw wrongType(place, 'Boolean');
		return value;
	},
	show: asIs,
	filter: { operators: EQUALITY, literal: readBoolean, comparable },
};

interface Bounds {
	whole?: boolean;
	/** 3002 below zero. */
	notNegative?: boolean;
}

/** A number, kept exactly as it came. */
export const number = ({ whole = false, notNegative = false }: Bounds = {}): Kind => {
	const label = whole ? 'Int' : 'Float';
	return {
		label,
		parse(value, place) {
			if (typeof value !== 'number' || (whole && !Number.isInteger(value))) throw wrongType(place, label);
			if (Math.abs(value) > MOST * 100) throw wrongType(place, label);
			if (notNegative && value < 0) throw fieldRefusal(3002, place.field, place.field);
			return value;
		},
		show: asIs,
		filter: { operators: RANGES, literal: readNumber, comparable },
	};
};

/** Kept with milliseconds. */
export const moment: Kind = momentKind((value) => value);
/** Kept without seconds. */
export const minute: Kind = momentKind(toMinute);

function momentKind(round: (moment: number) => number): Kind {
	return {
		label: 'DateTime',
		parse(value, place) {
			const parsed = typeof value === 'string' ? parseMoment(value) : undefined;
			if (parsed === undefined) throw wrongType(place, 'DateTime');
			return round(parsed);
		},
		show: (stored) => (typeof stored === 'number' ? formatMoment(stored) : undefined),
		filter: { operators: RANGES, literal: readMoment, comparable },
	};
}

export const uuid: Kind = {
	label: 'UUID',
	parse(value, place) {
		if (typeof value !== 'string') throw wrongType(place, 'UUID');
		if (!isUuid(value)) throw fieldRefusal(1052, place.field, value);
		return value.toLowerCase();
	},
	show: asIs,
	filter: { operators: EQUALITY, literal: readUuid, comparable },
};

export const choice = (...values: string[]): Kind => ({
	label: 'Enum',
	parse(value, place) {
		if (typeof value !== 'string') throw wrongType(place, 'Enum');
		if (!values.includes(value)) throw fieldRefusal(3005, place.field, value, place.field, values.join(', '));
		return value;
	},
	show: asIs,
	filter: { operators: EQUALITY, literal: readChoice(values), comparable },
});

export const words: Kind = {
	label: 'Array',
	parse(value, place) {
		if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw wrongType(place, 'Array(String)');
		return value;
	},
	show: asIs,
	filter: { operators: TEXTUAL, literal: (literal) => literal, comparable: (stored) => stored as string[] },
};

/** Something that the simulator only keeps and gives back. */
export const opaque: Kind = { label: 'Object', parse: asIs, show: asIs };

export function readBoolean(literal: string, name: string): boolean {
	if (literal !== 'true' && literal !== 'false') throw refusal(1014, literal, name);
	return literal === 'true';
}

export function readNumber(literal: string, name: string): number {
	if (!/^-?\d+(\.\d+)?$/.test(literal)) throw refusal(1014, literal, name);
	return Number(literal);
}

export function readMoment(literal: string): number {
	const parsed = parseMoment(literal, true);
	if (parsed === undefined || parsed < FIRST_FILTER_MOMENT) throw refusal(1035);
	return parsed;
}

export function readUuid(literal: string, name: string): string {
	if (!isUuid(literal)) throw refusal(1014, literal, name);
	return literal.toLowerCase();
}

export const readChoice =
	(values: readonly string[]): FilterRule['literal'] =>
	(literal, name) => {
		if (!values.includes(literal)) throw refusal(1041, literal, name, values.join(', '));
		return literal;
	};
