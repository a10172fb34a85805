import { attribute, element, product, uuid, variant } from '../catalog/items.cts';
import { Site, type Item, type Result } from '../catalog/site.cts';

const codes = (results: Result[]): unknown[] => results.map(({ status, error }) => error?.code ?? status);
const remarks = (results: Result[]): string[] => results.flatMap(({ warnings }) => warnings.map(({ code }) => code));
const create = { attributes: 'create' };

describe('Bitrix Catalog Upsert: properties', () => {
	let site: Site;
	beforeEach(async () => (site = await Site.open()));
	afterEach(async () => await site.close());

	const cup = (...attributes: Item[]) => product('cup', { attributes });
	const idFor = (name: string) => uuid(`attribute ${name}`);
	const named = (name: string) => site.properties().find((property) => property.name === name);

	it('of additional fields: by XML_ID, else by name, and none besides', async () => {
		const byId = site.addProperty({ name: 'Something else', code: 'BRAND', xmlId: idFor('Brand') });
		site.addProperty({ name: 'Brand', code: 'WRONG' });
		site.addProperty({ name: 'origin', code: 'ORIGIN' });
		await site.upsert([cup(attribute('Brand', 'Sever'), attribute('Origin', 'Tula'), attribute('Nowhere', 'x'))]);
		expect(site.values('cup', 'BRAND')).toEqual(['Sever']);
		expect(site.values('cup', 'ORIGIN')).toEqual(['Tula']);
		expect(site.values('cup', 'WRONG')).toEqual([]);
		expect(byId.name).toBe('Something else');
		expect(named('Nowhere')).toBeUndefined();
	});

	it('of additional fields: not of a name that two properties have, and none at all on request', async () => {
		site.addProperty({ name: 'Brand', code: 'ONE' });
		site.addProperty({ name: 'Brand', code: 'TWO' });
		site.addProperty({ name: 'Origin', code: 'ORIGIN' });
		await site.upsert([cup(attribute('Brand', 'Sever'), attribute('Origin', 'Tula'))], { attributes: 'none' });
		await site.upsert([cup(attribute('Brand', 'Sever'))]);
		expect(['ONE', 'TWO', 'ORIGIN'].flatMap((code) => site.values('cup', code))).toEqual([]);
	});

	it('of every kind are made on request, once', async () => {
		const item = cup(
			attribute('Строка', 'a'), attribute('Текст', 'b\r\nc', 'text'), attribute('Целое', 5, 'long'), attribute('Дробное', 2.5, 'double'),
			attribute('Флажок', true, 'boolean'), attribute('Нет', false, 'boolean'), attribute('Дата', '2026-11-21 15:51:00.000', 'time'),
			attribute('Ссылка', 'https://example.com', 'link'), attribute('Бренд', element('Север'), 'customentity'),
			attribute('Файл', 'a.pdf', 'file'), attribute('Поставщик', element('ООО «Ромашка»'), 'counterparty'),
		);
		expect(codes(await site.upsert([item], create))).toEqual(['created']);
		const kinds = Object.fromEntries(site.properties().filter(({ code }) => code?.startsWith('MS_')).map(({ name, propertyType, userType, code, xmlId }) => [name, [propertyType, userType, code, xmlId === idFor(name)]]));
		expect(kinds).toEqual({
			Строка: ['S', null, 'MS_STROKA', true], Текст: ['S', null, 'MS_TEKST', true], Целое: ['N', null, 'MS_TSELOE', true], Дробное: ['N', null, 'MS_DROBNOE', true],
			Флажок: ['L', null, 'MS_FLAZHOK', true], Нет: ['L', null, 'MS_NET', true], Дата: ['S', 'DateTime', 'MS_DATA', true], Ссылка: ['S', null, 'MS_SSYLKA', true],
			Бренд: ['L', null, 'MS_BREND', true], Поставщик: ['L', null, 'MS_POSTAVSHCHIK', true],
		});
		expect(site.values('cup', 'MS_BREND')).toEqual(['Север']);
		expect(site.values('cup', 'MS_FLAZHOK')).toEqual(['Да']);
		expect(site.values('cup', 'MS_NET')).toEqual([]);
		expect(site.values('cup', 'MS_TEKST')).toEqual(['b\nc']);
		site.resetCounters();
		expect(codes(await site.upsert([item], create))).toEqual(['unchanged']);
		expect(site.writes()).toBe(0);
	});

	it('of the same name get codes of their own', async () => {
		await site.upsert([cup(attribute('Цвет', 'a'), attribute('цвет!', 'b'))], create);
		const codesOf = site.properties().flatMap(({ code }) => (code?.startsWith('MS_') ? [code] : []));
		expect(codesOf[0]).toBe('MS_TSVET');
		expect(codesOf[1]).toMatch(/^MS_TSVET_[0-9A-F]{8}$/);
	});

	it('C7: values of dictionaries become variants, at least two, found by their id when they are renamed', async () => {
		await site.upsert([cup(attribute('Бренд', element('Север'), 'customentity'))], create);
		const brand = named('Бренд');
		expect(brand && site.variantsOf(brand)).toEqual(['Север', '—']);
		const renamed = { ...element('Север'), name: 'Север+' };
		expect(codes(await site.upsert([cup(attribute('Бренд', renamed, 'customentity'))], create))).toEqual(['unchanged']);
		await site.upsert([cup(attribute('Бренд', element('Юг'), 'customentity'))], create);
		expect(brand && site.variantsOf(brand)).toEqual(['Север', '—', 'Юг']);
		expect(site.values('cup', 'MS_BREND')).toEqual(['Юг']);
	});

	it('C7: a directory gets the id of the element as UF_XML_ID', async () => {
		site.addProperty({ name: 'Бренд', code: 'BRAND_REF', userType: 'directory' });
		const item = cup(attribute('Бренд', element('Север'), 'customentity'));
		await site.upsert([item]);
		expect(site.values('cup', 'BRAND_REF')).toEqual([uuid('Север')]);
		expect(codes(await site.upsert([item]))).toEqual(['unchanged']);
	});

	it('T12: a yes or no of the shop is written as such, and a second value makes a real list of it', async () => {
		const hit = site.addProperty({ name: 'Хит', code: 'HIT', propertyType: 'L' });
		site.addVariants(hit, 'да');
		await site.upsert([cup(attribute('Хит', true, 'boolean'))]);
		expect(site.values('cup', 'HIT')).toEqual(['да']);
		const [off] = await site.upsert([cup(attribute('Хит', false, 'boolean'))]);
		expect(off?.changes).toEqual([{ field: 'Хит', from: 'yes', to: 'no' }]);
		expect(site.values('cup', 'HIT')).toEqual([]);
		await site.upsert([cup(attribute('Хит', 'Суперхит'))]);
		expect(site.variantsOf(hit)).toEqual(['да', 'Суперхит']);
		expect(site.values('cup', 'HIT')).toEqual(['Суперхит']);
	});

	it('T3: several values are written whole, and compared without regard to their order', async () => {
		await site.upsert([product('cup', { barcodes: [{ ean13: '1' }, { code128: '2' }] })], { options: { codedProperties: true } });
		expect(site.values('cup', 'CML2_BAR_CODE')).toEqual(['1', '2']);
		expect(codes(await site.upsert([product('cup', { barcodes: [{ code128: '2' }, { ean13: '1' }] })]))).toEqual(['unchanged']);
		const [result] = await site.upsert([product('cup', { barcodes: [{ code128: '2' }, { ean13: '3' }] })]);
		expect(result?.changes).toEqual([{ field: 'Штрихкод', from: ['1', '2'], to: ['2', '3'] }]);
		expect(site.values('cup', 'CML2_BAR_CODE')).toEqual(['2', '3']);
	});

	it('a property for one value takes the first barcode', async () => {
		site.addProperty({ name: 'Barcode', code: 'CML2_BAR_CODE' });
		await site.upsert([product('cup', { barcodes: [{ ean13: '1' }, { code128: '2' }] })]);
		expect(site.values('cup', 'CML2_BAR_CODE')).toEqual(['1']);
	});

	it('article and barcodes of offers are their own', async () => {
		const shirt = product('shirt', { variantsCount: 1, barcodes: [{ ean13: '1' }] });
		await site.upsert([shirt, variant('red', shirt, { Цвет: 'Красный' }, { article: 'R-1', barcodes: [{ ean13: '2' }] })], { options: { codedProperties: true } });
		expect([site.values('shirt#red', 'CML2_ARTICLE'), site.values('shirt#red', 'CML2_BAR_CODE')]).toEqual([['R-1'], ['2']]);
		expect(site.values('shirt', 'CML2_BAR_CODE')).toEqual(['1']);
	});

	it('values that do not fit are remarks, and the rest of the item is written', async () => {
		site.addProperty({ name: 'Размер', code: 'SIZE', propertyType: 'N' });
		site.addProperty({ name: 'Связь', code: 'LINKED', propertyType: 'E' });
		site.addProperty({ name: 'Срок', code: 'UNTIL', userType: 'Date' });
		const results = await site.upsert([cup(attribute('Размер', 'big'), attribute('Связь', 'other'), attribute('Срок', 'never'))]);
		expect(codes(results)).toEqual(['created']);
		expect(remarks(results)).toEqual(['CATALOG_VALUE_UNFIT', 'CATALOG_VALUE_UNFIT', 'CATALOG_VALUE_UNFIT']);
		expect(results[0]?.warnings[0]?.message).toBe('The value “big” cannot be written into Размер');
	});

	it.each([
		['Date', '2026-11-21 01:30:00.000', 'time', '2026-11-21'],
		['HTML', 'a & b', 'text', { text: 'a & b', type: 'TEXT' }],
		['Money', undefined, 'price', '120|RUB'],
	])('of the user type %s are written in its form, and found unchanged', async (userType, value, type, stored) => {
		const property = site.addProperty({ name: 'Особое', code: 'SPECIAL', userType });
		const mapping = { mapping: { change: [{ target: { __rl: true, mode: 'id', value: `property:${property.id}` }, value: 'field', field: { __rl: true, mode: 'id', value: 'price:Цена продажи' }, policy: 'always' }] } };
		const item = type === 'price' ? product('cup', { salePrices: [{ ...(product('x').salePrices as Item[])[0], value: 12000 }] }) : cup(attribute('Особое', value, type));
		const parameters = type === 'price' ? mapping : {};
		await site.upsert([item], parameters);
		expect(site.values('cup', 'SPECIAL')).toEqual([stored]);
		expect(codes(await site.upsert([item], parameters))).toEqual(['unchanged']);
	});

	it('are only announced in a preview', async () => {
		const results = await site.upsert([cup(attribute('Бренд', element('Север'), 'customentity'), attribute('Флажок', true, 'boolean'))], { ...create, preview: true, options: { codedProperties: true } });
		expect(results[0]).toMatchObject({ status: 'planned', bitrixId: null });
		expect(results[0]?.changes).toEqual(expect.arrayContaining([{ field: 'Бренд', from: null, to: 'Север' }, { field: 'Флажок', from: null, to: 'yes' }, { field: 'Артикул', from: null, to: 'A-cup' }]));
		expect(site.writes()).toBe(0);
		expect(site.properties().map(({ code }) => code)).not.toContain('MOYSKLAD_ID');
	});
});
