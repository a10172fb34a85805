import {
	attributeProperty, catalogIds, characteristicProperty, ClassifierBuilder, exchangePreset, goodsDocument, mappedValues, offersDocument, picturePath, picturesToUpload, readGoods, toCmlGood,
	toCmlGroups, toCmlOffer, toCmlPrices, variantKey, writeDocument, type CmlPriceType, type CmlProperty, type FieldValues, type Folder, type Goods, type ItemSettings, type NamedField, type Picture,
} from '../../../../core';
import { log, ofKind, readAll } from '../files';

const id = (digit: number): string => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;
const meta = (type: string, own: string): object => ({ href: `https://api.example.invalid/entity/${type}/${own}`, type });
const attribute = (own: string, name: string, type: string, value: unknown): object => ({ meta: meta('attributemetadata', own), id: own, name, type, value });

const fields: NamedField[] = [
	{ id: id(1), name: 'Материал', type: 'customentity' }, { id: id(2), name: 'Гарантия', type: 'long' }, { id: id(3), name: 'Новинка', type: 'boolean' },
	{ id: id(4), name: 'Состав', type: 'text' }, { id: id(5), name: 'Поступление', type: 'time' }, { id: id(6), name: 'Инструкция', type: 'file' },
];
const size: NamedField = { id: id(7), name: 'Размер', type: 'string' };
const retail: CmlPriceType = { id: 'retail', name: 'Розничная', currency: 'RUB', tax: { name: 'НДС', included: true } };

const folder: Folder = { id: id(8), externalCode: 'grp-tshirt', name: 'Футболки', archived: false, parent: { id: id(9), externalCode: 'grp-root', name: 'Одежда', archived: false, parent: null } };

const shirt = readGoods({
	meta: meta('product', id(0)), id: id(0), externalCode: 'prod-1', name: 'Футболка "Классика" & Ко', article: 'TS-1', description: 'Плотная\nхлопковая', weight: 0.18, effectiveVat: 20,
	effectiveVatEnabled: true, uom: { name: 'шт', code: '796' }, barcodes: [{ ean13: '4600000000017' }, { code128: 'x' }],
	salePrices: [{ value: 99050, currency: { isoCode: 'RUB' }, priceType: { id: id(1), name: 'Розничная' } }],
	productFolder: { meta: meta('productfolder', folder.id), id: folder.id, externalCode: 'grp-tshirt', name: 'Футболки', productFolder: { meta: meta('productfolder', id(9)), id: id(9), externalCode: 'grp-root', name: 'Одежда' } },
	attributes: [
		attribute(id(1), 'Материал', 'customentity', { meta: meta('customentity', id(5)), name: 'Хлопок' }), attribute(id(2), 'Гарантия', 'long', 12), attribute(id(3), 'Новинка', 'boolean', true),
		attribute(id(4), 'Состав', 'text', ' 100 % хлопок '), attribute(id(5), 'Поступление', 'time', '2026-11-21 10:00:00.000'),
	],
});
const medium = readGoods({
	meta: meta('variant', id(2)), id: id(2), externalCode: 'var-m', name: 'Футболка (M)', product: { meta: meta('product', id(0)), id: id(0), externalCode: 'prod-1', name: 'Футболка' },
	characteristics: [{ id: size.id, name: 'Размер', value: 'M' }], salePrices: [{ value: 50000, currency: { isoCode: 'RUB' }, priceType: { id: id(1), name: 'Розничная' } }],
});

const rules = exchangePreset({ attributes: fields, characteristics: [size], prices: [{ from: 'Розничная', to: 'retail' }] });
const source = { identity: 'externalCode' as const, gramsPerWeight: 1000, currencyOf: ({ currency }: { currency: string | null }) => currency };
const valuesOf = (goods: Goods): FieldValues => mappedValues(rules, goods, source, () => undefined);

const definitions = (list: readonly CmlProperty[]): ReadonlyMap<string, CmlProperty> => new Map(list.map((property) => [property.id, property]));
const goodsProperties = definitions(fields.filter(({ type }) => type !== 'file').map(attributeProperty));
const offerProperties = definitions([characteristicProperty(size)]);
const settings = (properties: ReadonlyMap<string, CmlProperty>): ItemSettings => ({ groups: new Set(['grp-root', 'grp-tshirt']), properties, taxName: 'НДС' });

