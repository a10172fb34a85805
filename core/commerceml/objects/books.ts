import { Fields, type Field } from '../codec/field';
import { eachIn, flag, objects, requiredText, text } from '../codec/fields';
import type { Reading } from '../codec/reading';
import { CML_PROPERTY_KINDS, type CmlChoice, type CmlPriceType, type CmlProperty, type CmlPropertyKind, type CmlStore, type CmlUnit } from '../model';
import type { XmlElement } from '../xml/element';

const choices: Field<CmlProperty> = {
	name: 'ВариантыЗначений',
	// A list without choices is left out: Bitrix passes a property over whose list is empty.
	write: (writer, { choices: list }) => {
		if (list.length === 0) return;
		writer.begin('ВариантыЗначений');
		for (const choice of list) {
			writer.begin('Справочник');
			CHOICE.write(writer, choice);
			writer.end('Справочник');
		}
		writer.end('ВариантыЗначений');
	},
	read: readChoices,
};

function readChoices(element: XmlElement, property: CmlProperty, reading: Reading): void {
	reading.checkAttributes(element);
	reading.enter(element.name);
	for (const child of element.children) {
		const fields = CHOICES.get(child.name);
		const choice = { id: '', value: '' };
		if (fields) fields.read(child, choice, reading);
		else reading.unknown(child.name);
		if (fields) property.choices.push(choice);
	}
	reading.leave();
}

const CHOICE = new Fields<CmlChoice>([requiredText('ИдЗначения', 'id'), requiredText('Значение', 'value')]);
const OTHER_CHOICE = new Fields<CmlChoice>([requiredText('Ид', 'id'), requiredText('Значение', 'value')]);

/** The forms in which programs list the values of a property. */
const CHOICES: ReadonlyMap<string, Fields<CmlChoice>> = new Map([['Справочник', CHOICE], ['Вариант', OTHER_CHOICE], ['ВариантЗначения', OTHER_CHOICE]]);

const KINDS = new Map(Object.entries(CML_PROPERTY_KINDS).map(([kind, word]) => [word as string, kind as CmlPropertyKind]));

const kind: Field<CmlProperty> = {
	name: 'ТипЗначений',
	write: (writer, property) => writer.leaf('ТипЗначений', CML_PROPERTY_KINDS[property.kind]),
	read: readKind,
};

function readKind(element: XmlElement, property: CmlProperty, reading: Reading): void {
	const word = reading.text(element);
	const known = KINDS.get(word);
	if (known) property.kind = known;
	else if (word !== '') reading.note('COMMERCEML_VALUE_INVALID', element.name, { value: word.slice(0, 100), expected: `one of ${[...KINDS.keys()].join(', ')}` });
}

/** Kind and values as schemas up to 2.04 say them; never written. */
const oldKinds: Field<CmlProperty> = {
	name: 'ТипыЗначений',
	write: () => {},
	read: (element, property, reading) => eachIn(element, 'ТипЗначений', reading, (one) => OLD_KIND.read(one, property, reading)),
};

const OLD_KIND = new Fields<CmlProperty>([
	{ name: 'Тип', write: () => {}, read: readKind },
	{ name: 'Описание', write: () => {}, read: () => {} },
	choices,
]);

const multiple: Field<CmlProperty> = {
	name: 'Множественное',
	write: (writer, property) => {
		if (property.multiple !== null) writer.leaf('Множественное', String(property.multiple));
	},
	read: (element, property, reading) => {
		property.multiple = reading.flag(element);
	},
};

/** Elements of `Свойство`; kinds as older schemas say them are read and never written. */
export const PROPERTY_FIELDS = new Fields<CmlProperty>([requiredText('Ид', 'id'), text('Наименование', 'name'), multiple, kind, flag('Внешний', 'isDirectory'), choices, oldKinds]);

/** A property of which nothing is said yet: its values are texts. */
export const noProperty = (): CmlProperty => ({ id: '', name: null, kind: 'string', multiple: null, isDirectory: false, choices: [] });

const tax: Field<CmlPriceType> = {
	name: 'Налог',
	write: (writer, priceType) => {
		if (!priceType.tax) return;
		writer.begin('Налог');
		writer.leaf('Наименование', priceType.tax.name);
		writer.leaf('УчтеноВСумме', String(priceType.tax.included));
		writer.end('Налог');
	},
	read: (element, priceType, reading) => {
		if (priceType.tax) return reading.repeated(element.name);
		const read = { name: '', included: false };
		TAX_FIELDS.read(element, read, reading);
		priceType.tax = read;
	},
};

const TAX_FIELDS = new Fields<{ name: string; included: boolean }>([requiredText('Наименование', 'name'), flag('УчтеноВСумме', 'included')]);

/** Elements of `ТипЦены`. */
export const PRICE_TYPE_FIELDS = new Fields<CmlPriceType>([requiredText('Ид', 'id'), text('Наименование', 'name'), text('Валюта', 'currency'), tax]);

/** A price type of which nothing is said yet. */
export const noPriceType = (): CmlPriceType => ({ id: '', name: null, currency: null, tax: null });

/** An empty address fails the whole import: it is not written. */
const address: Field<CmlStore> = {
	name: 'Адрес',
	write: (writer, store) => {
		if (store.address === null || store.address.trim() === '') return;
		writer.begin('Адрес');
		writer.leaf('Представление', store.address);
		writer.end('Адрес');
	},
	read: (element, store, reading) => {
		eachIn(element, 'Представление', reading, (shown) => {
			if (store.address === null) store.address = reading.text(shown);
			else reading.repeated(shown.name);
		});
	},
};

const CONTACT_FIELDS = new Fields<{ type: string; value: string }>([requiredText('Тип', 'type'), requiredText('Значение', 'value')]);

/** Elements of `Склад`. */
export const STORE_FIELDS = new Fields<CmlStore>([
	requiredText('Ид', 'id'),
	text('Наименование', 'name'),
	address,
	text('Комментарий', 'comment'),
	objects('Контакты', 'Контакт', CONTACT_FIELDS, () => ({ type: '', value: '' }), (store) => store.contacts),
]);

/** A store of which nothing is said yet. */
export const noStore = (): CmlStore => ({ id: '', name: null, address: null, comment: null, contacts: [] });

/** Elements of `ЕдиницаИзмерения` in the list of units; items name them in another way. */
export const UNIT_FIELDS = new Fields<CmlUnit>([
	requiredText('Код', 'code'),
	text('НаименованиеПолное', 'fullName'),
	text('НаименованиеКраткое', 'name'),
	text('МеждународноеСокращение', 'international'),
]);

/** A unit of which nothing is said yet. */
export const noUnit = (): CmlUnit => ({ code: '', name: null, fullName: null, international: null });
