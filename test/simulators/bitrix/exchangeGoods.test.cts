import { freshExchange } from './exchangeBench.cts';
import { encodeWindows1251 } from './exchange/windows1251.cts';
import { bareGood, catalogFile, good, group, requisite, requisites, store, tag, withGroups } from './exchangeXml.cts';

const bench = freshExchange();

describe('goods', () => {
	it('have everything that the file says', async () => {
		await bench.sendGoods(
			[
				tag('Товар', [
					tag('Ид', 'g'),
					tag('Артикул', 'TS-1'),
					tag('Штрихкод', '4600000000017'),
					tag('Наименование', 'Футболка &quot;К&quot; &amp; Ко'),
					tag('БазоваяЕдиница', 'шт', { Код: '796' }),
					tag('Группы', [tag('Ид', 's2'), tag('Ид', 's1'), tag('Ид', 'unknown')]),
					tag('Описание', 'Текст'),
					tag('Изготовитель', [tag('Ид', 'm1'), tag('Наименование', 'Фабрика')]),
					tag('СтавкиНалогов', tag('СтавкаНалога', [tag('Наименование', 'НДС'), tag('Ставка', '20')])),
					tag('ХарактеристикиТовара', tag('ХарактеристикаТовара', [tag('Наименование', 'Цвет'), tag('Значение', 'Синий')])),
					requisites(requisite('Полное наименование', 'Полное'), requisite('Вес', '0,18')),
				]),
			],
			withGroups(group('s1', 'S1'), group('s2', 'S2')),
		);
		expect(bench.element('g')).toMatchObject({
			name: 'Футболка "К" & Ко',
			active: 'Y',
			code: 'futbolka-k-ko',
			detailText: 'Текст',
			detailTextType: 'text',
			previewText: 'Полное',
			weight: 180,
			type: 1,
			iblockSectionId: bench.section('s2')?.id,
			iblockSection: [bench.section('s2')?.id, bench.section('s1')?.id],
		});
		expect(bench.tables.measures.get(bench.element('g')?.measure ?? 0)?.code).toBe(796);
		const manufacturer = bench.tables.enums.all().find(({ xmlId }) => xmlId === 'm1');
		expect(manufacturer?.value).toBe('Фабрика');
		const codes = [
			'CML2_ARTICLE',
			'CML2_BAR_CODE',
			'CML2_BASE_UNIT',
			'CML2_TAXES',
			'CML2_ATTRIBUTES',
			'CML2_TRAITS',
			'CML2_MANUFACTURER',
		];
		expect(codes.map((code) => bench.values('g', code))).toEqual([
			['TS-1'],
			['4600000000017'],
			['шт'],
			[['НДС', '20']],
			[['Цвет', 'Синий']],
			[
				['Полное наименование', 'Полное'],
				['Вес', '0,18'],
			],
			[manufacturer?.id],
		]);
	});

	it('without a name are not made, and nothing of them is changed', async () => {
		await bench.sendGoods([bareGood('g', tag('Артикул', '1'))]);
		expect(bench.element('g')).toBeUndefined();
		await bench.sendGoods([good('g')]);
		await bench.sendGoods([bareGood('g', tag('Описание', 'x'))]);
		expect(bench.element('g')?.detailText).toBeNull();
	});

	it('keep what is not mentioned', async () => {
		await bench.sendGoods(
			[good('g', tag('Описание', 'x'), tag('Вес', '2'), tag('Артикул', 'a'), tag('Группы', tag('Ид', 's')))],
			withGroups(group('s', 'S')),
		);
		await bench.sendGoods([good('g')]);
		expect(bench.element('g')).toMatchObject({ detailText: 'x', weight: 2000, iblockSectionId: bench.section('s')?.id });
		expect(bench.values('g', 'CML2_ARTICLE')).toEqual(['a']);
		await bench.sendGoods([good('g', tag('Описание', ''), tag('Группы', ''))]);
		expect(bench.element('g')).toMatchObject({ detailText: null, iblockSectionId: null, iblockSection: [] });
	});

	it('lie in the root when their group is not known', async () => {
		await bench.sendGoods([good('g', tag('Группы', tag('Ид', 's')))], withGroups(group('s', 'S')));
		await bench.sendGoods([good('g', tag('Группы', tag('Ид', 'unknown')))]);
		expect(bench.element('g')?.iblockSection).toEqual([]);
	});

	it('a tag in a description makes it HTML; a requisite may bring HTML, too', async () => {
		await bench.sendGoods([
			good('a', tag('Описание', '1 &lt; 2')),
			good('b', tag('Описание', '&lt;p&gt;x&lt;/p&gt;')),
			good('c', tag('Описание', 'x'), requisites(requisite('ОписаниеВФорматеHTML', 'plain'))),
		]);
		expect(['a', 'b', 'c'].map((id) => [bench.element(id)?.detailText, bench.element(id)?.detailTextType])).toEqual([
			['1 < 2', 'text'],
			['<p>x</p>', 'html'],
			['plain', 'html'],
		]);
	});

	it.each([
		['006', 6],
		['6', 6],
		['112', 112],
	])('the unit %s is the one with code %d', async (code, known) => {
		await bench.sendGoods([good('g', tag('БазоваяЕдиница', 'x', { Код: code }))]);
		expect(bench.tables.measures.get(bench.element('g')?.measure ?? 0)?.code).toBe(known);
	});

	it('a unit may be named by its text, or by the site’s own id; an unknown one counts for nothing', async () => {
		await bench.sendGoods([
			good('a', tag('БазоваяЕдиница', '166')),
			good('b', tag('БазоваяЕдиница', 'x', { Код: '2' })),
			good('c', tag('БазоваяЕдиница', 'шт')),
		]);
		expect(['a', 'b', 'c'].map((id) => bench.tables.measures.get(bench.element(id)?.measure ?? 0)?.code)).toEqual([
			166, 112, 796,
		]);
	});

	it('units that the site lacks are added, others stay', async () => {
		const unit = (code: string, name: string): string =>
			tag('ЕдиницаИзмерения', [tag('Код', code), tag('НаименованиеПолное', name), tag('НаименованиеКраткое', 'уп')]);
		await bench.sendGoods([], { more: tag('ЕдиницыИзмерения', [unit('778', 'Упаковка'), unit('006', 'Другой метр')]) });
		const measures = bench.tables.measures.all();
		expect(measures.find(({ code }) => code === 778)).toMatchObject({ measureTitle: 'Упаковка', symbol: 'уп' });
		expect(measures.filter(({ code }) => code === 6).map(({ measureTitle }) => measureTitle)).toEqual(['Метр']);
	});

	it('names are transliterated into free codes, which follow the name unless the site wants them to stay', async () => {
		await bench.sendGoods([bareGood('a', tag('Наименование', 'Ёж №1')), bareGood('b', tag('Наименование', 'Ёж! №1'))]);
		expect([bench.element('a')?.code, bench.element('b')?.code]).toEqual(['yezh-1', 'yezh-11']);
		await bench.sendGoods([bareGood('a', tag('Наименование', 'Уж'))]);
		bench.set({ translitOnUpdate: false });
		await bench.sendGoods([bareGood('b', tag('Наименование', 'Уж'))]);
		expect([bench.element('a')?.code, bench.element('b')?.code]).toEqual(['uzh', 'yezh-11']);
	});

	it('one more decimal mark can be named', async () => {
		await bench.sendGoods([good('g', tag('Вес', '0·5'))], { root: { ФорматСуммы: 'ЧЦ=15; ЧДЦ=2; ЧРД=·' } });
		expect(bench.element('g')?.weight).toBe(500);
	});
});

