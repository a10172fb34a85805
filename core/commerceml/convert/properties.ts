import { SyncError } from '../../errors';
import { Decimal } from '../../model/decimal';
import { fingerprint } from '../../model/fingerprint';
import { isNamed, plainText, type FieldValue } from '../../sync/fieldValue';
import type { NamedField } from '../../sync/propertyPairs';
import type { CmlChoice, CmlProperty, CmlPropertyKind } from '../model';

/** The kind of property for each type of MoySklad's fields. Values of dictionaries, and of everything else, are choices. */
const KINDS: ReadonlyMap<string, CmlPropertyKind> = new Map([['long', 'number'], ['double', 'number'], ['text', 'string'], ['link', 'string'], ['time', 'moment'], ['string', 'string']]);

const YES: CmlChoice = { id: 'Y', value: 'Да' };

/** The id of a field as a property: MoySklad's own exchange uses the field's id. */
export const propertyId = ({ id, name }: NamedField): string => id ?? name;

/** A property for an additional field of goods. */
export const attributeProperty = (field: NamedField): CmlProperty => ({
	id: propertyId(field), name: field.name, kind: KINDS.get(field.type) ?? 'list', multiple: false, isDirectory: false, choices: field.type === 'boolean' ? [YES] : [],
});

/** A property for a characteristic of variants: offers can only be chosen by lists. */
export const characteristicProperty = (field: NamedField): CmlProperty => ({ id: propertyId(field), name: field.name, kind: 'list', multiple: false, isDirectory: false, choices: [] });

/** The choice that a value is. Elements of dictionaries have ids; others are known by their words, whatever the case. */
export function choiceOf(value: FieldValue): CmlChoice | undefined {
	if (value === true) return YES;
	const { id, name } = isNamed(value) ? value : { id: null, name: plainText(value) };
	const word = name.trim();
	return word === '' || value === false ? undefined : { id: id ?? `ms_${fingerprint(word.toLowerCase())}`, value: word };
}

const each = (property: CmlProperty, value: FieldValue): FieldValue[] => {
	const given = Array.isArray(value) ? value : [value];
	return property.multiple === true ? given : given.slice(0, 1);
};

/** The choices that a value needs. */
export const choicesOf = (property: CmlProperty, value: FieldValue): CmlChoice[] =>
	property.kind === 'list' || property.isDirectory ? each(property, value).flatMap((one) => choiceOf(one) ?? []) : [];

/** A value as the texts of a property. Throws CATALOG_VALUE_UNFIT. */
export const propertyTexts = (property: CmlProperty, value: FieldValue): string[] =>
	property.kind === 'list' || property.isDirectory ? choicesOf(property, value).map(({ id }) => id) : each(property, value).map((one) => textOf(property, one)).filter((text) => text !== '');

function textOf(property: CmlProperty, value: FieldValue): string {
	const text = plainText(value).replace(/\r\n?/g, '\n').trim();
	switch (property.kind) {
		case 'number':
			return numberOf(property, typeof value === 'boolean' ? Number(value) : text);
		case 'date':
			return momentOf(property, text).slice(0, 10);
		case 'moment':
			return momentOf(property, text);
		default:
			return text;
	}
}

const unfit = (property: CmlProperty, text: string): SyncError => new SyncError('CATALOG_VALUE_UNFIT', { value: text.slice(0, 100), field: property.name ?? property.id });

function numberOf(property: CmlProperty, value: string | number): string {
	if (value === '') return '';
	const number = asDecimal(value);
	if (number === undefined) throw unfit(property, String(value));
	return number;
}

function asDecimal(value: string | number): string | undefined {
	try {
		return Decimal.of(value).toString();
	} catch {
		return undefined;
	}
}

const MOSCOW = 3 * 60 * 60 * 1000;

/** Shops on Bitrix have Russian time as MoySklad has: moments are said as the clocks of Moscow show them. */
function momentOf(property: CmlProperty, text: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T00:00:00`;
	const moment = Date.parse(text);
	if (Number.isNaN(moment)) throw unfit(property, text);
	return new Date(moment + MOSCOW).toISOString().slice(0, 19);
}
