import { freshExchange } from './exchangeBench.cts';
import { ExchangeClient } from './exchangeClient.cts';
import { catalogFile, classifier, goods, group, information, requisite, requisites, tag } from './exchangeXml.cts';
import { control } from './restClient';

const bench = freshExchange();

describe('the end of an exchange', () => {
	it('deactivate hides what was not touched since the login, in blocks that had an import since', async () => {
		const { store } = bench.bitrix.portal;
		const untouched = { ...bench.bitrix.catalogs.decoy };
		await bench.begin({
			'a.xml': catalogFile([...goods(3)], { classifier: classifier(tag('Группы', [group('s1', 'S1'), group('s2', 'S2')])) }),
		});
		await bench.goods.import('a.xml');
		store.elements.update(bench.element('g2')?.id ?? 0, { iblockId: untouched.products });
		bench.bitrix.clock.advance(60_000);
		await bench.begin({ 'b.xml': catalogFile(goods(1), { classifier: classifier(tag('Группы', group('s1', 'S1'))) }) });
		await bench.goods.import('b.xml');
		expect((await bench.goods.call('deactivate', { timestamp: bench.goods.timestamp })).text).toMatch(/^success\n./);
		expect(['g0', 'g1', 'g2'].map((id) => bench.element(id)?.active)).toEqual(['Y', 'N', 'Y']);
		expect(['s1', 's2'].map((id) => store.sections.where('xmlId', id)[0]?.active)).toEqual(['Y', 'N']);
	});

	it.each(['', '0', '-5', 'text'])('deactivate with the timestamp %j fails and hides nothing', async (timestamp) => {
		await bench.begin({ 'a.xml': catalogFile(goods(1)) });
		await bench.goods.import('a.xml');
		expect((await bench.goods.call('deactivate', { timestamp })).word).toBe('failure');
		expect(bench.element('g0')?.active).toBe('Y');
	});

	it('complete succeeds with a text', async () => {
		await bench.goods.login();
		expect((await bench.goods.call('complete')).text).toMatch(/^success\n./);
	});
});

it('directories are exchanged with a state of their own, and without an end', async () => {
	await bench.begin({ 'a.xml': catalogFile(goods(1)) });
	await bench.step('a.xml');
	const directories = new ExchangeClient(bench.bitrix, 'reference');
	Object.assign(directories, { cookie: bench.goods.cookie, sessid: bench.goods.sessid });
	expect((await directories.call('deactivate', { timestamp: 5 })).word).toBe('failure');
	expect((await directories.call('complete')).word).toBe('failure');
	expect((await directories.call('init')).word).toBe('zip=no');
	await bench.goods.upload('a.xml', catalogFile(goods(1)));
	expect(await bench.goods.import('a.xml')).toHaveLength(9);
});

it('directories come with their entries; those that are not listed stay', async () => {
	const directory = (...entries: string[]): string =>
		information(
			tag(
				'ПользовательскиеСправочники',
				tag('Справочник', [
					tag('Ид', 'brands'),
					tag('Наименование', 'Бренды'),
					tag('Реквизиты', tag('Реквизит', [tag('Ид', 'logo'), tag('Наименование', 'Логотип')])),
					tag('ЭлементыСправочника', entries),
				]),
			),
		);
	const entry = (id: string, name: string): string =>
		tag('ЭлементСправочника', [tag('Ид', id), tag('Наименование', name), requisites(requisite('logo', `${id}.png`))]);
	const directories = new ExchangeClient(bench.bitrix, 'reference');
	expect(await directories.send(directory(entry('a', 'A'), entry('b', 'B')), 'references.xml')).toHaveLength(10);
	await directories.send(directory(entry('b', 'B2')), 'references.xml');
	expect(await control(bench.bitrix, 'GET exchange/directories')).toEqual([
		{
			id: 'brands',
			name: 'Бренды',
			fields: [{ id: 'logo', name: 'Логотип' }],
			entries: [
				{ id: 'a', name: 'A', values: [{ name: 'logo', value: 'a.png' }] },
				{ id: 'b', name: 'B2', values: [{ name: 'logo', value: 'b.png' }] },
			],
		},
	]);
});
