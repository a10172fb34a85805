import { freshExchange } from './exchangeBench.cts';
import type { ExchangeReply } from './exchangeClient.cts';
import { good, listProperty, property, tag, value, values, withProperties } from './exchangeXml.cts';

const bench = freshExchange();

describe('properties', () => {
	it('have a type, variants, and a code of their own', async () => {
		await bench.sendGoods(
			[],
			withProperties(
				listProperty('l', 'Материал', { c: 'Хлопок', l: 'Лён' }, tag('Множественное', 'true')),
				property('n', 'Число', tag('ТипЗначений', 'Число')),
				property('s', 'Страна', tag('ТипЗначений', 'Строка')),
				property('d', 'День', tag('ТипЗначений', 'Даты')),
				property('t', 'Время', tag('ТипЗначений', 'ДатаВремя')),
				property('u', 'Что-то', tag('ТипЗначений', 'Неизвестное')),
				property('h', 'Бренд', tag('ТипЗначений', 'Справочник'), tag('Внешний', 'true')),
			),
		);
		const shown = ['l', 'n', 's', 'd', 't', 'u', 'h'].map((id) => {
			const { propertyType, userType, multiple, code } = bench.property(id) ?? {};
			return [propertyType, userType, multiple, code];
		});
		expect(shown).toEqual([
			['L', null, 'Y', 'MATERIAL'],
			['N', null, 'N', 'CHISLO'],
			['S', null, 'N', 'STRANA'],
			['S', 'Date', 'N', 'DEN'],
			['S', 'DateTime', 'N', 'VREMYA'],
			['S', null, 'N', 'CHTO_TO'],
			['S', 'directory', 'N', 'BREND'],
		]);
		expect(
			bench.tables.enums.where('propertyId', bench.property('l')?.id).map(({ xmlId, value: text }) => [xmlId, text]),
		).toEqual([
			['c', 'Хлопок'],
			['l', 'Лён'],
		]);
	});

	it('with an empty list of variants are left out', async () => {
		await bench.sendGoods([], withProperties(listProperty('l', 'L', {})));
		expect(bench.property('l')).toBeUndefined();
	});

	it('variants that are not listed go in full mode only; others are renamed', async () => {
		const variants = (): unknown[] =>
			bench.tables.enums.where('propertyId', bench.property('l')?.id).map(({ xmlId, value: text }) => [xmlId, text]);
		await bench.sendGoods([], withProperties(listProperty('l', 'L', { a: 'A', b: 'B' })));
		await bench.sendGoods([], withProperties(listProperty('l', 'L', { b: 'B2', c: 'C' })));
		expect(variants()).toEqual([
			['a', 'A'],
			['b', 'B2'],
			['c', 'C'],
		]);
		await bench.sendGoods([], { ...withProperties(listProperty('l', 'L', { b: 'B2' })), changesOnly: false });
		expect(variants()).toEqual([['b', 'B2']]);
	});

	it('variants may be written the other way, with a default and an order', async () => {
		const variant = tag('Вариант', [
			tag('Ид', 'v'),
			tag('Значение', 'V'),
			tag('ПоУмолчанию', 'true'),
			tag('Сортировка', '3'),
		]);
		await bench.sendGoods(
			[],
			withProperties(property('l', 'L', tag('ТипЗначений', 'Справочник'), tag('ВариантыЗначений', variant))),
		);
		expect(bench.tables.enums.where('propertyId', bench.property('l')?.id)).toMatchObject([
			{ xmlId: 'v', value: 'V', def: 'Y', sort: 3 },
		]);
	});

	describe('values', () => {
		const variant = (xmlId: string): number | undefined => bench.tables.enums.all().find((row) => row.xmlId === xmlId)?.id;
		const give = async (...entries: Parameters<typeof values>): Promise<ExchangeReply[]> =>
			await bench.sendGoods([good('g', values(...entries))]);
		beforeEach(async () => {
			await bench.sendGoods(
				[],
				withProperties(
					listProperty('l', 'L', { a: 'A', b: 'B' }),
					listProperty('m', 'M', { c: 'C', d: 'D', e: 'E' }, tag('Множественное', 'true')),
					property('s', 'S', tag('Множественное', 'true')),
					property('one', 'One'),
					property('n', 'N', tag('ТипЗначений', 'Число')),
					property('d', 'D', tag('ТипЗначений', 'Даты')),
				),
			);
		});

		it('of lists are ids, never texts', async () => {
			await give(['l', value('b')]);
			expect(bench.values('g', 'l')).toEqual([variant('b')]);
			await give(['l', tag('ИдЗначения', 'a')]);
			expect(bench.values('g', 'l')).toEqual([variant('a')]);
			await give(['l', value('B')]);
			expect(bench.values('g', 'l')).toEqual([]);
		});

		it('of multiple lists must be wrapped: of bare ones only the first counts', async () => {
			await give(['m', value('c'), value('d')]);
			expect(bench.values('g', 'm')).toEqual([variant('c')]);
			await give(['m', ...['d', 'e'].map((id) => tag('ЗначениеСвойства', value(id)))]);
			expect(bench.values('g', 'm')).toEqual([variant('d'), variant('e')]);
		});

		it('of other multiple properties may stand bare; a single one has the first', async () => {
			await give(['s', value('x'), value('y')], ['one', value('1'), value('2')]);
			expect([bench.values('g', 's'), bench.values('g', 'one')]).toEqual([['x', 'y'], ['1']]);
		});

		it('are cleared by an empty value, and stay when they are not mentioned', async () => {
			await give(['one', value('1')], ['n', value('1 234,5')], ['d', value('2026-11-21')]);
			await give(['one', value('')], ['unknown', value('x')]);
			expect([bench.values('g', 'one'), bench.values('g', 'n'), bench.values('g', 'd')]).toEqual([
				[],
				['1234.5'],
				['2026-11-21'],
			]);
		});

		it('with a pseudo id are fields', async () => {
			const entries: Array<[string, string]> = [
				['CML2_CODE', 'my-code'],
				['CML2_SORT', '7'],
				['CML2_ACTIVE_FROM', '2026-01-02'],
				['CML2_PREVIEW_TEXT', 'short'],
				['CML2_DETAIL_TEXT', '&lt;p&gt;'],
				['CML2_ACTIVE', 'false'],
			];
			await give(...entries.map(([id, text]) => [id, value(text)] as [string, string]));
			expect(bench.element('g')).toMatchObject({
				code: 'my-code',
				sort: 7,
				previewText: 'short',
				detailText: '<p>',
				detailTextType: 'html',
				active: 'N',
			});
			expect(new Date(bench.element('g')?.dateActiveFrom ?? 0).toISOString()).toBe('2026-01-01T21:00:00.000Z');
		});
	});
});
