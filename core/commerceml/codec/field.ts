import type { XmlElement } from '../xml/element';
import type { XmlWriter } from '../xml/writer';
import type { Reading } from './reading';

/** An element of CommerceML, and the part of an object that it says. */
export interface Field<Model> {
	name: string;
	/** Other names of the same element in files of other programs; never written. */
	others?: readonly string[];
	/** Writes nothing when the object does not say this. */
	write(writer: XmlWriter, model: Model): void;
	/** Takes an element of that name into the object. */
	read(element: XmlElement, model: Model, reading: Reading): void;
}

/** All elements of one kind of object, in the order in which they are written. */
export class Fields<Model> {
	private readonly byName: ReadonlyMap<string, Field<Model>>;

	constructor(private readonly fields: ReadonlyArray<Field<Model>>) {
		this.byName = new Map(fields.flatMap((field) => [field.name, ...(field.others ?? [])].map((name): [string, Field<Model>] => [name, field])));
	}

	/** Writes what the object says, in the order of the fields. */
	write(writer: XmlWriter, model: Model): void {
		for (const field of this.fields) field.write(writer, model);
	}

	/** Takes what is inside of an element into the object. */
	read(element: XmlElement, model: Model, reading: Reading, attributes: readonly string[] = []): void {
		reading.checkAttributes(element, attributes);
		reading.enter(element.name);
		for (const child of element.children) {
			const field = this.byName.get(child.name);
			if (field) field.read(child, model, reading);
			else reading.unknown(child.name);
		}
		if (element.children.length > 0 && element.text !== '') reading.strayText('', element.text);
		reading.leave();
	}
}
