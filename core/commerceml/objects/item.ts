import { Fields, type Field } from '../codec/field';
import { decimal, eachIn, objects, requiredText, text } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { CmlItem, CmlNamedValue, CmlUnit } from '../model';
import type { XmlElement } from '../xml/element';
import type { XmlWriter } from '../xml/writer';
import { propertyValues } from './propertyValues';
import { removal } from './removal';

const NAMED_VALUE = new Fields<CmlNamedValue>([requiredText('Наименование', 'name'), requiredText('Значение', 'value')]);
const TAX = new Fields<{ name: string; rate: string }>([requiredText('Наименование', 'name'), requiredText('Ставка', 'rate')]);

/** Fields of an item that stand among the requisites. */
const IN_REQUISITES: ReadonlyArray<[name: string, key: 'fullName' | 'htmlDescription' | 'weight']> = [
	['Полное наименование', 'fullName'],
	['ОписаниеВФорматеHTML', 'htmlDescription'],
	['Вес', 'weight'],
];

const REQUISITES = 'ЗначенияРеквизитов';
const REQUISITE = 'ЗначениеРеквизита';

const listedRequisites = objects<CmlItem, CmlNamedValue>(REQUISITES, REQUISITE, NAMED_VALUE, () => ({ name: '', value: '' }), (item) => item.requisites);

function writeRequisite(writer: XmlWriter, requisite: CmlNamedValue): void {
	writer.begin(REQUISITE);
	NAMED_VALUE.write(writer, requisite);
	writer.end(REQUISITE);
}

const requisites: Field<CmlItem> = {
	name: REQUISITES,
	write: (writer, item) => {
		if (item.requisites.length === 0 && IN_REQUISITES.every(([, key]) => item[key] === null)) return;
		writer.begin(REQUISITES);
		for (const [name, key] of IN_REQUISITES) if (item[key] !== null) writeRequisite(writer, { name, value: item[key] });
		for (const requisite of item.requisites) writeRequisite(writer, requisite);
		writer.end(REQUISITES);
	},
	read: (element, item, reading) => {
		listedRequisites.read(element, item, reading);
		for (const [name, key] of IN_REQUISITES) {
			const found = item.requisites.filter((one) => one.name === name);
			if (found.length === 0) continue;
			item.requisites = item.requisites.filter((one) => one.name !== name);
			if (found.length > 1 || item[key] !== null) reading.repeated(`${element.name}/${name}`);
			const [first] = found;
			item[key] ??= key === 'weight' ? reading.decimalIn(first?.value ?? '', `${element.name}/${name}`) : (first?.value ?? null);
		}
	},
};

const groups: Field<CmlItem> = {
	name: 'Группы',
	write: (writer, item) => {
		if (item.groups === null) return;
		if (item.groups.length === 0) return writer.leaf('Группы', '');
		writer.begin('Группы');
		for (const id of item.groups) writer.leaf('Ид', id);
		writer.end('Группы');
	},
	read: (element, item, reading) => {
		const list = (item.groups ??= []);
		eachIn(element, 'Ид', reading, (id) => list.push(reading.text(id)));
	},
};

/** An empty path takes the picture away. */
const pictures: Field<CmlItem> = {
	name: 'Картинка',
	write: (writer, item) => {
		if (item.pictures?.length === 0) writer.leaf('Картинка', '');
		for (const { path, description } of item.pictures ?? []) writer.leaf('Картинка', path, description === null ? undefined : { Описание: description });
	},
	read: (element, item, reading) => {
		const list = (item.pictures ??= []);
		const path = reading.text(element, ['Описание']);
		if (path !== '') list.push({ path, description: element.attributes.get('Описание') ?? null });
	},
};

const FULL_NAME = 'НаименованиеПолное';
const INTERNATIONAL = 'МеждународноеСокращение';

const unit: Field<CmlItem> = {
	name: 'БазоваяЕдиница',
	write: (writer, item) => {
		if (item.unit === null) return;
		const { code, name, fullName, international } = item.unit;
		writer.leaf('БазоваяЕдиница', name ?? '', {
			Код: code, ...(fullName !== null && { [FULL_NAME]: fullName }), ...(international !== null && { [INTERNATIONAL]: international }),
		});
	},
	read: (element, item, reading) => {
		if (item.unit !== null) return reading.repeated(element.name);
		item.unit = readUnit(element, reading);
	},
};

/** The text is a name beside a code, or a code itself. A unit without a code is none. */
function readUnit(element: XmlElement, reading: Reading): CmlUnit | null {
	const shown = reading.text(element, ['Код', FULL_NAME, INTERNATIONAL]).trim();
	const { attributes } = element;
	// 1C fills codes up with spaces.
	const said = attributes.get('Код')?.trim() ?? '';
	const code = said !== '' ? said : /^\d+$/.test(shown) ? shown : '';
	if (code === '') {
		if (shown !== '') reading.note('CATALOG_UNIT_WITHOUT_CODE', element.name, { unit: shown.slice(0, 100) });
		return null;
	}
	return { code, name: said === '' || shown === '' ? null : shown, fullName: attributes.get(FULL_NAME) ?? null, international: attributes.get(INTERNATIONAL) ?? null };
}

const MAKER = new Fields<{ id: string; name: string }>([requiredText('Ид', 'id'), requiredText('Наименование', 'name')]);

const manufacturer: Field<CmlItem> = {
	name: 'Изготовитель',
	write: (writer, item) => {
		if (item.manufacturer === null) return;
		writer.begin('Изготовитель');
		MAKER.write(writer, item.manufacturer);
		writer.end('Изготовитель');
	},
	read: (element, item, reading) => {
		if (item.manufacturer !== null) return reading.repeated(element.name);
		item.manufacturer = { id: '', name: '' };
		MAKER.read(element, item.manufacturer, reading);
	},
};

/** What goods and offers have in common, behind the id. `isList` says which properties have choices. */
export const writtenFields = (isList: (id: string) => boolean): ReadonlyArray<Field<CmlItem>> => [
	text('Артикул', 'article'),
	{ ...text<CmlItem>('Штрихкод', 'barcode'), others: ['ШтрихКод'] },
	text('Наименование', 'name'),
	unit,
	groups,
	text('Описание', 'description'),
	pictures,
	manufacturer,
	propertyValues(isList),
	objects('СтавкиНалогов', 'СтавкаНалога', TAX, () => ({ name: '', rate: '' }), (item) => item.taxes),
	requisites,
	objects('ХарактеристикиТовара', 'ХарактеристикаТовара', NAMED_VALUE, () => ({ name: '', value: '' }), (item) => item.characteristics),
	decimal('Ширина', 'width'),
	decimal('Длина', 'length'),
	decimal('Высота', 'height'),
	text('КодГруппыТоваров', 'marking'),
];

/** All elements of goods and offers that are read. */
export const READ_FIELDS: ReadonlyArray<Field<CmlItem>> = [
	requiredText('Ид', 'id'),
	text('НомерВерсии', 'version'),
	...writtenFields(() => false),
	// The same as requisites in files of other programs.
	decimal('Вес', 'weight'),
	text('ПолноеНаименование', 'fullName'),
	...removal<CmlItem>(),
];

