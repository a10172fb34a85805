import { fingerprint } from '../../model/fingerprint';
import { Decimal } from '../../model/decimal';
import type { CmlProperty, CmlPropertyKind, CmlPropertyValue } from '../../commerceml/model';
import { idFault } from '../../commerceml/writing/faults';
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

	/**
	 * @param fields additional fields and characteristics of MoySklad, which say of what kind a property is; of others the value says it
	 * @param directories ids or names, in lower case, of those whose values the site has in a directory
	 */
	constructor(
		fields: readonly NamedField[],
		private readonly directories: ReadonlySet<string> = new Set(),
	) {
		this.names = new Map(fields.map((field) => [field.id ?? field.name, field]));
	}

	/** All properties of which an item had a value, with the values of lists. */
	get all(): CmlProperty[] {
		return [...this.byId.values()];
	}

	/** A value in the form that the file needs, of a property that is from now on in it. Throws CATALOG_VALUE_UNFIT, COMMERCEML_ID_INVALID. */
	take(id: string, value: FieldValue): CmlPropertyValue {
		const property = this.byId.get(id) ?? this.define(id, value);
		this.byId.set(id, property);
		const given: FieldValue[] = Array.isArray(value) ? value : [value];
		if (given.length > 1) property.multiple = true;
		return { id, values: given.flatMap((one) => valueIn(property, one)) };
	}

	/** An id that the site could not keep would end the whole file. */
	private define(id: string, value: FieldValue): CmlProperty {
		const fault = idFault(id);
		if (fault) throw fault;
		const field = this.names.get(id);
		const kind = field ? (KINDS[field.type] ?? 'list') : kindOf(value);
		const name = field?.name.trim() || id;
		const isDirectory = [id, name].some((word) => this.directories.has(word.toLowerCase()));
		return { id, name, kind: isDirectory ? 'list' : kind, multiple: null, isDirectory, choices: [] };
	}
}

const kindOf = (value: FieldValue): CmlPropertyKind => (typeof value === 'number' ? 'number' : typeof value === 'boolean' || isNamed(value) ? 'list' : 'string');

function valueIn(property: CmlProperty, value: FieldValue): string[] {
	const text = plainText(value).replace(/\r\n?/g, '\n').trim();
	if (property.isDirectory) return text === '' ? [] : [directoryKey(value, text)];
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

/** As over REST: the id of an element of MoySklad's dictionary is the UF_XML_ID of the site's. */
const directoryKey = (value: FieldValue, text: string): string => elementId(value) ?? text;

/** Lists take the ids of their values only. A no is no value. */
function choiceIn({ choices }: CmlProperty, value: FieldValue, text: string): string[] {
	if (value === false || text === '') return [];
	const id = value === true ? YES.id : (elementId(value) ?? `ms_${fingerprint(text.toLowerCase())}`);
	if (!choices.some((choice) => choice.id === id)) choices.push({ id, value: value === true ? YES.value : text });
	return [id];
}

/** Of an element of a dictionary, if the site can keep it. */
const elementId = (value: FieldValue): string | undefined => (isNamed(value) && value.id !== null && !idFault(value.id) ? value.id : undefined);

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