describe('a good of MoySklad', () => {
	const { item, warnings } = toCmlGood(shirt, 'prod-1', valuesOf(shirt), undefined, settings(goodsProperties));

	it('becomes one of the exchange, with its weight in kilograms', () => {
		expect(warnings).toEqual([]);
		expect(item).toMatchObject({
			id: 'prod-1', removed: false, name: 'Футболка "Классика" & Ко', article: 'TS-1', barcode: '4600000000017', description: 'Плотная\nхлопковая', groups: ['grp-tshirt'], weight: '0.18',
			unit: { code: '796', name: 'шт' }, taxes: [{ name: 'НДС', rate: '20' }], pictures: null, requisites: [{ name: 'ТипНоменклатуры', value: 'Товар' }],
		});
	});

	it('has its additional fields as properties, choices by their ids', () =>
		expect(item.properties).toEqual([
			{ id: id(1), values: [id(5)] }, { id: id(2), values: ['12'] }, { id: id(3), values: ['Y'] }, { id: id(4), values: ['100 % хлопок'] }, { id: id(5), values: ['2026-11-21T10:00:00'] },
		]));

	it('is written with the groups, values and units that it needs, and read again', async () => {
		const builder = new ClassifierBuilder(goodsProperties);
		builder.add(valuesOf(shirt));
		const classifier = builder.build(toCmlGroups([folder], 'externalCode').groups);
		expect(classifier.units).toEqual([{ code: '796', name: 'шт', fullName: 'шт', international: null }]);
		const report = log();
		const { records, findings } = await readAll(writeDocument(goodsDocument({ ids: catalogIds(), formed: '2026-11-21T12:00:00', classifier }), [item], report));
		expect([report.refused, findings]).toEqual([[], []]);
		expect(ofKind(records, 'good')[0]?.good).toEqual(item);
		expect(ofKind(records, 'group').map(({ group }) => [group.id, group.parentId])).toEqual([['grp-root', null], ['grp-tshirt', 'grp-root']]);
		expect(ofKind(records, 'property').map(({ property }) => [property.name, property.kind, property.choices])).toEqual([
			['Материал', 'list', [{ id: id(5), value: 'Хлопок' }]], ['Гарантия', 'number', []], ['Новинка', 'list', [{ id: 'Y', value: 'Да' }]], ['Состав', 'string', []], ['Поступление', 'moment', []],
		]);
	});

	it.each<[string, FieldValues, object]>([
		['no tax', { vat: 'without' }, { taxes: [{ name: 'НДС', rate: 'Без НДС' }] }],
		['a tax of 0 %', { vat: '0' }, { taxes: [{ name: 'НДС', rate: '0' }] }],
		['a weight in grams', { weight: '1' }, { weight: '0.001' }],
		['a weight of 0, which is not set', { weight: '0' }, { weight: null }],
		['no yes', { [`property:${id(3)}`]: false }, { properties: [{ id: id(3), values: [] }] }],
		['a code and an order', { code: 'tshirt', sort: 100 }, { properties: [{ id: 'CML2_CODE', values: ['tshirt'] }, { id: 'CML2_SORT', values: ['100'] }] }],
		['an announcement', { previewText: 'Новая' }, { fullName: 'Новая' }],
		['a property that is not in the file', { 'property:other': 'x' }, { properties: [] }],
		['nothing', {}, { name: null, groups: null, unit: null, taxes: [], properties: [], weight: null }],
	])('says %s', (_, values, expected) => {
		const converted = toCmlGood(shirt, 'prod-1', values, undefined, settings(goodsProperties));
		expect(converted.warnings).toEqual([]);
		expect(converted.item).toMatchObject(expected);
	});

	it.each<[string, FieldValues, string, object]>([
		['a unit without a code', { measure: { id: null, name: 'рулон' } }, 'CATALOG_UNIT_WITHOUT_CODE', { unit: null }],
		['a folder that is not in the file', { section: { id: 'other', name: 'Другое' } }, 'CATALOG_FOLDER_UNKNOWN', { groups: null }],
		['a tax that is no number', { vat: 'льготный' }, 'CATALOG_VALUE_UNFIT', { taxes: [] }],
		['a number that is none', { [`property:${id(2)}`]: 'год' }, 'CATALOG_VALUE_UNFIT', { properties: [] }],
		['a moment that is none', { [`property:${id(5)}`]: 'завтра' }, 'CATALOG_VALUE_UNFIT', { properties: [] }],
		['a negative weight', { weight: '-5' }, 'CATALOG_VALUE_UNFIT', { weight: null }],
	])('leaves out %s, and says so', (_, values, code, expected) => {
		const converted = toCmlGood(shirt, 'prod-1', values, undefined, settings(goodsProperties));
		expect(converted.warnings.map((one) => one.code)).toEqual([code]);
		expect(converted.item).toMatchObject(expected);
	});
});

