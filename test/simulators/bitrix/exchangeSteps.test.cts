import { freshExchange, words } from './exchangeBench.cts';
import { catalogFile, classifier, good, group, store, tag, priceType, information, goods } from './exchangeXml.cts';

const bench = freshExchange();

describe('an import', () => {
	it('takes at least ten calls a file, each with progress but the last', async () => {
		await bench.begin({ 'import.xml': catalogFile(goods(3)) });
		const replies = await bench.goods.import('import.xml');
		expect(words(replies)).toEqual([...Array<string>(9).fill('progress'), 'success']);
		expect(replies.every(({ status, headers }) => status === 200 && headers.get('content-type')?.includes('1251'))).toBe(
			true,
		);
		expect(bench.bitrix.exchange.site.steps).toEqual({
			prepare: 1,
			read: 1,
			index: 1,
			metadata: 1,
			sections: 1,
			'section clean-up': 1,
			elements: 1,
			'elements done': 1,
			'element clean-up': 1,
			finish: 1,
		});
	});

	it('imports elements in portions', async () => {
		bench.set({ stepRows: 10 });
		await bench.begin({ 'import.xml': catalogFile(goods(25)) });
		expect(await bench.goods.import('import.xml')).toHaveLength(12);
		expect(bench.bitrix.portal.store.elements.size).toBe(25);
	});

	it('the first text for a second file may be empty', async () => {
		await bench.begin({ 'a.xml': catalogFile(goods(1)), 'b.xml': catalogFile(goods(1)) });
		expect((await bench.goods.import('a.xml'))[0]?.text).toMatch(/^progress\n./);
		expect((await bench.step('b.xml')).text).toBe('progress\n');
	});

	it('once read, the file is not looked at: another name goes on with the first one', async () => {
		await bench.begin({ 'a.xml': catalogFile(goods(1, 'a')), 'b.xml': catalogFile(goods(1, 'b')) });
		for (let call = 0; call < 3; call++) await bench.step('a.xml');
		expect(words(await bench.goods.import('b.xml'))).toHaveLength(7);
		expect([bench.element('a0')?.xmlId, bench.element('b0')]).toEqual(['a0', undefined]);
	});

	it('of a file that is not there fails when it is to be read', async () => {
		await bench.begin({});
		expect((await bench.step('a.xml')).word).toBe('progress');
		expect((await bench.step('a.xml')).text).toContain('открытия');
		expect((await bench.step('a.xml')).text).toContain('открытия');
	});

	it('the role of a file is in its content, not in its name', async () => {
		await bench.begin({ 'offers.xml': catalogFile(goods(1)) });
		await bench.goods.import('offers.xml');
		expect(bench.element('g0')).toBeDefined();
	});

	it('of a classifier alone, or of nothing, does nothing and succeeds', async () => {
		const before = bench.bitrix.portal.store.sections.size;
		for (const xml of [information(classifier(tag('Группы', group('s', 'S')))), 'nothing', information('')]) {
			await bench.begin({ 'a.xml': xml });
			expect((await bench.goods.import('a.xml')).at(-1)?.word).toBe('success');
		}
		expect(bench.bitrix.portal.store.sections.size).toBe(before);
	});
});