describe('what did not change is left out', () => {
	const edit = (): void => void bench.tables.elements.update(bench.element('g')?.id ?? 0, { name: 'By hand', active: 'N' });

	it('so manual edits survive until the XML changes; only hidden elements are shown again', async () => {
		await bench.sendGoods([good('g', tag('Описание', 'x'))]);
		edit();
		await bench.sendGoods([good('g', tag('Описание', 'x'))]);
		expect(bench.element('g')).toMatchObject({ name: 'By hand', active: 'Y' });
		await bench.sendGoods([good('g', tag('Описание', 'y'))]);
		expect(bench.element('g')).toMatchObject({ name: 'Товар g', active: 'Y' });
	});

	it('НомерВерсии decides where it is given, whatever else changed', async () => {
		await bench.sendGoods([good('g', tag('НомерВерсии', '1'))]);
		edit();
		await bench.sendGoods([good('g', tag('НомерВерсии', '1'), tag('Описание', 'new'))]);
		expect(bench.element('g')).toMatchObject({ name: 'By hand', detailText: null });
		await bench.sendGoods([good('g', tag('НомерВерсии', '2'), tag('Описание', 'new'))]);
		expect(bench.element('g')).toMatchObject({ name: 'Товар g', detailText: 'new' });
	});

	it('unless the site does not compare', async () => {
		bench.set({ useCrc: false });
		await bench.sendGoods([good('g')]);
		edit();
		await bench.sendGoods([good('g')]);
		expect(bench.element('g')?.name).toBe('Товар g');
	});

	it('a new position in the file is no change', async () => {
		await bench.sendGoods([good('g'), good('h')]);
		edit();
		await bench.sendGoods([good('h'), good('g')]);
		expect(bench.element('g')?.name).toBe('By hand');
	});
});