describe('a variant of MoySklad', () => {
	it('becomes an offer with its characteristics as properties, under the keys of product and variant', async () => {
		const key = variantKey('prod-1', medium, 'externalCode');
		const values = valuesOf(medium);
		const { item, warnings } = toCmlOffer(medium, key, values, undefined, settings(offerProperties));
		expect(warnings).toEqual([]);
		const builder = new ClassifierBuilder(offerProperties);
		builder.add(values);
		const classifier = builder.build();
		const [property] = classifier.properties;
		expect(property).toMatchObject({ id: size.id, name: 'Размер', kind: 'list', choices: [{ value: 'M' }] });
		expect(item).toMatchObject({ id: 'prod-1#var-m', groups: null, characteristics: [{ name: 'Размер', value: 'M' }], properties: [{ id: size.id, values: [property?.choices[0]?.id] }] });
		const priceTypes = { types: [retail], isComplete: true };
		const offer = { ...item, prices: toCmlPrices(values, { types: [retail], writesZero: false, currencies: new Map() }) };
		const report = log();
		const { records } = await readAll(writeDocument(offersDocument({ ids: catalogIds(), formed: '2026-11-21T12:00:00', classifier, priceTypes }), [offer], report));
		expect(report.refused).toEqual([]);
		expect(ofKind(records, 'offer')[0]?.offer).toEqual(offer);
	});

	it('in the identity by id has the keys of that', () => expect(variantKey(id(0), medium, 'id')).toBe(`${id(0)}#${id(2)}`));
});

describe('choices', () => {
	const property = characteristicProperty({ id: 'c', name: 'Цвет', type: 'string' });
	const builder = (): ClassifierBuilder => new ClassifierBuilder(definitions([property]));

	it('are the same whatever the case of their words', () => {
		const collected = builder();
		for (const word of ['Красный', 'красный', ' КРАСНЫЙ ', 'Синий']) collected.add({ 'property:c': word });
		expect(collected.build().properties[0]?.choices.map(({ value }) => value)).toEqual(['Красный', 'Синий']);
	});

	it('are refused when two words have one id', () => {
		const collected = builder();
		collected.add({ 'property:c': { id: 'ms_x', name: 'Красный' } });
		expect(() => collected.add({ 'property:c': { id: 'ms_x', name: 'Синий' } })).toThrow(expect.objectContaining({ code: 'COMMERCEML_CHOICE_CLASH' }) as Error);
	});

	it('of a dictionary may be renamed', () => {
		const collected = builder();
		collected.add({ 'property:c': { id: id(1), name: 'Красный' } });
		collected.add({ 'property:c': { id: id(1), name: 'Алый' } });
		expect(collected.build().properties[0]?.choices).toHaveLength(1);
	});

	it('do not change the definitions', () => {
		builder().add({ 'property:c': 'Красный' });
		expect(property.choices).toEqual([]);
	});

	it('of units count by number', () => {
		const collected = builder();
		collected.add({ measure: { id: '006', name: 'м' } });
		collected.add({ measure: { id: '6', name: 'метр' } });
		expect(collected.build().units).toHaveLength(1);
	});
});

describe('folders', () => {
	const root: Folder = { id: id(1), externalCode: 'root', name: 'Корень', archived: false, parent: null };
	const inner: Folder = { id: id(2), externalCode: 'inner', name: 'Внутри', archived: false, parent: root };

	it('become groups under their own keys, with all ancestors', () => {
		expect(toCmlGroups([inner], 'externalCode').groups.map((group) => [group.id, group.parentId])).toEqual([['root', null], ['inner', 'root']]);
		expect(toCmlGroups([inner, root], 'id').groups.map((group) => [group.id, group.parentId])).toEqual([[id(1), null], [id(2), id(1)]]);
	});

	it('that are archived are removed', () => expect(toCmlGroups([{ ...root, archived: true }], 'externalCode').groups).toMatchObject([{ removed: true }]));

	it.each<[string, Folder, string]>([
		['its name', { ...inner, name: null }, 'CATALOG_FOLDER_UNKNOWN'],
		['the name of an ancestor', { ...inner, parent: { ...root, name: null } }, 'CATALOG_FOLDER_UNKNOWN'],
		['its key', { ...inner, externalCode: null }, 'CATALOG_KEY_EMPTY'],
		['a key that separates nothing', { ...inner, externalCode: 'a#b' }, 'CATALOG_KEY_FORBIDDEN'],
	])('without %s are refused', (_, one, code) => {
		const { refused } = toCmlGroups([one], 'externalCode');
		expect(refused.get(one.id)?.code).toBe(code);
	});

	it('with the key of another folder are refused', () => {
		const { groups, refused } = toCmlGroups([root, { ...root, id: id(3) }], 'externalCode');
		expect(groups).toHaveLength(1);
		expect(refused.get(id(3))?.code).toBe('CATALOG_KEY_REPEATED');
	});
});