describe('failures', () => {
	it('of elements are soft: the portion is done, the next call goes on behind it', async () => {
		bench.set({ stepRows: 2, refusedElements: { g1: 'Не нравится', g4: 'Тоже нет' } });
		await bench.begin({ 'a.xml': catalogFile(goods(5)) });
		const replies = await bench.goods.import('a.xml');
		expect(words(replies).slice(6, 9)).toEqual(['failure', 'progress', 'failure']);
		expect([replies[6]?.text, replies[8]?.text]).toEqual(['failure\nНе нравится', 'failure\nТоже нет']);
		expect(words(replies).at(-1)).toBe('success');
		expect(bench.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId)).toEqual(['g0', 'g2', 'g3']);
	});

	it('of several elements in a portion only the last is told', async () => {
		bench.set({ refusedElements: { g1: 'first', g2: 'last' } });
		await bench.begin({ 'a.xml': catalogFile(goods(5)) });
		const failures = (await bench.goods.import('a.xml')).filter(({ word }) => word === 'failure');
		expect(failures.map(({ lines }) => lines[1])).toEqual(['last']);
		expect(bench.bitrix.portal.store.elements.size).toBe(3);
	});

	it('of metadata come again with every call, until init', async () => {
		await bench.begin({ 'a.xml': catalogFile(goods(1), { more: tag('Склады', '') }), 'b.xml': catalogFile(goods(1)) });
		const replies = await bench.goods.import('a.xml', 8);
		expect(words(replies).slice(3)).toEqual(Array(5).fill('failure'));
		expect(replies[5]?.text).toContain('метаданных');
		expect((await bench.step('b.xml')).word).toBe('failure');
		await bench.goods.call('init');
		await bench.goods.upload('b.xml', catalogFile(goods(1)));
		expect((await bench.goods.import('b.xml')).at(-1)?.word).toBe('success');
	});

	it.each([
		['an empty list of stores', { more: tag('Склады', '') }],
		['an empty address of a store', { more: tag('Склады', store('s', 'S', tag('Адрес', tag('Представление', '')))) }],
		['a price type named twice', { more: tag('ТипыЦен', [priceType('p', 'A'), priceType('p', 'B')]) }],
		['a new block without a name', { id: 'new', name: '' }],
	])('%s is one of metadata', async (_case, file) => {
		await bench.begin({ 'a.xml': catalogFile(goods(1), file) });
		bench.bitrix.portal.store.iblocks.update(bench.bitrix.catalogs.main.products, { xmlId: null });
		expect(words(await bench.goods.import('a.xml', 4))[3]).toBe('failure');
		expect(bench.element('g0')).toBeUndefined();
	});

	it('editions with one price type or one store take no second', async () => {
		bench.set({ singlePriceType: true });
		await bench.begin({ 'a.xml': catalogFile(goods(1), { more: tag('ТипыЦен', priceType('p', 'Second')) }) });
		expect(words(await bench.goods.import('a.xml', 4))[3]).toBe('failure');
		bench.set({ singleStore: true });
		await bench.begin({ 'a.xml': catalogFile(goods(1), { more: tag('Склады', store('new', 'Second')) }) });
		expect(words(await bench.goods.import('a.xml', 4))[3]).toBe('failure');
		await bench.begin({ 'a.xml': catalogFile(goods(1), { more: tag('Склады', store('store-main', 'Known')) }) });
		expect((await bench.goods.import('a.xml')).at(-1)?.word).toBe('success');
	});

	it('CDATA with tags in a description kills the request, again and again', async () => {
		await bench.begin({ 'a.xml': catalogFile([good('g', tag('Описание', '<![CDATA[<b>x</b>]]>'))]) });
		const replies = await bench.goods.import('a.xml');
		expect(replies.at(-1)).toMatchObject({ status: 500, text: '' });
		expect((await bench.step('a.xml')).status).toBe(500);
	});

	it('a required property that is missing, and a code that is taken, are told of the element', async () => {
		const { portal, catalogs } = bench.bitrix;
		const property = portal.store.properties.where('iblockId', catalogs.main.products)[0];
		portal.store.properties.update(property?.id ?? 0, { isRequired: 'Y' });
		await bench.begin({ 'a.xml': catalogFile(goods(1)) });
		expect((await bench.goods.import('a.xml')).find(({ word }) => word === 'failure')?.text).toContain('обязательно');
		portal.store.properties.update(property?.id ?? 0, { isRequired: 'N' });
		const coded = (id: string): string =>
			good(id, tag('ЗначенияСвойств', tag('ЗначенияСвойства', [tag('Ид', 'CML2_CODE'), tag('Значение', 'same')])));
		await bench.begin({ 'a.xml': catalogFile([coded('a'), coded('b')]) });
		expect((await bench.goods.import('a.xml')).find(({ word }) => word === 'failure')?.text).toContain('same');
		expect([bench.element('a')?.code, bench.element('b')]).toEqual(['same', undefined]);
	});
});
