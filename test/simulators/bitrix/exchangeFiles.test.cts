import { freshExchange } from './exchangeBench.cts';
import { ExchangeClient, zipOf } from './exchangeClient.cts';
import { catalogFile, good } from './exchangeXml.cts';
import { uploadPath } from './exchange/fileNames.cts';
import { decodeWindows1251, encodeWindows1251 } from './exchange/windows1251.cts';
import { readZip } from './exchange/zip.cts';

const bench = freshExchange({ exchange: { fileLimit: 5000 } });

describe('names of files', () => {
	it.each([
		['import.xml', 'import.xml'],
		['import_files/ab/x.jpg', 'import_files/ab/x.jpg'],
		['import_files\\ab\\x.jpg', 'import_files/ab/x.jpg'],
		['/tmp/import.xml', 'import.xml'],
		['/upload/1c/webdata/import.xml', 'import.xml'],
		['tmp/a/b.xml', 'a/b.xml'],
		['/a.xml', 'a.xml'],
	])('%s is kept as %s', (name, path) => {
		expect(uploadPath(name)).toBe(path);
	});

	it.each([
		'',
		'.',
		'/',
		'a/../b.xml',
		'x.php',
		'x.php.jpg',
		'x.PHP5',
		'a.py/b.xml',
		'x.asp',
		'x.cgi',
		'x.pl',
		'.htaccess',
		'a/.HTpasswd',
		'a\u0001.xml',
		...[':', '*', '?', '"', "'", '<', '>', '|', '~', '#', '&', ';'].map((sign) => `a${sign}b.xml`),
	])('%j is refused', async (name) => {
		expect(uploadPath(name)).toBeUndefined();
		await bench.goods.login();
		expect((await bench.goods.upload(name, 'x')).text).toBe('failure\nНеизвестная команда.');
		expect((await bench.goods.call('import', { filename: name })).text).toBe('failure\nНеизвестная команда.');
	});

	it('a refused name of orders gets an empty body when uploaded, a failure when imported', async () => {
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		expect(await bench.orders.upload('a;b.xml', 'x')).toMatchObject({ status: 200, text: '' });
		expect((await bench.orders.call('import', { filename: 'a;b.xml' })).word).toBe('failure');
	});
});

describe('init', () => {
	it('tells whether it wants a zip, and the greatest part', async () => {
		await bench.goods.login();
		expect((await bench.goods.call('init')).text).toBe('zip=no\nfile_limit=5000');
		bench.set({ zip: true });
		expect((await bench.goods.call('init', { version: '3.1' })).text).toBe('zip=yes\nfile_limit=5000');
	});

	it('of orders ends with a line feed, and with a version tells one of its own', async () => {
		await bench.orders.login();
		expect((await bench.orders.call('init')).text).toBe('zip=no\nfile_limit=5000\n');
		const { text } = await bench.orders.call('init', { version: '3.1' });
		expect(text).toBe(`zip=no\nfile_limit=5000\nsessid=${bench.orders.sessid}\nversion=2.09`);
	});

	it('empties the directory of its kind, also of files that somebody else uploaded', async () => {
		await bench.goods.login();
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		await bench.orders.upload('o.xml', 'x');
		await bench.goods.upload('a.xml', 'x');
		const { goodsFiles, orderFiles } = bench.bitrix.exchange.site;
		expect([goodsFiles.names, orderFiles.names]).toEqual([['a.xml'], ['o.xml']]);
		await (await new ExchangeClient(bench.bitrix).login()).call('init');
		expect([goodsFiles.names, orderFiles.names]).toEqual([[], ['o.xml']]);
	});
});

describe('uploads', () => {
	it('are appended, so a part that comes twice is there twice', async () => {
		await bench.goods.login();
		await bench.goods.call('init');
		for (const part of ['ab', 'cd', 'cd']) expect((await bench.goods.upload('a.xml', part)).text).toBe('success\n');
		expect(bench.bitrix.exchange.site.goodsFiles.read('a.xml')?.toString()).toBe('abcdcd');
	});

	it('are raw bodies: forms with files and a GET bring nothing', async () => {
		await bench.goods.login();
		const form = new FormData();
		form.append('file', new Blob(['x']), 'a.xml');
		expect((await bench.goods.call('file', { filename: 'a.xml' }, { method: 'POST', body: form })).word).toBe('failure');
		expect((await bench.goods.call('file', { filename: 'a.xml' })).word).toBe('failure');
		const bytes = Buffer.from([0, 255, 13, 10, 128]);
		const headers = { 'content-type': 'application/octet-stream' };
		await bench.goods.call('file', { filename: 'a.xml' }, { method: 'POST', body: Uint8Array.from(bytes), headers });
		expect(bench.bitrix.exchange.site.goodsFiles.read('a.xml')).toEqual(bytes);
	});

	it('above the limit are taken and counted; the web server may have a limit of its own', async () => {
		await bench.goods.login();
		await bench.goods.upload('a.xml', Buffer.alloc(5000));
		expect((await bench.goods.upload('a.xml', Buffer.alloc(5001))).word).toBe('success');
		expect(bench.bitrix.exchange.site.uploads).toEqual({ calls: 2, largest: 5001, aboveLimit: 1 });
		bench.set({ maxBody: 5500 });
		expect(await bench.goods.upload('a.xml', Buffer.alloc(5501))).toMatchObject({
			status: 413,
			word: expect.stringContaining('html'),
		});
	});
});

