import { catalogIds, cmlGood, cmlOffer, goodsDocument, offersDocument, restsDocument, writeDocument, XmlWriter, type CmlClassifier, type CmlDocument, type CmlGood, type CmlGroup, type CmlProperty, type SyncError } from '../../../core';
import { log, textOf } from './files';

const ids = catalogIds();
const formed = '2026-11-21T12:00:00';
const group = (id: string, parentId: string | null, said: Partial<CmlGroup> = {}): CmlGroup => ({ id, parentId, name: id, description: null, sort: null, code: null, picture: null, removed: false, ...said });
const colour: CmlProperty = { id: 'colour', name: 'Цвет', kind: 'list', multiple: false, isDirectory: false, choices: [{ id: 'red', value: 'Красный' }] };
const note: CmlProperty = { ...colour, id: 'note', name: 'Заметка', kind: 'string', choices: [] };
const classifier: CmlClassifier = { groups: [group('top', null), group('inner', 'top')], properties: [colour, note], units: [] };

async function refusedBy<Item>(document: CmlDocument<Item>, item: Item): Promise<string | undefined> {
	const report = log();
	await textOf(writeDocument(document, [item], report));
	return report.refused[0]?.code;
}

const begin = <Item>(document: CmlDocument<Item>): void => document.begin(new XmlWriter());
const code = (expected: string): SyncError => expect.objectContaining({ code: expected }) as SyncError;

describe('a good that would do damage is not written', () => {
	it.each<[string, Partial<CmlGood>, string | undefined]>([
		['a good', {}, undefined],
		['no id', { id: '' }, 'COMMERCEML_ID_INVALID'],
		['spaces around its id', { id: ' a' }, 'COMMERCEML_ID_INVALID'],
		['a line end in its id', { id: 'a\nb' }, 'COMMERCEML_ID_INVALID'],
		['half a character in its id', { id: 'a\uD800' }, 'COMMERCEML_ID_INVALID'],
		['a control character in its id', { id: 'a\u0001' }, 'COMMERCEML_ID_INVALID'],
		['an id that Bitrix would cut', { id: 'я'.repeat(256) }, 'COMMERCEML_ID_INVALID'],
		['the longest id', { id: 'я'.repeat(255) }, undefined],
		['the id of a variant, which Bitrix passes over here', { id: 'a#b' }, 'CATALOG_KEY_FORBIDDEN'],
		['no name', { name: null }, 'COMMERCEML_NAME_MISSING'],
		['a blank name', { name: ' \u00A0\n' }, 'COMMERCEML_NAME_MISSING'],
		['a name of which XML allows nothing', { name: '\u0001\uFFFE' }, 'COMMERCEML_NAME_MISSING'],
		['no name, but it is removed', { name: null, removed: true }, undefined],
		['a group of the file', { groups: ['inner', 'top'] }, undefined],
		['no group', { groups: [] }, undefined],
		['a group that is not in the file, for which it would move to the top', { groups: ['top', 'other'] }, 'COMMERCEML_GROUP_UNKNOWN'],
		['a property of the file', { properties: [{ id: 'note', values: ['x'] }, { id: 'colour', values: ['red'] }] }, undefined],
		['an emptied property', { properties: [{ id: 'colour', values: [] }] }, undefined],
		['a property of Bitrix', { properties: [{ id: 'CML2_SORT', values: ['100'] }] }, undefined],
		['a property that is not in the file', { properties: [{ id: 'size', values: ['x'] }] }, 'COMMERCEML_PROPERTY_UNKNOWN'],
		['the text of a value instead of its id, which would empty the property', { properties: [{ id: 'colour', values: ['Красный'] }] }, 'COMMERCEML_CHOICE_UNKNOWN'],
		['a picture', { pictures: [{ path: 'import_files/0a/ms_0a1b.jpg', description: null }] }, undefined],
		['a picture with a name that sites refuse', { pictures: [{ path: 'import_files/фото.jpg', description: null }] }, 'EXCHANGE_FILE_NAME'],
		['a picture outside of its folder', { pictures: [{ path: '../a.jpg', description: null }] }, 'EXCHANGE_FILE_NAME'],
		['a picture that is a script', { pictures: [{ path: 'a.php', description: null }] }, 'EXCHANGE_FILE_NAME'],
		['a weight', { weight: '0.18' }, undefined],
		['a weight below 0', { weight: '-1' }, 'COMMERCEML_NUMBER_UNFIT'],
		['a weight with its unit', { weight: '1 кг' }, 'COMMERCEML_NUMBER_UNFIT'],
		['a width that is no number', { width: 'NaN' }, 'COMMERCEML_NUMBER_UNFIT'],
	])('%s', async (_, said, expected) => expect(await refusedBy(goodsDocument({ ids, formed, classifier }), cmlGood({ id: 'a', name: 'A', ...said }))).toBe(expected));

	it.each([
		['a product', 'a', undefined],
		['a variant', 'a#b', undefined],
		['a variant without a product', '#b', 'COMMERCEML_ID_INVALID'],
		['a variant without an id', 'a#', 'COMMERCEML_ID_INVALID'],
		['two marks, of which Bitrix takes the first', 'a#b#c', 'COMMERCEML_ID_INVALID'],
	])('%s among the offers', async (_, id, expected) => expect(await refusedBy(offersDocument({ ids, formed }), cmlOffer({ id, name: 'A' }))).toBe(expected));
});