describe('deletion', () => {
	beforeEach(async () => void (await bench.sendGoods([good('g')])));

	it.each([
		['the status, with an id only', bareGood('g', tag('Статус', 'Удален')), 'N'],
		['the mark, with a name', good('g', tag('ПометкаУдаления', 'true')), 'N'],
		['the mark without a name', bareGood('g', tag('ПометкаУдаления', 'true')), 'Y'],
		['an attribute', good('g').replace('<Товар>', '<Товар Статус="Удален">'), 'Y'],
		['another status', bareGood('g', tag('Статус', 'Новый')), 'Y'],
	])('%s', async (_case, xml, active) => {
		await bench.sendGoods([xml]);
		expect(bench.element('g')?.active).toBe(active);
	});

	it('of what is not there makes nothing, and any later update brings the element back', async () => {
		await bench.sendGoods([
			bareGood('x', tag('Статус', 'Удален')),
			good('y', tag('ПометкаУдаления', 'true')),
			bareGood('g', tag('Статус', 'Удален')),
		]);
		expect([bench.element('x'), bench.element('y'), bench.element('g')?.active]).toEqual([undefined, undefined, 'N']);
		await bench.sendGoods([good('g')]);
		expect(bench.element('g')?.active).toBe('Y');
	});
});

describe('stores', () => {
	it('are found by id and renamed, or made; a phone and a comment are taken', async () => {
		const contact = tag('Контакты', tag('Контакт', [tag('Тип', 'ТелефонРабочий'), tag('Значение', '+7')]));
		const more = tag('Склады', [
			store('store-main', 'New'),
			store('new', 'Shop', tag('Адрес', tag('Представление', 'Москва')), tag('Комментарий', 'x'), contact),
		]);
		await bench.sendGoods([], { more });
		const find = (xmlId: string): unknown => bench.tables.stores.all().find((row) => row.xmlId === xmlId);
		expect(find('store-main')).toMatchObject({ title: 'New', address: 'Москва, ул. Складская, 1' });
		expect(find('new')).toMatchObject({ title: 'Shop', address: 'Москва', description: 'x', phone: '+7', active: 'Y' });
		expect(bench.tables.stores.size).toBe(4);
	});
});

it('goods with a # are goods in one block, and left out where variants have their own', async () => {
	await bench.sendGoods([good('a#b')]);
	bench.set({ useOffers: true });
	await bench.sendGoods([good('c#d')]);
	expect([bench.element('a#b')?.xmlId, bench.element('c#d')]).toEqual(['a#b', undefined]);
});

it('a file may be in windows-1251', async () => {
	await bench.goods.send(encodeWindows1251(catalogFile([good('g')]).replace('UTF-8', 'windows-1251')));
	expect(bench.element('g')?.name).toBe('Товар g');
});
