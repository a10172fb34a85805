import { freshExchange } from './exchangeBench.cts';
import { catalogFile, classifier, good, group, offersFile, property, tag, withGroups } from './exchangeXml.cts';

const bench = freshExchange();

describe('the block', () => {
	it('that waits for an exchange is taken by the first one, and found again by its id', async () => {
		await bench.sendGoods([good('a')], { name: 'Мой каталог' });
		expect(bench.block()).toMatchObject({ xmlId: 'cat', name: 'Мой каталог' });
		await bench.sendGoods([good('b')]);
		expect([bench.element('a')?.iblockId, bench.element('b')?.iblockId]).toEqual([bench.block()?.id, bench.block()?.id]);
	});

	it('has name and description of the last file, whatever it is', async () => {
		await bench.sendGoods([], { name: 'First', more: tag('Описание', 'x') });
		await bench.sendGoods([], { name: 'Second' });
		expect(bench.block()).toMatchObject({ name: 'Second', description: 'x' });
	});

	it('of another id is made, sells nothing yet, and needs a name', async () => {
		await bench.sendGoods([good('a')]);
		await bench.sendGoods([good('b')], { id: 'other', name: 'Другой' });
		const made = bench.tables.iblocks.all().at(-1);
		expect(made).toMatchObject({ xmlId: 'other', name: 'Другой', isCatalog: false });
		expect(bench.element('b')?.iblockId).toBe(made?.id);
		await bench.goods.send(offersFile([], { catalogId: 'other' }));
		expect(bench.tables.iblocks.get(made?.id ?? 0)?.isCatalog).toBe(true);
	});

	it('is known with its type where the site wants that', async () => {
		bench.set({ useIblockTypeId: true });
		await bench.sendGoods([]);
		expect(bench.block()?.xmlId).toBe('catalog-cat');
		await bench.sendGoods([good('a')]);
		expect(bench.element('a')?.iblockId).toBe(bench.block()?.id);
	});

	it('gets the properties of every exchange with the first file; a MORE_PHOTO that is there is taken', async () => {
		const before = bench.tables.properties.where('iblockId', bench.block()?.id).length;
		await bench.sendGoods([]);
		const codes = [
			'CML2_BAR_CODE',
			'CML2_ARTICLE',
			'CML2_ATTRIBUTES',
			'CML2_TRAITS',
			'CML2_BASE_UNIT',
			'CML2_TAXES',
			'CML2_FILES',
			'CML2_MANUFACTURER',
		];
		expect(codes.map((code) => bench.property(code)?.code)).toEqual(codes);
		expect(bench.property('CML2_PICTURES')?.code).toBe('MORE_PHOTO');
		expect(bench.tables.properties.where('iblockId', bench.block()?.id)).toHaveLength(before + codes.length);
		await bench.sendGoods([]);
		expect(bench.tables.properties.where('iblockId', bench.block()?.id)).toHaveLength(before + codes.length);
	});
});

describe('changes only, or everything', () => {
	const both = withGroups(group('s1', 'S1'), group('s2', 'S2'));
	const first = withGroups(group('s1', 'S1'));
	const left = (): unknown[] => [
		bench.element('a')?.active,
		bench.element('b')?.active,
		bench.section('s1')?.active,
		bench.section('s2')?.active,
	];
	beforeEach(async () => {
		await bench.sendGoods([good('a'), good('b', tag('Группы', tag('Ид', 's2')))], both);
	});

	it.each(['true', '1', '0.5'])('%s: what is not in the file stays', async (changesOnly) => {
		await bench.sendGoods([good('a')], { ...first, changesOnly });
		expect(left()).toEqual(['Y', 'Y', 'Y', 'Y']);
	});

	it.each([false, 'True', 'yes', 'false', '0'])('%s: what is not in the file is deleted', async (changesOnly) => {
		await bench.sendGoods([good('a')], { ...first, changesOnly });
		expect(left()).toEqual(['Y', undefined, 'Y', undefined]);
	});

	it('a full file that breaks off deletes the rest of the catalog', async () => {
		const whole = catalogFile([good('a'), good('b')], { ...both, changesOnly: false });
		await bench.goods.send(whole.slice(0, whole.indexOf('<Товар><Ид>b')));
		expect(left()).toEqual(['Y', undefined, 'Y', 'Y']);
	});

	it('an ignored classifier takes all sections along, with what lies in them', async () => {
		await bench.sendGoods([good('a')], { ...both, changesOnly: false, classifierId: 'another' });
		expect(left()).toEqual(['Y', undefined, undefined, undefined]);
	});

	it('the site may want things hidden, or left', async () => {
		bench.set({ elementAction: 'A', sectionAction: 'A' });
		await bench.sendGoods([good('a')], { ...first, changesOnly: false });
		expect(left()).toEqual(['Y', 'N', 'Y', 'N']);
		bench.set({ elementAction: 'N', sectionAction: 'N' });
		await bench.sendGoods([good('b')], { ...both, changesOnly: false });
		await bench.sendGoods([], { changesOnly: false });
		expect(left()).toEqual(['Y', 'Y', 'Y', 'Y']);
	});

	it('deletes in portions, and elements of other blocks never', async () => {
		await bench.sendGoods([good('x')], { id: 'other' });
		await bench.sendGoods(Array.from({ length: 30 }, (_, index) => good(`g${index}`)));
		bench.set({ stepRows: 10 });
		const replies = await bench.sendGoods([good('a')], { ...both, changesOnly: false });
		expect(replies).toHaveLength(13);
		expect(bench.tables.elements.all().map(({ xmlId }) => xmlId)).toEqual(['a', 'x']);
	});
});