describe('pictures', () => {
	const picture: Picture = { id: 'abcdef12-1111-4111-8111-111111111111', filename: 'Фото товара.PNG', size: 10, updated: '2026-11-21 10:00:00.000', downloadHref: null };

	it('have a path with their id, that changes when they do, in letters that sites take', () => {
		const path = picturePath(picture);
		expect(path).toMatch(/^import_files\/ab\/[A-Za-z0-9._-]+\.png$/);
		expect(path).toContain(picture.id);
		expect(picturePath({ ...picture })).toBe(path);
		expect(picturePath({ ...picture, updated: '2026-11-21 10:00:00.001' })).not.toBe(path);
		expect(picturePath({ ...picture, id: id(1) })).not.toBe(path);
	});

	it('are said only when there are some: an empty source never clears', () => {
		const said = (pictures: Picture[] | undefined): unknown => toCmlGood(shirt, 'prod-1', {}, pictures, settings(goodsProperties)).item.pictures;
		expect(said(undefined)).toBeNull();
		expect(said([])).toBeNull();
		expect(said([picture])).toEqual([{ path: picturePath(picture), description: null }]);
	});

	it('are uploaded unless it is proven that they were imported as they are', () => {
		expect(picturesToUpload([picture], undefined)).toEqual([picture]);
		expect(picturesToUpload([picture], { pictures: {} })).toEqual([picture]);
		expect(picturesToUpload([picture], { pictures: { [picture.id]: 'earlier' } })).toEqual([picture]);
		expect(picturesToUpload([{ ...picture, updated: '' }], { pictures: { [picture.id]: '' } })).toHaveLength(1);
		expect(picturesToUpload([picture], { pictures: { [picture.id]: picture.updated } })).toEqual([]);
	});
});

describe('prices', () => {
	const wholesale = { ...retail, id: 'wholesale', name: 'Оптовая' };
	const given = { types: [retail, wholesale], writesZero: false, currencies: new Map([['RUB', 'RUB'], ['BYN', 'BYR']]) };
	const money = (amount: string, currency: string | null = 'RUB') => ({ amount, currency });

	it('are those of all types, to the kopeck', () =>
		expect(toCmlPrices({ 'price:retail': money('990.50'), 'price:wholesale': money('800.005', 'BYN') }, given).map(({ typeId, amount, currency }) => [typeId, amount, currency])).toEqual([
			['retail', '990.5', 'RUB'], ['wholesale', '800.01', 'BYR'],
		]));

	it('of 0 are written where that was chosen', () => {
		const values = { 'price:retail': money('0'), 'price:wholesale': money('1') };
		expect(() => toCmlPrices(values, given)).toThrow(expect.objectContaining({ code: 'CATALOG_PRICE_ZERO' }) as Error);
		expect(toCmlPrices(values, { ...given, writesZero: true })[0]?.amount).toBe('0');
	});

	it.each<[string, FieldValues, string]>([
		['one is missing', { 'price:retail': money('1') }, 'COMMERCEML_PRICES_INCOMPLETE'],
		['one has no currency', { 'price:retail': money('1'), 'price:wholesale': money('1', null) }, 'CATALOG_CURRENCY_UNKNOWN'],
		['one is negative', { 'price:retail': money('1'), 'price:wholesale': money('-1') }, 'CATALOG_VALUE_UNFIT'],
		['one is no number', { 'price:retail': money('1'), 'price:wholesale': money('много') }, 'CATALOG_VALUE_UNFIT'],
	])('are none when %s', (_, values, code) => expect(() => toCmlPrices(values, given)).toThrow(expect.objectContaining({ code }) as Error));
});
