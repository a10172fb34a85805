import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Findings, readCommerceMl, type CmlRecord } from '../../../core/index.ts';
import { ofKind, readAll, type ReadFile } from './files.ts';
import { everyByte, utf8, windows1251 } from './xml/events.ts';

const example = async (name: string): Promise<ReadFile> => await readAll([readFileSync(path.join(__dirname, 'examples', name))]);
const read = async (xml: string): Promise<ReadFile> => await readAll([utf8(xml)]);
const inRoot = (content: string, attributes = ''): string => `<КоммерческаяИнформация${attributes}>${content}</КоммерческаяИнформация>`;
const catalog = (goods: string): string => inRoot(`<Каталог СодержитТолькоИзменения="true"><Ид>c</Ид><Товары>${goods}</Товары></Каталог>`);
const offers = (content: string): string => inRoot(`<ПакетПредложений><Ид>p</Ид><Предложения>${content}</Предложения></ПакетПредложений>`);
const kinds = ({ records }: ReadFile): string[] => records.map(({ kind }) => kind);
const codes = ({ findings }: ReadFile): string[] => findings.map(({ code, where }) => `${code} ${where.replace('КоммерческаяИнформация/', '')}`);

describe('the examples are read fully', () => {
	it('import.xml', async () => {
		const file = await example('import.xml');
		expect(file.findings).toEqual([]);
		expect(kinds(file)).toEqual(['head', 'classifier', 'group', 'group', 'property', 'property', 'catalog', 'good', 'good']);
		expect(file.records[1]).toMatchObject({ classifier: { id: 'cls-0001', owner: { id: 'own-0001', name: 'ООО Ромашка' } } });
		expect(ofKind(file.records, 'group').map(({ group }) => [group.id, group.parentId])).toEqual([['grp-root', null], ['grp-tshirt', 'grp-root']]);
		expect(ofKind(file.records, 'good')[0]?.good).toMatchObject({
			id: 'prod-0001', article: 'TS-001', barcode: '4600000000017', name: 'Футболка "Классика" & Ко', unit: { code: '796', name: 'шт', fullName: 'Штука', international: 'PCE' },
			groups: ['grp-tshirt'], pictures: [{ path: 'import_files/ab/ab12cd34_1.jpg' }, { path: 'import_files/ab/ab12cd34_2.jpg' }],
			properties: [{ id: 'prop-material', values: ['mat-cotton'] }, { id: 'prop-country', values: ['Россия'] }], taxes: [{ name: 'НДС', rate: '20' }],
			fullName: 'Футболка мужская хлопковая Классика', weight: '0.18', requisites: [],
		});
	});

	it('offers.xml, prices.xml and rests.xml', async () => {
		const [whole, prices, rests] = await Promise.all(['offers.xml', 'prices.xml', 'rests.xml'].map(example)) as [ReadFile, ReadFile, ReadFile];
		expect([whole, prices, rests].flatMap(({ findings }) => findings)).toEqual([]);
		expect(kinds(whole)).toEqual(['head', 'classifier', 'property', 'package', 'priceType', 'store', 'store', 'offer', 'offer']);
		expect(ofKind(whole.records, 'offer')[0]?.offer).toMatchObject({
			id: 'prod-0001#var-m', quantity: '15', stores: [{ storeId: 'store-main', amount: '10' }, { storeId: 'store-shop', amount: '5' }],
			prices: [{ typeId: 'price-retail', amount: '990', currency: 'RUB', unit: 'шт', ratio: '1', text: '990 руб. за шт' }], characteristics: [{ name: 'Размер', value: 'M' }],
		});
		expect(ofKind(prices.records, 'offer')[0]?.offer).toMatchObject({ id: 'prod-0001#var-m', name: null, prices: [{ amount: '1050.5' }], stores: null });
		expect(ofKind(rests.records, 'offer').map(({ offer }) => [offer.quantity, offer.stores, offer.prices])).toEqual([
			[null, [{ storeId: 'store-main', amount: '8' }, { storeId: 'store-shop', amount: '0' }], null], ['3', null, null],
		]);
	});

	it('orders: as documents and in containers, in windows-1251', async () => {
		const single = await example('sale_query.xml');
		expect(kinds(single)).toEqual(['head', 'document', 'document']);
		const element = ofKind(single.records, 'document')[0]?.element;
		expect(element?.textOf('Номер')).toBe('12');
		expect(element?.child('Контрагенты')?.child('Контрагент')?.textOf('Наименование')).toBe('Тестов Иван');
		const contained = await example('sale_query_31.xml');
		expect(kinds(contained)).toEqual(['head', 'container']);
		expect(ofKind(contained.records, 'container')[0]?.element.all('Документ').map((one) => one.textOf('ХозОперация'))).toHaveLength(3);
		expect(kinds(await example('sale_import.xml'))).toEqual(['head', 'document']);
		expect([single, contained].flatMap(({ findings }) => findings)).toEqual([]);
	});

	it('wherever their chunks end', async () => {
		for (const name of ['import.xml', 'sale_query_31.xml']) {
			const bytes = readFileSync(path.join(__dirname, 'examples', name));
			expect((await readAll(everyByte(bytes))).records).toEqual((await readAll([bytes])).records);
		}
	});
});

