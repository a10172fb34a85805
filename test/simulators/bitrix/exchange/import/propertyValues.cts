import type { ElementRow, PropertyRow, PropertyValue } from '../../catalog/rows.cts';
import { formatDatabaseMoment, formatDay, parseMoment } from '../../wire/dates.cts';
import {
	child,
	childrenOf,
	namedValues,
	requisitesOf,
	textOf,
	toNumber,
	type NamedValue,
	type XmlNode,
} from '../xml/node.cts';
import type { Scene } from './scene.cts';

type Values = ElementRow['properties'];
type Given = { value: unknown; description?: string };

/** The values after an import: what the file names is replaced, all else stays. Pictures and files come later. */
export function propertyValues(scene: Scene, node: XmlNode, before: Values): Values {
	const after: Record<number, readonly PropertyValue[]> = { ...before };
	for (const [code, given] of [...serviceValues(scene, node), ...givenValues(scene, node)]) {
		const property = scene.properties.get(code);
		if (property) after[property.id] = store(scene, property, given, before[property.id] ?? []);
	}
	return Object.fromEntries(Object.entries(after).filter(([, values]) => values.length > 0));
}

/** Values that are the same as before keep their ids. */
function store(
	{ portal }: Scene,
	{ multiple }: PropertyRow,
	given: Given[],
	before: readonly PropertyValue[],
): readonly PropertyValue[] {
	const kept = (multiple === 'Y' ? given : given.slice(0, 1)).filter(({ value }) => value !== '' && value !== undefined);
	const isSame =
		kept.length === before.length &&
		kept.every(
			({ value, description }, index) => before[index]?.value === value && before[index]?.description === description,
		);
	return isSame ? before : kept.map((value) => ({ valueId: portal.store.nextValueId(), ...value }) as PropertyValue);
}

/** `ЗначенияСвойств`, by external code. What the block does not know counts for nothing. */
const givenValues = (scene: Scene, node: XmlNode): Array<[string, Given[]]> =>
	childrenOf(child(node, 'ЗначенияСвойств'), 'ЗначенияСвойства').flatMap((entry) => {
		const code = textOf(entry, 'Ид') ?? '';
		const property = scene.properties.get(code);
		return property && property.propertyType !== 'F' ? [[code, read(scene, property, entry)]] : [];
	});

function read(scene: Scene, property: PropertyRow, entry: XmlNode): Given[] {
	const wrapped = childrenOf(entry, 'ЗначениеСвойства');
	const texts = wrapped.length > 0 ? wrapped.map((inner) => valueIn(inner) ?? '') : bareValues(property, entry);
	return texts.map((text) => ({ value: inner(scene, property, text) }));
}

const valueIn = (node: XmlNode): string | undefined => textOf(node, 'Значение') ?? textOf(node, 'ИдЗначения');

/** Of several bare values of a list property only the first is looked up. */
function bareValues({ propertyType }: PropertyRow, entry: XmlNode): string[] {
	if (propertyType === 'L') return [valueIn(entry) ?? ''];
	return childrenOf(entry, 'Значение').map(({ value }) => value);
}

/** Undefined: cannot be stored. */
function inner({ portal, pack }: Scene, { id, propertyType, userType }: PropertyRow, text: string): unknown {
	if (text === '') return undefined;
	if (propertyType === 'L') return portal.store.enums.where('propertyId', id).find(({ xmlId }) => xmlId === text)?.id;
	if (propertyType === 'N') return String(toNumber(text, pack.decimalMark));
	const moment = userType === 'Date' || userType === 'DateTime' ? parseMoment(text) : undefined;
	if (moment !== undefined) return userType === 'Date' ? formatDay(moment) : formatDatabaseMoment(moment);
	return text;
}

const described = (values: readonly NamedValue[]): Given[] =>
	values.map(({ name, value }) => ({ value, description: name }));

/** Requisites that are files. */
const FILE_REQUISITES = ['Файл', 'ОписаниеФайла'];

/** What has a property of its own on every site of an exchange. */
function* serviceValues(scene: Scene, node: XmlNode): Generator<[string, Given[]], void, undefined> {
	const article = textOf(node, 'Артикул');
	if (article !== undefined) yield ['CML2_ARTICLE', [{ value: article }]];
	const barcode = textOf(node, 'Штрихкод') ?? textOf(node, 'ШтрихКод');
	if (barcode !== undefined) yield ['CML2_BAR_CODE', [{ value: barcode }]];
	const unit = child(node, 'БазоваяЕдиница');
	if (unit) yield ['CML2_BASE_UNIT', [{ value: unit.value }]];
	const attributes = child(node, 'ХарактеристикиТовара');
	if (attributes) yield ['CML2_ATTRIBUTES', described(namedValues(attributes, 'ХарактеристикаТовара'))];
	const taxes = child(node, 'СтавкиНалогов');
	if (taxes) yield ['CML2_TAXES', described(namedValues(taxes, 'СтавкаНалога', 'Ставка'))];
	if (child(node, 'ЗначенияРеквизитов'))
		yield ['CML2_TRAITS', described(requisitesOf(node).filter(({ name }) => !FILE_REQUISITES.includes(name)))];
	const maker = child(node, 'Изготовитель');
	if (maker) yield ['CML2_MANUFACTURER', [{ value: manufacturer(scene, maker) }]];
}

/** The variant of the manufacturer, made when it is missing. */
function manufacturer({ portal, properties }: Scene, node: XmlNode): number | undefined {
	const property = properties.get('CML2_MANUFACTURER');
	const xmlId = textOf(node, 'Ид') ?? '';
	if (property?.propertyType !== 'L' || xmlId === '') return undefined;
	const { enums } = portal.store;
	const value = textOf(node, 'Наименование') ?? '';
	const known = enums.where('propertyId', property.id).find((variant) => variant.xmlId === xmlId);
	if (known) return enums.update(known.id, { value }).id;
	return enums.add({ propertyId: property.id, xmlId, value, def: 'N', sort: 500 }).id;
}
