import type { XmlElement } from '../xml/element';
import type { XmlWriter } from '../xml/writer';
import type { Field, Fields } from './field';
import type { Reading } from './reading';

/** Names of the parts of an object that hold a value of some type. */
type KeyOf<Model, Value> = { [Key in keyof Model]-?: Model[Key] extends Value ? (Value extends Model[Key] ? Key : never) : never }[keyof Model];

type Text = string | null;

const scalar = <Model, Key extends keyof Model>(
	name: string,
	key: Key,
	write: (writer: XmlWriter, value: NonNullable<Model[Key]>) => void,
	read: (element: XmlElement, reading: Reading) => Model[Key],
): Field<Model> => ({
	name,
	write: (writer, model) => {
		const value = model[key];
		if (value !== null && value !== undefined) write(writer, value);
	},
	read: (element, model, reading) => {
		if (model[key] === null) model[key] = read(element, reading);
		else reading.repeated(name);
	},
});

/** An element with a text that may be missing. */
export const text = <Model>(name: string, key: KeyOf<Model, Text>): Field<Model> =>
	scalar<Model, typeof key>(name, key, (writer, value) => writer.leaf(name, String(value)), (element, reading) => reading.text(element) as Model[typeof key]);

/** An element with a number that may be missing, kept as a decimal text. */
export const decimal = <Model>(name: string, key: KeyOf<Model, Text>): Field<Model> =>
	scalar<Model, typeof key>(name, key, (writer, value) => writer.leaf(name, String(value)), (element, reading) => reading.decimal(element) as Model[typeof key]);

/** A text that always is there; '' until it is read. */
export const requiredText = <Model>(name: string, key: KeyOf<Model, string>): Field<Model> => ({
	name,
	write: (writer, model) => writer.leaf(name, String(model[key])),
	read: (element, model, reading) => {
		if (model[key] === '') model[key] = reading.text(element) as Model[typeof key];
		else reading.repeated(name);
	},
});

/** An element that is only written for *true*. */
export const flag = <Model>(name: string, key: KeyOf<Model, boolean>): Field<Model> => ({
	name,
	write: (writer, model) => {
		if (model[key]) writer.leaf(name, 'true');
	},
	read: (element, model, reading) => {
		if (reading.flag(element)) model[key] = true as Model[typeof key];
	},
});

/** A list of objects in an element of its own; written only when there are any. `make` gives an object of which nothing is said yet. */
export const objects = <Model, One>(
	name: string,
	element: string,
	fields: Fields<One>,
	make: () => One,
	of: (model: Model) => One[],
): Field<Model> => ({
	name,
	write: (writer, model) => writeList(writer, name, element, fields, of(model)),
	read: (container, model, reading) => {
		eachIn(container, element, reading, (child) => {
			const one = make();
			fields.read(child, one, reading);
			of(model).push(one);
		});
	},
});

/** Reads the children of one name, inside of their container; others are findings. */
export function eachIn(container: XmlElement, name: string, reading: Reading, read: (child: XmlElement) => void): void {
	reading.checkAttributes(container);
	reading.enter(container.name);
	for (const child of container.children) {
		if (child.name === name) read(child);
		else reading.unknown(child.name);
	}
	if (container.children.length > 0 && container.text !== '') reading.strayText('', container.text);
	reading.leave();
}

/** A container with its elements. An empty one would fail the whole import: it is left out. */
export function writeList<One>(writer: XmlWriter, name: string, element: string, fields: Fields<One>, list: readonly One[]): void {
	if (list.length === 0) return;
	writer.begin(name);
	for (const one of list) {
		writer.begin(element);
		fields.write(writer, one);
		writer.end(element);
	}
	writer.end(name);
}