describe('groups', () => {
	it('make a tree, are found by id, renamed and moved', async () => {
		await bench.sendGoods([], withGroups(group('a', 'Одежда', tag('Группы', group('b', 'Футболки'))), group('c', 'Обувь')));
		expect(bench.section('b')).toMatchObject({
			name: 'Футболки',
			iblockSectionId: bench.section('a')?.id,
			code: 'futbolki',
			active: 'Y',
		});
		await bench.sendGoods([], withGroups(group('c', 'Обувь', tag('Группы', group('b', 'Майки')))));
		expect(bench.section('b')).toMatchObject({ name: 'Майки', iblockSectionId: bench.section('c')?.id, code: 'mayki' });
		expect(bench.tables.sections.size).toBe(3);
	});

	it('take description, order, code and activity', async () => {
		const more = [
			tag('Описание', '&lt;b&gt;x&lt;/b&gt;'),
			tag('БитриксСортировка', '7'),
			tag('БитриксКод', 'own'),
			tag('БитриксАктивность', 'false'),
		];
		await bench.sendGoods([], withGroups(group('a', 'A', ...more)));
		expect(bench.section('a')).toMatchObject({
			description: '<b>x</b>',
			descriptionType: 'html',
			sort: 7,
			code: 'own',
			active: 'N',
		});
	});

	it('the mark of deletion hides; the status, too, and nothing below is looked at', async () => {
		await bench.sendGoods([], withGroups(group('a', 'A'), group('b', 'B')));
		await bench.sendGoods(
			[],
			withGroups(
				group('a', 'A', tag('ПометкаУдаления', 'true')),
				group('b', 'B2', tag('Статус', 'Удален'), tag('Группы', group('c', 'C'))),
			),
		);
		expect([bench.section('a')?.active, bench.section('b'), bench.section('c')]).toEqual([
			'N',
			expect.objectContaining({ active: 'N', name: 'B' }),
			undefined,
		]);
		await bench.sendGoods([], withGroups(group('a', 'A')));
		expect(bench.section('a')?.active).toBe('Y');
	});

	it('codes stay where the site wants that, and are never double', async () => {
		bench.set({ translitOnUpdate: false });
		await bench.sendGoods([], withGroups(group('a', 'Щётка'), group('b', 'Щетка')));
		await bench.sendGoods([], withGroups(group('a', 'Another')));
		expect([bench.section('a')?.code, bench.section('b')?.code]).toEqual(['shchyetka', 'shchetka']);
		await bench.sendGoods([], withGroups(group('c', 'Щётка')));
		expect(bench.section('c')?.code).toBe('shchyetka1');
	});

	it('and properties of a classifier that the goods do not name are ignored', async () => {
		const classes = classifier(tag('Группы', group('a', 'A')), tag('Свойства', property('p', 'P')));
		for (const classifierId of ['another', ''])
			await bench.sendGoods([good('g', tag('Группы', tag('Ид', 'a')))], { classifier: classes, classifierId });
		expect([bench.section('a'), bench.property('p'), bench.element('g')?.iblockSectionId]).toEqual([
			undefined,
			undefined,
			null,
		]);
	});
});
