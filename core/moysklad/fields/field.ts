/** What a field holds, and so how its values are entered, compared and sent. */
export type FieldKind =
	| 'text'
	| 'number'
	/** Kopecks. */
	| 'money'
	/** Kopecks in an object `{value, currency}`. */
	| 'price'
	| 'boolean'
	/** ISO or any other moment in, Moscow time out. */
	| 'moment'
	| 'reference'
	| 'choice'
	/** Lists and objects that are sent as they are given. */
	| 'json'
	/** An id, not a reference. */
	| 'id';

/** One field of an entity, as far as users can write or filter it. */
export interface Field {
	/** MoySklad's keyword. */
	name: string;
	/** As MoySklad's English interface calls it, in title case. */
	label: string;
	kind: FieldKind;
	/** Keyword of the entity that a reference leads to. */
	target?: string;
	/** Values of a choice. */
	choices?: readonly string[];
	/** MoySklad refuses to make an object without it. */
	required?: true;
	/** Only written when the object is made. */
	fixed?: true;
	/** Can be read and filtered, not written. */
	readOnly?: true;
	/** Cannot be filtered by. */
	unfiltered?: true;
}

type More = Partial<Pick<Field, 'required' | 'fixed' | 'readOnly' | 'unfiltered'>>;

const of =
	(kind: FieldKind) =>
	(name: string, label: string, more: More = {}): Field => ({ name, label, kind, ...more });

/** A field that holds a text. */
export const text = of('text');
/** A field that holds a number without a currency: quantities, per cent, weights. */
export const number = of('number');
/** A field that holds kopecks. */
export const money = of('money');
/** A field that holds kopecks with their currency. */
export const price = of('price');
/** A field that is true or false. */
export const boolean = of('boolean');
/** A field that holds a moment, which MoySklad keeps in Moscow time. */
export const moment = of('moment');
/** A field whose list or object is sent as it is given. */
export const json = of('json');
/** A field that holds an id as a text. */
export const id = of('id');

/** A field that leads to another entity; `target` is its keyword. */
export const reference = (name: string, label: string, target: string, more: More = {}): Field => ({ name, label, kind: 'reference', target, ...more });

/** A field that takes one of these keywords. */
export const choice = (name: string, label: string, choices: readonly string[], more: More = {}): Field => ({ name, label, kind: 'choice', choices, ...more });

/** MoySklad refuses to make an object without the field. */
export const REQUIRED = { required: true } as const;
/** The field can be read and filtered, not written. */
export const READ_ONLY = { readOnly: true } as const;
/** Lists cannot be filtered by the field. */
export const UNFILTERED = { unfiltered: true } as const;