describe('files of other programs', () => {
	it('may have namespaces, prefixes, CDATA, comments and another encoding', async () => {
		const xml =
			'<?xml version="1.0" encoding="windows-1251"?><!-- 1С --><к:КоммерческаяИнформация xmlns:к="urn:1C.ru:commerceml_2" ВерсияСхемы=\'2.04\'><к:Каталог><к:Ид>c</к:Ид><к:Товары>' +
			'<к:Товар><к:Ид>g</к:Ид><к:Наименование><![CDATA[<b>Ёлка</b>]]> &#1071;</к:Наименование></к:Товар></к:Товары></к:Каталог></к:КоммерческаяИнформация>';
		const file = await readAll([windows1251(xml)]);
		expect(file.findings).toEqual([]);
		expect(ofKind(file.records, 'good')[0]?.good).toMatchObject({ id: 'g', name: '<b>Ёлка</b> Я' });
	});

	it('are known by any schema from 2.03 to 3.1', async () => {
		for (const version of ['2.03', '2.04', '2.05', '2.08', '2.09', '2.10', '3.0', '3.1']) expect((await read(inRoot('', ` ВерсияСхемы="${version}"`))).findings).toEqual([]);
		for (const version of ['2.02', '3.2', '4', 'x']) expect(codes(await read(inRoot('', ` ВерсияСхемы="${version}"`)))).toEqual(['COMMERCEML_SCHEMA_UNKNOWN КоммерческаяИнформация']);
	});

	it('say that they change only what they have in the ways that Bitrix takes for it', async () => {
		const said = async (mark: string): Promise<unknown> => ofKind((await read(inRoot(`<Каталог${mark}><Ид>c</Ид></Каталог>`))).records, 'catalog')[0]?.list.changesOnly;
		expect(await said(' СодержитТолькоИзменения="true"')).toBe(true);
		expect(await said(' СодержитТолькоИзменения="1"')).toBe(true);
		for (const mark of ['', ' СодержитТолькоИзменения="false"', ' СодержитТолькоИзменения="True"', ' СодержитТолькоИзменения="0"']) expect(await said(mark)).toBe(false);
		const changes = await read(inRoot('<ИзмененияПакетаПредложений><Ид>p</Ид></ИзмененияПакетаПредложений>'));
		expect(ofKind(changes.records, 'package')[0]?.list.changesOnly).toBe(true);
	});

	it('may have several lists, and books in any of them', async () => {
		const file = await read(inRoot('<Классификатор><Ид>k</Ид><ТипыЦен><ТипЦены><Ид>t</Ид></ТипЦены></ТипыЦен></Классификатор><Каталог><Ид>a</Ид><Товары/></Каталог><Каталог><Ид>b</Ид></Каталог><ПакетПредложений><Ид>p</Ид></ПакетПредложений>'));
		expect(kinds(file)).toEqual(['head', 'classifier', 'priceType', 'catalog', 'catalog', 'package']);
		expect(file.findings).toEqual([]);
	});

	it.each<[string, string, object]>([
		['a barcode in another spelling', '<ШтрихКод>46</ШтрихКод>', { barcode: '46' }],
		['weight and full name as elements', '<Вес>1,5</Вес><ПолноеНаименование>П</ПолноеНаименование>', { weight: '1.5', fullName: 'П' }],
		['numbers with spaces, a comma or an exponent', '<Ширина>1\u00A0000,50</Ширина><Длина>1e3</Длина><Высота> 2.0 </Высота>', { width: '1000.5', length: '1000', height: '2' }],
		['a unit as a bare code', '<БазоваяЕдиница>796</БазоваяЕдиница>', { unit: { code: '796', name: null, fullName: null, international: null } }],
		['a unit whose code 1C filled up with spaces', '<БазоваяЕдиница Код="796 " НаименованиеПолное="Штука">шт</БазоваяЕдиница>', { unit: { code: '796', name: 'шт', fullName: 'Штука', international: null } }],
		['values as ids of choices', '<ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><ИдЗначения>v</ИдЗначения></ЗначенияСвойства></ЗначенияСвойств>', { properties: [{ id: 'p', values: ['v'] }] }],
		['an empty value', '<ЗначенияСвойств><ЗначенияСвойства><Ид>p</Ид><Значение/></ЗначенияСвойства></ЗначенияСвойств>', { properties: [{ id: 'p', values: [] }] }],
		['a mark of removal', '<ПометкаУдаления>true</ПометкаУдаления>', { removed: true }],
		['a status of removal', '<Статус>Удален</Статус>', { removed: true }],
		['a mark that says no', '<ПометкаУдаления>false</ПометкаУдаления><Статус>Изменен</Статус>', { removed: false }],
		['an empty picture', '<Картинка/>', { pictures: [] }],
		['no group', '<Группы/>', { groups: [] }],
		['nothing else', '', { groups: null, pictures: null, unit: null, article: null, removed: false }],
		['white space for nothing', '<Артикул> \n</Артикул>', { article: '' }],
	])('%s', async (_, content, expected) => {
		const file = await read(catalog(`<Товар><Ид>g</Ид>${content}</Товар>`));
		expect(file.findings).toEqual([]);
		expect(ofKind(file.records, 'good')[0]?.good).toMatchObject({ id: 'g', ...expected });
	});

	it('take the mark of decimals from the head', async () => {
		const file = await read(inRoot('<ПакетПредложений><Ид>p</Ид><Предложения><Предложение><Ид>o</Ид><Количество>1·5</Количество></Предложение></Предложения></ПакетПредложений>', ' ФорматСуммы="ЧЦ=18; ЧДЦ=2; ЧРД=·;"'));
		expect(ofKind(file.records, 'offer')[0]?.offer.quantity).toBe('1.5');
	});

	it.each<[string, string, object]>([
		['stock in a list', '<КоличествоНаСкладах><КоличествоНаСкладе><ИдСклада>s</ИдСклада><Количество>3</Количество></КоличествоНаСкладе></КоличествоНаСкладах>', { stores: [{ storeId: 's', amount: '3' }] }],
		['a total as rest', '<Остатки><Остаток><Количество>3</Количество></Остаток></Остатки>', { quantity: '3', stores: null }],
		['no prices', '<Цены/>', { prices: [] }],
	])('%s', async (_, content, expected) => {
		const file = await read(offers(`<Предложение><Ид>o</Ид>${content}</Предложение>`));
		expect(file.findings).toEqual([]);
		expect(ofKind(file.records, 'offer')[0]?.offer).toMatchObject(expected);
	});

	it('name properties and their values in other ways', async () => {
		const property = (name: string, list: string): string => `<${name}><Ид>p</Ид><Наименование>П</Наименование><ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений>${list}</ВариантыЗначений></${name}>`;
		const file = await read(inRoot(`<Классификатор><Ид>k</Ид><Свойства>${property('Свойство', '<Вариант><Ид>v</Ид><Значение>В</Значение></Вариант>')}${property('СвойствоНоменклатуры', '<ВариантЗначения><Ид>v</Ид><Значение>В</Значение></ВариантЗначения>')}</Свойства></Классификатор>`));
		expect(file.findings).toEqual([]);
		for (const { property: one } of ofKind(file.records, 'property')) expect(one).toMatchObject({ kind: 'list', choices: [{ id: 'v', value: 'В' }] });
	});
});

