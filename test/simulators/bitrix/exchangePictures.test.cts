import { freshExchange } from './exchangeBench.cts';
import { zipOf } from './exchangeClient.cts';
import type { ElementRow } from './catalog/rows.cts';
import { catalogFile, good, requisite, requisites, tag, value, values } from './exchangeXml.cts';

const bench = freshExchange();

const element = (): ElementRow | undefined => bench.bitrix.portal.store.elements.where('xmlId', 'g')[0];
const nameOf = (id: number | null | undefined): string | undefined =>
	bench.bitrix.portal.store.files.get(id ?? 0)?.bytes.toString();
const held = (code: string): unknown[] => {
	const { properties } = bench.bitrix.portal.store;
	const property = properties.where('iblockId', element()?.iblockId).find(({ xmlId }) => xmlId === code);
	return (element()?.properties[property?.id ?? 0] ?? []).map(({ value: id }) => nameOf(Number(id)));
};
/** What the element shows: detail, preview, the others. */
const shown = (): unknown => [nameOf(element()?.detailPicture), nameOf(element()?.previewPicture), held('CML2_PICTURES')];

const pictures = (...paths: string[]): string[] => paths.map((path) => tag('Картинка', path));

/** `files`: path and content. The content of an element changes with each call, so that it is never left out. */
let version = 0;
async function send(content: string[], files: Record<string, string> = {}, name = 'import.xml'): Promise<void> {
	if (bench.goods.cookie === '') await bench.goods.login();
	await bench.goods.call('init');
	for (const [path, bytes] of Object.entries(files)) await bench.goods.upload(path, bytes);
	version += 1;
	await bench.goods.upload(name, catalogFile([good('g', ...content, tag('НомерВерсии', String(version)))]));
	await bench.goods.import(name);
}

beforeEach(async () => {
	await send(pictures('f/1.jpg', 'f/2.jpg', 'f/3.jpg'), { 'f/1.jpg': 'one', 'f/2.jpg': 'two', 'f/3.jpg': 'three' });
});

it('the first is the detail picture and the preview, the rest are MORE_PHOTO', () => {
	expect(shown()).toEqual(['one', 'one', ['two', 'three']]);
	expect(bench.bitrix.portal.store.files.get(element()?.detailPicture ?? 0)?.name).toBe('1.jpg');
});

it('the preview is left alone where the site does not make it', async () => {
	bench.bitrix.exchange.site.settings.generatePreview = false;
	await send(pictures('f/9.jpg'), { 'f/9.jpg': 'nine' });
	expect(shown()).toEqual(['nine', 'one', []]);
});

it('without any picture element nothing changes', async () => {
	await send([]);
	expect(shown()).toEqual(['one', 'one', ['two', 'three']]);
});

it('the same paths keep their files without an upload, also in another order', async () => {
	const before = element();
	await send(pictures('f/1.jpg', 'f/3.jpg', 'f/2.jpg'));
	expect(shown()).toEqual(['one', 'one', ['three', 'two']]);
	expect(element()?.detailPicture).toBe(before?.detailPicture);
});

it('an uploaded file replaces the one of the same path', async () => {
	await send(pictures('f/1.jpg', 'f/2.jpg', 'f/3.jpg'), { 'f/1.jpg': 'ONE', 'f/3.jpg': 'THREE' });
	expect(shown()).toEqual(['ONE', 'ONE', ['two', 'THREE']]);
});

it('a path that is neither uploaded nor the stored one removes the picture', async () => {
	await send(pictures('f/new.jpg', 'f/2.jpg', 'f/other.jpg'));
	expect(shown()).toEqual([undefined, undefined, ['two']]);
});

it('the others are replaced as a set', async () => {
	await send(pictures('f/1.jpg', 'f/4.jpg'), { 'f/4.jpg': 'four' });
	expect(shown()).toEqual(['one', 'one', ['four']]);
});

it('an empty picture element removes the pictures', async () => {
	await send(pictures(''));
	expect(shown()).toEqual([undefined, undefined, []]);
});

it('paths begin in the folder of the XML file', async () => {
	await send(pictures('f/8.jpg'), { 'folder/f/8.jpg': 'eight', 'f/8.jpg': 'wrong' }, 'folder/import.xml');
	expect(shown()).toEqual(['eight', 'eight', []]);
});

it('pictures of an archive are found', async () => {
	bench.bitrix.exchange.site.settings.zip = true;
	await bench.goods.call('init');
	const xml = catalogFile([good('g', ...pictures('f/7.jpg'), tag('НомерВерсии', 'zip'))]);
	await bench.goods.upload('all.zip', zipOf({ 'import.xml': xml, 'f/7.jpg': 'seven' }));
	await bench.goods.import('import.xml');
	expect(shown()).toEqual(['seven', 'seven', []]);
});

it('a preview of its own is a pseudo property', async () => {
	await send([values(['CML2_PREVIEW_PICTURE', value('f/p.jpg')])], { 'f/p.jpg': 'preview' });
	expect(shown()).toEqual(['one', 'preview', ['two', 'three']]);
});

it('files are elements, or requisites with a path and perhaps a name', async () => {
	const files = { 'f/a.pdf': 'A', 'f/b.pdf': 'B', 'f/c.pdf': 'C' };
	await send(
		[
			tag('Файл', 'f/a.pdf'),
			requisites(requisite('Файл', 'f/b.pdf'), requisite('ОписаниеФайла', 'f/c.pdf#Инструкция'), requisite('x', 'y')),
		],
		files,
	);
	expect([held('CML2_FILES'), shown()]).toEqual([
		['A', 'B', 'C'],
		['one', 'one', ['two', 'three']],
	]);
	await send([tag('Файл', 'f/b.pdf')]);
	expect(held('CML2_FILES')).toEqual(['B']);
});