describe('with a zip', () => {
	const xml = catalogFile([good('a')]);
	beforeEach(async () => {
		bench.set({ zip: true });
		await bench.goods.login();
		await bench.goods.call('init');
	});

	it('the first import unpacks the whole archive, then the file is imported', async () => {
		const archive = zipOf({ 'import.xml': xml, 'import_files/p.jpg': 'picture' });
		for (let from = 0; from < archive.length; from += 100)
			await bench.goods.upload('all.zip', archive.subarray(from, from + 100));
		const replies = await bench.goods.import('import.xml');
		expect(replies.map(({ word }) => word)).toEqual([...Array<string>(10).fill('progress'), 'success']);
		expect(bench.bitrix.exchange.site.goodsFiles.read('import_files/p.jpg')?.toString()).toBe('picture');
		expect(bench.bitrix.portal.store.elements.where('xmlId', 'a')).toHaveLength(1);
	});

	it('plain files are taken once the archive is unpacked, until the next init', async () => {
		await bench.goods.upload('all.zip', zipOf({ 'import.xml': xml }));
		await bench.goods.import('import.xml');
		await bench.goods.upload('second.xml', catalogFile([good('b')]));
		expect((await bench.goods.import('second.xml')).at(-1)?.word).toBe('success');
		await bench.goods.call('init');
		await bench.goods.upload('third.xml', xml);
		expect((await bench.goods.call('import', { filename: 'third.xml' })).text).toBe('failure\nОшибка распаковки архива.');
	});

	it.each([
		['plain XML', Buffer.from(xml)],
		['a damaged archive', zipOf({ 'import.xml': xml }).fill(7, 60, 90)],
		['half an archive', zipOf({ 'import.xml': xml }).subarray(0, 120)],
	])('%s cannot be unpacked, again and again', async (_case, bytes) => {
		await bench.goods.upload('all.zip', bytes);
		for (let call = 0; call < 2; call++)
			expect((await bench.goods.call('import', { filename: 'import.xml' })).text).toContain('распаковки');
	});

	it('unpacks beside the archive, over files of the same name', async () => {
		const { goodsFiles } = bench.bitrix.exchange.site;
		goodsFiles.append('folder/import.xml', Buffer.from('old'));
		await bench.goods.upload('folder/all.zip', zipOf({ 'import.xml': 'new' }));
		await bench.goods.call('import', { filename: 'folder/import.xml' });
		expect(goodsFiles.read('folder/import.xml')?.toString()).toBe('new');
	});

	it('orders: a file that is no archive counts as unpacked', async () => {
		await bench.orders.login();
		await bench.orders.call('init', { version: '2.08' });
		await bench.orders.upload('orders.xml', '<КоммерческаяИнформация ВерсияСхемы="2.08"></КоммерческаяИнформация>');
		expect((await bench.orders.call('import', { filename: 'orders.xml' })).word).toBe('progress');
		expect((await bench.orders.call('import', { filename: 'orders.xml' })).word).toBe('success');
	});
});

it('an archive is read with its names in cp866, packed or not', () => {
	const archive = zipOf({ 'a.xml': 'x'.repeat(1000), 'b/c.txt': '' });
	expect(readZip(archive)?.map(({ name, bytes }) => [name, bytes.length])).toEqual([
		['a.xml', 1000],
		['b/c.txt', 0],
	]);
	const renamed = Buffer.from(archive);
	for (const place of [30, renamed.lastIndexOf('a.xml')]) renamed[place] = 0x80;
	expect(readZip(renamed)?.[0]?.name).toBe('А.xml');
	expect(readZip(Buffer.from('nothing'))).toBeUndefined();
});

it('what windows-1251 does not have becomes a question mark', () => {
	expect(decodeWindows1251(encodeWindows1251('Ёлка «№1» — €'))).toBe('Ёлка «№1» — €');
	expect(encodeWindows1251('a🙏ё').toString('latin1')).toBe('a?\u00b8');
});
