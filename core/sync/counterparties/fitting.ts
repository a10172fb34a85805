import type { CustomerCard } from '../../model/customerCard';
import { beginning, longestText } from '../../moysklad/textLimits';
import { CARD_VALUES, isCardList, type CardValue } from './fields';
import type { FilledField } from '../mapping';

/** A field before it is known whether its text has room. */
export interface WantedField extends FilledField {
	/** Which value of the customer fills it; undefined for what the user entered. */
	source?: CardValue;
	/** How many characters an additional field takes. */
	longest?: number;
}

/** The fields as MoySklad takes them, and names of those of which only a part, or nothing, could be taken. */
export interface Fitted {
	fields: FilledField[];
	cut: string[];
	leftOut: string[];
}

/** Of these a part would be another one, or none at all. */
const WHOLE: readonly string[] = ['email', 'externalCode', 'code', 'inn', 'kpp', 'ogrn', 'ogrnip', 'okpo', 'accountNumber', 'bic', 'correspondentAccount', 'siteKey', 'sourceId'];

/** Elements of a list in one request (github moysklad/api-remap-1.2-doc, `md/_restrictions.md`). */
const MOST_ROWS = 1000;

/** Cuts texts that are too long, one of which would stop the whole counterparty. Lists are as a card has them. */
export function fitted(wanted: readonly WantedField[]): Fitted {
	const fitting = new Fitting();
	const fields = wanted.flatMap(({ source, longest, ...field }): FilledField[] => {
		const value = fitting.value({ ...field, source, longest });
		return value === undefined ? [] : [{ ...field, value }];
	});
	return { fields, cut: [...fitting.cut], leftOut: [...fitting.leftOut] };
}

class Fitting {
	readonly cut = new Set<string>();
	readonly leftOut = new Set<string>();

	/** Undefined: nothing of it can be kept. */
	value({ target, value, source = target as CardValue, longest = longestText(target) }: WantedField): unknown {
		if (isCardList(target)) return this.list(target, value);
		if (!isAttribute(value)) return this.text(target, source, value, longest);
		const inner = this.text(target, source, value.value, longest);
		return inner === undefined ? undefined : { ...value, value: inner };
	}

	private text(field: string, source: string, value: unknown, longest: number): unknown {
		if (typeof value !== 'string' || value.length <= longest) return value;
		const kept = WHOLE.includes(source) ? '' : source === 'phone' ? wholeNumbers(value, longest) : beginning(value, longest).trim();
		(kept === '' ? this.leftOut : this.cut).add(field);
		return kept || undefined;
	}

	private list(field: string, value: unknown): unknown {
		if (!Array.isArray(value)) return value;
		if (value.length > MOST_ROWS) this.cut.add(field);
		return value.slice(0, MOST_ROWS).flatMap((row: unknown) => {
			if (typeof row !== 'object' || row === null) return this.text(field, field, row, longestText(field)) ?? [];
			return Object.fromEntries(Object.entries(row).map(([name, inner]) => [name, this.text(`${field}.${name}`, name, inner, longestText(name)) ?? null]));
		});
	}
}

const isAttribute = (value: unknown): value is { value: unknown } => typeof value === 'object' && value !== null && 'meta' in value && 'value' in value;

/** As many of the numbers as there is room for: the beginning of a number would be that of somebody else. */
function wholeNumbers(phones: string, longest: number): string {
	const end = phones.slice(0, longest + 1).lastIndexOf(',');
	return end < 0 ? '' : phones.slice(0, end).trim();
}

/** Values of the card of which something was said that is none: letters as an INN, an e-mail without @. By the names of the fields that they fill. */
export function unusable(card: CustomerCard): CardValue[] {
	const said: Partial<Record<CardValue, string | null | undefined>> = { ...numbersOf(card), email: card.emails[0] };
	return (Object.keys(said) as CardValue[]).filter((name) => said[name] && CARD_VALUES[name].read(card) === null);
}

const numbersOf = ({ inn, kpp, ogrn, ogrnip, okpo }: CustomerCard) => ({ inn, kpp, ogrn, ogrnip, okpo });
