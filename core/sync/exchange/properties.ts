import { fingerprint } from '../../model/fingerprint';
import { Decimal } from '../../model/decimal';
import type { CmlProperty, CmlPropertyKind, CmlPropertyValue } from '../../commerceml/model';
import { toMoscow } from '../../moysklad/moment';
import { SyncError } from '../../errors';
import { isNamed, plainText, type FieldValue } from '../fieldValue';
import type { NamedField } from '../propertyPairs';

/** Values of a yes or no. */
const YES = { id: 'Y', value: 'Да' };

const KINDS: Readonly<Record<string, CmlPropertyKind>> = {
	string: 'string', text: 'string', link: 'string', long: 'number', double: 'number', time: 'moment',
};

/** Properties of a file: those fields that its items have, with all values of lists that they name. */
export class PropertyBook {
	private readonly byId = new Map<string, CmlProperty>();
	private readonly names: ReadonlyMap<string, NamedField>;

	/** Additional fields and characteristics of MoySklad, which say of what kind a property is. Of others the value says it. */
	constructor(fields: readonly NamedField[]) {
		this.names = new Map(fields.map((field) => [field.id ?? field.name, field]));
	}

	get all(): CmlProperty[] {
		return [...this.byId.values()];
	}

	/** A value in the form that the file needs, of a property that is from now on in it. Throws CATALOG_VALUE_UNFIT. */
	take(id: string, value: FieldValue): CmlPropertyValue {
		const property = this.byId.get(id) ?? this.define(id, value);
		this.byId.set(id, property);
		const given: FieldValue[] = Array.isArray(value) ? value : [value];
		if (given.length > 1) property.multiple = true;
		return { id, values: given.flatMap((one) => valueIn(property, one)) };
	}

	private define(id: string, value: FieldValue): CmlProperty {
		const field = this.names.get(id);
		const kind = field ? (KINDS[field.type] ?? 'list') : kindOf(value);
		return { id, name: field?.name.trim() || id, kind, multiple: null, isDirectory: false, choices: [] };
	}
}

const kindOf = (value: FieldValue): CmlPropertyKind => (typeof value === 'number' ? 'number' : typeof value === 'boolean' || isNamed(value) ? 'list' : 'string');

function valueIn(property: CmlProperty, value: FieldValue): string[] {
	const text = plainText(value).replace(/\r\n?/g, '\n').trim();
	switch (property.kind) {
		case 'list':
			return choiceIn(property, value, text);
		case 'number':
			return [numberIn(property, value, text)];
		case 'moment':
			return [momentIn(text)];
		default:
			return text === '' ? [] : [text];
	}
}

/** Lists take the ids of their values only. A no is no value. */
function choiceIn({ choices }: CmlProperty, value: FieldValue, text: string): string[] {
	if (value === false || text === '') return [];
	const id = value === true ? YES.id : ((isNamed(value) ? value.id : null) ?? `ms_${fingerprint(text.toLowerCase())}`);
	if (!choices.some((choice) => choice.id === id)) choices.push({ id, value: value === true ? YES.value : text });
	return [id];
}

function numberIn({ name, id }: CmlProperty, value: FieldValue, text: string): string {
	try {
		return Decimal.of(typeof value === 'boolean' ? Number(value) : text).toString();
	} catch {
		throw unfit(text, name ?? id);
	}
}

const unfit = (value: string, field: string): SyncError => new SyncError('CATALOG_VALUE_UNFIT', { value: value.slice(0, 100), field });

/** As MoySklad's clocks show it. What is no moment stays as it is. */
function momentIn(text: string): string {
	const moment = Date.parse(text);
	return Number.isNaN(moment) ? text : toMoscow(moment).slice(0, 19);
}