describe('properties of the oldest schemas', () => {
	it('have their kind and values in a list of kinds', async () => {
		const list = '<ТипыЗначений><ТипЗначений><Тип>Справочник</Тип><Описание>Цвета</Описание><ВариантыЗначений><ВариантЗначения><Ид>v</Ид><Значение>Красный</Значение></ВариантЗначения></ВариантыЗначений></ТипЗначений></ТипыЗначений>';
		const file = await read(inRoot(`<Классификатор><Ид>k</Ид><Свойства><СвойствоНоменклатуры><Ид>p</Ид><Наименование>Цвет</Наименование>${list}</СвойствоНоменклатуры></Свойства></Классификатор>`, ' ВерсияСхемы="2.03"'));
		expect(file.findings).toEqual([]);
		expect(ofKind(file.records, 'property')[0]?.property).toMatchObject({ id: 'p', name: 'Цвет', kind: 'list', choices: [{ id: 'v', value: 'Красный' }] });
	});
});

describe('what is not understood is found', () => {
	const good = (content: string): string => catalog(`<Товар><Ид>g</Ид>${content}</Товар>`);

	it.each<[string, string, string[]]>([
		['an element', good('<Срок>1</Срок>'), ['COMMERCEML_ELEMENT_UNKNOWN Каталог/Товары/Товар/Срок']],
		['an element inside', good('<Изготовитель><Ид>m</Ид><Страна>x</Страна></Изготовитель>'), ['COMMERCEML_ELEMENT_UNKNOWN Каталог/Товары/Товар/Изготовитель/Страна']],
		['an element in a text', good('<Наименование>a<b/>c</Наименование>'), ['COMMERCEML_ELEMENT_UNKNOWN Каталог/Товары/Товар/Наименование/b']],
		['an element beside the goods', catalog('<Набор/>'), ['COMMERCEML_ELEMENT_UNKNOWN Каталог/Товары/Набор']],
		['an element of the outermost one', inRoot('<Прайс/>'), ['COMMERCEML_ELEMENT_UNKNOWN Прайс']],
		['an element of another namespace', `<КоммерческаяИнформация xmlns="u"><Каталог xmlns="v"/></КоммерческаяИнформация>`, ['COMMERCEML_ELEMENT_UNKNOWN {v}Каталог']],
		['the attribute that Bitrix ignores', catalog('<Товар Статус="Удален"><Ид>g</Ид></Товар>'), ['COMMERCEML_ATTRIBUTE_UNKNOWN Каталог/Товары/Товар/@Статус']],
		['an attribute of a text', good('<Артикул x="1">a</Артикул>'), ['COMMERCEML_ATTRIBUTE_UNKNOWN Каталог/Товары/Товар/Артикул/@x']],
		['an attribute of a list', inRoot('<Каталог x="1"><Ид>c</Ид></Каталог>'), ['COMMERCEML_ATTRIBUTE_UNKNOWN Каталог/@x']],
		['an attribute of the goods', inRoot('<Каталог><Ид>c</Ид><Товары x="1"/></Каталог>'), ['COMMERCEML_ATTRIBUTE_UNKNOWN Каталог/Товары/@x']],
		['a text beside elements', good('Товар'), ['COMMERCEML_TEXT_STRAY Каталог/Товары/Товар']],
		['a text beside the goods', catalog('Товар'), ['COMMERCEML_TEXT_STRAY Каталог/Товары']],
		['an element twice', good('<Артикул>a</Артикул><Артикул>b</Артикул>'), ['COMMERCEML_ELEMENT_REPEATED Каталог/Товары/Товар/Артикул']],
		['a weight twice', good('<Вес>1</Вес><ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Вес</Наименование><Значение>2</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>'), ['COMMERCEML_ELEMENT_REPEATED Каталог/Товары/Товар/ЗначенияРеквизитов/Вес']],
		['no id', catalog('<Товар><Наименование>a</Наименование></Товар>'), ['COMMERCEML_ID_MISSING Каталог/Товары/Товар']],
		['a list without an id', inRoot('<Каталог><Товары/></Каталог>'), ['COMMERCEML_ID_MISSING Каталог']],
		['no number', good('<Вес>много</Вес>'), ['COMMERCEML_VALUE_INVALID Каталог/Товары/Товар/Вес']],
		['no flag', good('<ПометкаУдаления>да</ПометкаУдаления>'), ['COMMERCEML_VALUE_INVALID Каталог/Товары/Товар/ПометкаУдаления']],
		['a status', good('<Статус>Пропал</Статус>'), ['COMMERCEML_VALUE_INVALID Каталог/Товары/Товар/Статус']],
		['a unit without a code', good('<БазоваяЕдиница>рулон</БазоваяЕдиница>'), ['CATALOG_UNIT_WITHOUT_CODE Каталог/Товары/Товар/БазоваяЕдиница']],
		['a price without an amount', offers('<Предложение><Ид>o</Ид><Цены><Цена><ИдТипаЦены>t</ИдТипаЦены></Цена></Цены></Предложение>'), ['COMMERCEML_VALUE_MISSING ПакетПредложений/Предложения/Предложение/Цены/Цена']],
		['a store without an amount', offers('<Предложение><Ид>o</Ид><Склад ИдСклада="s"/></Предложение>'), ['COMMERCEML_VALUE_MISSING ПакетПредложений/Предложения/Предложение/Склад']],
		['an amount without a store', offers('<Предложение><Ид>o</Ид><Склад КоличествоНаСкладе="1"/></Предложение>'), ['COMMERCEML_ID_MISSING ПакетПредложений/Предложения/Предложение/Склад']],
		['a kind of property', inRoot('<Классификатор><Ид>k</Ид><Свойства><Свойство><Ид>p</Ид><ТипЗначений>Цвет</ТипЗначений></Свойство></Свойства></Классификатор>'), ['COMMERCEML_VALUE_INVALID Классификатор/Свойства/Свойство/ТипЗначений']],
		['a head behind its goods', inRoot('<Каталог><Товары/><Ид>c</Ид></Каталог>'), ['COMMERCEML_ID_MISSING Каталог', 'COMMERCEML_HEAD_LATE Каталог/Ид']],
	])('%s', async (_, xml, expected) => expect(codes(await read(xml))).toEqual(expected));

	it('once for each place, with the first object and the number', async () => {
		const { findings } = await read(catalog(Array.from({ length: 500 }, (_, index) => `<Товар><Ид>g${index}</Ид><Срок>1</Срок></Товар>`).join('')));
		expect(findings).toMatchObject([{ code: 'COMMERCEML_ELEMENT_UNKNOWN', object: 'g0', count: 500 }]);
		expect(findings[0]?.text).toContain('Срок');
		expect(findings[0]?.advice).not.toBe('');
	});

	it('even if there is no end of different things', async () => {
		const { findings } = await read(catalog(Array.from({ length: 5000 }, (_, index) => `<Товар><Ид>g</Ид><x${index}/></Товар>`).join('')));
		expect(findings).toHaveLength(1000);
	});
});

describe('what is no CommerceML', () => {
	it.each([
		['a page', '<html><body>Вход</body></html>', 'COMMERCEML_ROOT_UNKNOWN'],
		['a page as browsers take it', '<!DOCTYPE html><html></html>', 'XML_DOCTYPE_REFUSED'],
		['an answer', 'failure\nОшибка', 'XML_MALFORMED'],
		['nothing', '', 'XML_TRUNCATED'],
	])('%s is refused', async (_, text, code) => await expect(read(text)).rejects.toMatchObject({ code }));

	it('gives nothing of what stands behind a fault', async () => {
		const xml = catalog('<Товар><Ид>a</Ид></Товар>').replace('</Товары>', '</Товар>');
		const records: CmlRecord[] = [];
		const reading = (async () => {
			for await (const record of readCommerceMl([utf8(xml)], new Findings())) records.push(record);
		})();
		await expect(reading).rejects.toMatchObject({ code: 'XML_MALFORMED' });
	});
});