describe('what stands before the goods', () => {
	const withGroups = (groups: CmlGroup[]): CmlDocument<CmlGood> => goodsDocument({ ids, formed, classifier: { ...classifier, groups } });
	const withProperties = (properties: CmlProperty[]): CmlDocument<CmlGood> => goodsDocument({ ids, formed, classifier: { ...classifier, properties } });

	it.each<[string, CmlDocument<CmlGood>, string]>([
		['a group without its parent, which would move to the top', withGroups([group('inner', 'top')]), 'COMMERCEML_GROUP_UNKNOWN'],
		['groups in a circle', withGroups([group('a', 'b'), group('b', 'a'), group('c', null)]), 'CATALOG_SECTION_CYCLE'],
		['a group in itself', withGroups([group('a', 'a')]), 'CATALOG_SECTION_CYCLE'],
		['a group twice', withGroups([group('a', null), group('a', null)]), 'COMMERCEML_ID_REPEATED'],
		['a group without a name', withGroups([group('a', null, { name: ' ' })]), 'COMMERCEML_NAME_MISSING'],
		['a group without an id', withGroups([group('', null)]), 'COMMERCEML_ID_INVALID'],
		['a property without a name', withProperties([{ ...colour, name: null }]), 'COMMERCEML_NAME_MISSING'],
		['a value twice', withProperties([{ ...colour, choices: [...colour.choices, ...colour.choices] }]), 'COMMERCEML_ID_REPEATED'],
		['values of a directory, for which the site would make one of its own', withProperties([{ ...colour, isDirectory: true }]), 'COMMERCEML_DIRECTORY_VALUES'],
		['a value without an id', withProperties([{ ...colour, choices: [{ id: '', value: 'x' }] }]), 'COMMERCEML_ID_INVALID'],
	])('cannot be %s', (_, document, expected) => expect(() => begin(document)).toThrow(code(expected)));

	it('has removed groups with their name or by their id alone', async () => {
		const text = await textOf(writeDocument(withGroups([group('a', null, { removed: true }), group('b', null, { removed: true, name: null })]), [], log()));
		expect(text).toContain('<Ид>a</Ид>\n<Наименование>a</Наименование>\n<ПометкаУдаления>true</ПометкаУдаления>');
		expect(text).toContain('<Ид>b</Ид>\n<Статус>Удален</Статус>');
	});

	it('has no list without values: Bitrix would pass the property over', async () => {
		const text = await textOf(writeDocument(withProperties([{ ...colour, choices: [] }]), [], log()));
		expect(text).toContain('<ТипЗначений>Справочник</ТипЗначений>\n</Свойство>');
	});

	it('gives several values of a list each in an element of its own: of bare ones Bitrix takes the first', async () => {
		const properties = [{ ...colour, multiple: true, choices: [{ id: 'red', value: 'К' }, { id: 'blue', value: 'С' }] }, note];
		const item = cmlGood({ id: 'a', name: 'A', properties: [{ id: 'colour', values: ['red', 'blue'] }, { id: 'note', values: ['x', 'y'] }] });
		const text = await textOf(writeDocument(withProperties(properties), [item], log()));
		expect(text).toContain('<ЗначениеСвойства>\n<Значение>red</Значение>\n</ЗначениеСвойства>\n<ЗначениеСвойства>\n<Значение>blue</Значение>\n</ЗначениеСвойства>');
		expect(text).toContain('<Ид>note</Ид>\n<Значение>x</Значение>\n<Значение>y</Значение>');
	});

	it.each([
		['stores', () => restsDocument({ ids, formed, stores: [{ id: 'a', name: null, address: null, comment: null, contacts: [] }] }), 'COMMERCEML_NAME_MISSING'],
		['price types', () => offersDocument({ ids, formed, priceTypes: { types: [{ id: ' a', name: 'A', currency: 'RUB', tax: null }], isComplete: true } }), 'COMMERCEML_ID_INVALID'],
		['currencies', () => offersDocument({ ids, formed, priceTypes: { types: [{ id: 'a', name: 'A', currency: 'руб', tax: null }], isComplete: true } }), 'COMMERCEML_CURRENCY_INVALID'],
	])('needs fit %s', (_, make, expected) => expect(make).toThrow(code(expected)));
});

describe('the ids of a catalog', () => {
	it('are those of the exchange of MoySklad, so that a site keeps its goods', () =>
		expect(catalogIds()).toMatchObject({ catalogId: 'bd72d8f9-55bc-11d9-848a-00112f43529a', classifierId: 'bd72d8f9-55bc-11d9-848a-00112f43529a', packageId: 'bd72d8f9-55bc-11d9-848a-00112f43529a#' }));

	it('follow what is said', () => {
		expect(catalogIds({ catalogId: 'c', catalogName: 'К' })).toMatchObject({ catalogId: 'c', classifierId: 'c', packageId: 'c#', packageName: 'К' });
		expect(catalogIds({ classifierId: 'k', packageId: 'p', packageName: 'П' })).toMatchObject({ classifierId: 'k', packageId: 'p', packageName: 'П' });
	});

	it('are never empty', () => expect(() => catalogIds({ catalogId: ' ' })).toThrow(code('COMMERCEML_SETTING_INVALID')));

	it('give all packages one name, that of the catalog: each import renames the block', async () => {
		const names = new Set<string | undefined>();
		const texts = [
			await textOf(writeDocument(goodsDocument({ ids, formed }), [], log())), await textOf(writeDocument(offersDocument({ ids, formed }), [], log())),
			await textOf(writeDocument(restsDocument({ ids, formed, stores: [] }), [], log())),
		];
		for (const text of texts) names.add(/<(?:Каталог|ПакетПредложений) [^>]*>(?:\n<Ид[^>]*>[^<]*<[^>]*>)*\n<Наименование>([^<]*)</.exec(text)?.[1]);
		expect([...names]).toEqual([ids.catalogName]);
	});
});
