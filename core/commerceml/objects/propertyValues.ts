import type { Field } from '../codec/field';
import { eachIn } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { CmlItem, CmlPropertyValue } from '../model';
import type { XmlElement } from '../xml/element';
import type { XmlWriter } from '../xml/writer';

const LIST = 'ЗначенияСвойств';
const ENTRY = 'ЗначенияСвойства';
const WRAPPER = 'ЗначениеСвойства';
const VALUE = 'Значение';
const CHOICE_ID = 'ИдЗначения';

type Valued = Pick<CmlItem, 'properties'>;

/** Values of properties. `isList` says which properties have choices: of several bare values of these Bitrix takes only the first. */
export const propertyValues = (isList: (id: string) => boolean): Field<Valued> => ({
	name: LIST,
	write: (writer, { properties }) => {
		if (properties.length === 0) return;
		writer.begin(LIST);
		for (const property of properties) {
			writer.begin(ENTRY);
			writer.leaf('Ид', property.id);
			if (property.values.length === 0) writer.leaf(VALUE, '');
			for (const value of property.values) writeValue(writer, value, property.values.length > 1 && isList(property.id));
			writer.end(ENTRY);
		}
		writer.end(LIST);
	},
	read: (element, item, reading) => eachIn(element, ENTRY, reading, (entry) => item.properties.push(readEntry(entry, reading))),
});

function writeValue(writer: XmlWriter, value: string, isWrapped: boolean): void {
	if (isWrapped) writer.begin(WRAPPER);
	writer.leaf(VALUE, value);
	if (isWrapped) writer.end(WRAPPER);
}

function readEntry(entry: XmlElement, reading: Reading): CmlPropertyValue {
	const property: CmlPropertyValue = { id: '', values: [] };
	reading.checkAttributes(entry);
	reading.enter(entry.name);
	for (const child of entry.children) {
		if (child.name === 'Ид') property.id = reading.text(child);
		else if (child.name === WRAPPER) readWrapped(child, property, reading);
		else readValue(child, entry, property, reading);
	}
	if (property.id === '') reading.note('COMMERCEML_ID_MISSING', '');
	reading.leave();
	return property;
}

function readWrapped(wrapper: XmlElement, property: CmlPropertyValue, reading: Reading): void {
	reading.checkAttributes(wrapper);
	reading.enter(wrapper.name);
	for (const child of wrapper.children) readValue(child, wrapper, property, reading);
	reading.leave();
}

/** Empty ones count for nothing, and the id of a choice where a value is said beside it. */
function readValue(element: XmlElement, around: XmlElement, property: CmlPropertyValue, reading: Reading): void {
	if (element.name !== VALUE && element.name !== CHOICE_ID) return reading.unknown(element.name);
	const text = reading.text(element);
	if (text !== '' && (element.name === VALUE || !around.child(VALUE))) property.values.push(text);
}
