import { transfer, type TransferProgress } from '../../../transport';
import { ExchangeBench, failureOf, fileOf, goodsXml, packed } from './exchangeBench.cts';

describe('A transfer of goods', () => {
	let bench: ExchangeBench;
	const open = async (exchange = {}, connection = {}): Promise<void> => void (bench = await ExchangeBench.open({ bitrix: { exchange }, connection }));
	afterEach(async () => await bench.close());

	const names = (): string[] => bench.bitrix.portal.store.elements.all().map(({ xmlId }) => xmlId ?? '').filter((xmlId) => xmlId.startsWith('good-')).sort();

	it('sends a file and calls import until the site is done', async () => {
		await open();
		const session = await bench.session();
		const result = await transfer(session, { files: [fileOf('import.xml', goodsXml(3))], documents: ['import.xml'] });
		expect(names()).toEqual(['good-0', 'good-1', 'good-2']);
		expect(result).toMatchObject({ archive: false, restarts: 0, parts: 1, documents: [{ name: 'import.xml', remarks: [] }] });
		expect(result.documents[0]?.calls).toBeGreaterThanOrEqual(10);
		expect(bench.calls('import')).toBe(result.documents[0]?.calls);
	});

	it('sends cookie and sessid with every call, and the password with the login alone', async () => {
		await open();
		await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] });
		const [login, ...others] = bench.requests;
		expect(login).toMatchObject({ authorize: true });
		expect(login?.headers.cookie).toBeUndefined();
		expect(others.length).toBeGreaterThan(10);
		for (const { headers, url, authorize } of others) {
			expect(headers.cookie).toMatch(/^PHPSESSID=[0-9a-f]{32}$/);
			expect(url).toMatch(/[?&]sessid=[0-9a-f]{32}/);
			expect(authorize).toBe(false);
		}
	});

	it.each([
		['what the site allows', 5000, undefined],
		['an own cap', 1_000_000, 3000],
	])('cuts files into parts of no more than %s, each sent once', async (_name, fileLimit, partBytes) => {
		await open({ fileLimit }, { partBytes });
		const xml = goodsXml(200);
		const result = await transfer(await bench.session(), { files: [fileOf('import.xml', xml, 777)], documents: ['import.xml'] });
		const { uploads } = bench.site;
		const size = Math.min(fileLimit, partBytes ?? Infinity);
		expect(uploads).toMatchObject({ calls: Math.ceil(Buffer.byteLength(xml) / size), largest: size, aboveLimit: 0 });
		expect(result).toMatchObject({ bytes: Buffer.byteLength(xml), parts: uploads.calls });
		expect(names()).toHaveLength(200);
	});

	it('sends one archive of all files where the site asks for it', async () => {
		await open({ zip: true, fileLimit: 300 });
		const files = [fileOf('import.xml', goodsXml(5)), fileOf('import_files/ab/x.jpg', new Uint8Array(5000).fill(7))];
		const result = await transfer(await bench.session(), { files, documents: ['import.xml'], pack: packed });
		expect(result).toMatchObject({ archive: true });
		expect(result.parts).toBeGreaterThan(1);
		expect(names()).toHaveLength(5);
		expect(bench.requests.filter(({ url }) => url.includes('mode=file')).every(({ url }) => url.includes('filename=exchange.zip'))).toBe(true);
	});

	it('says so where the site takes nothing but archives and there is none', async () => {
		await open({ zip: true });
		const session = await bench.session();
		await expect(transfer(session, { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] })).rejects.toMatchObject({ code: 'EXCHANGE_ZIP_NEEDED' });
		expect(bench.calls('file')).toBe(0);
	});

	it('imports documents in the given order, one to its end before the next', async () => {
		await open();
		const files = [fileOf('two.xml', goodsXml(1, { name: 'Два' })), fileOf('one.xml', goodsXml(1, { name: 'Один' }))];
		const result = await transfer(await bench.session(), { files, documents: ['one.xml', 'two.xml'] });
		const imported = bench.requests.flatMap(({ url }) => /mode=import&filename=(\w+)/.exec(url)?.[1] ?? []);
		expect([...new Set(imported)]).toEqual(['one', 'two']);
		expect(imported).toEqual([...imported].sort());
		expect(result.documents.map(({ name }) => name)).toEqual(['one.xml', 'two.xml']);
	});

	it('shows how far it is', async () => {
		await open({ stepRows: 2 });
		const shown: TransferProgress[] = [];
		await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(6))], documents: ['import.xml'] }, (progress) => shown.push(progress));
		expect(shown[0]).toMatchObject({ stage: 'upload', file: 'import.xml', restarts: 0 });
		expect(shown[0]?.bytes).toBeGreaterThan(0);
		const imported = shown.filter(({ stage }) => stage === 'import');
		expect(imported.map(({ calls }) => calls)).toEqual(imported.map((_, index) => index + 1));
		expect(imported.some(({ text }) => /Обработано/.test(text))).toBe(true);
	});

	it('collects failures of single elements and goes on behind them', async () => {
		await open({ stepRows: 1, refusedElements: { 'good-1': 'Не заполнено обязательное поле «Цвет»', 'good-3': 'Элемент с таким символьным кодом уже существует' } });
		const result = await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(5))], documents: ['import.xml'] });
		expect(names()).toEqual(['good-0', 'good-2', 'good-4']);
		expect(result.documents[0]?.remarks).toEqual([
			{ code: 'EXCHANGE_ELEMENT', text: 'Не заполнено обязательное поле «Цвет»' },
			{ code: 'EXCHANGE_ELEMENT', text: 'Элемент с таким символьным кодом уже существует' },
		]);
		expect(result.restarts).toBe(0);
	});

	it('goes through forty portions that fail with the same words', async () => {
		const refusedElements = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`good-${index}`, 'Не заполнено обязательное поле']));
		await open({ stepRows: 1, refusedElements });
		const result = await transfer(await bench.session(), { files: [fileOf('import.xml', goodsXml(45))], documents: ['import.xml'] });
		expect(names()).toHaveLength(5);
		expect(result.documents[0]?.remarks).toHaveLength(1);
	});

	it('gives up on metadata that the site refuses, and says which file and why', async () => {
		await open();
		const xml = goodsXml(1).replace('<Товары>', '<Склады></Склады><Товары>').replace(/<Каталог .*<\/Каталог>/, '<ПакетПредложений СодержитТолькоИзменения="true"><Ид>cat-1#</Ид><Наименование>П</Наименование><ИдКаталога>cat-1</ИдКаталога><Склады></Склады></ПакетПредложений>');
		const error = await failureOf(transfer(await bench.session(), { files: [fileOf('offers.xml', xml)], documents: ['offers.xml'] }));
		expect(error).toMatchObject({ code: 'EXCHANGE_METADATA', retryable: false });
		expect(error.message).toContain('offers.xml');
	});

	it('knows a refusal that stays by its staying, in whatever language it is', async () => {
		await open();
		const session = await bench.session({});
		const { send } = session.connection;
		session.connection.send = async (request) => {
			const response = await send(request);
			return request.url.includes('mode=import') ? { ...response, body: new TextEncoder().encode('failure\n不可能') } : response;
		};
		const error = await failureOf(transfer(session, { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] }));
		expect(error).toMatchObject({ code: 'EXCHANGE_IMPORT_STUCK' });
		expect(error.message).toContain('不可能');
		expect(bench.calls('import')).toBe(3);
	});

	it('sends nothing when a name would be refused, or a file is empty', async () => {
		await open();
		const session = await bench.session();
		await expect(transfer(session, { files: [fileOf('import.php', 'x')], documents: ['import.php'] })).rejects.toMatchObject({ code: 'EXCHANGE_FILE_NAME' });
		await expect(transfer(session, { files: [fileOf('import.xml', '')], documents: ['import.xml'] })).rejects.toMatchObject({ code: 'EXCHANGE_FILE_EMPTY' });
		await expect(transfer(session, { files: [fileOf('import.xml', 'x')], documents: ['offers.xml'] })).rejects.toMatchObject({ code: 'EXCHANGE_FILE_EMPTY' });
		expect(bench.calls('file')).toBe(0);
		expect(bench.calls('import')).toBe(0);
	});

	it('begins anew with smaller parts where the web server takes no large ones', async () => {
		await open({ maxBody: 40_000, fileLimit: 200_000 });
		const xml = goodsXml(1500);
		const result = await transfer(await bench.session(), { files: [fileOf('import.xml', xml)], documents: ['import.xml'] });
		expect(bench.site.uploads.largest).toBeLessThanOrEqual(40_000);
		expect(result.restarts).toBeGreaterThan(0);
		expect(names()).toHaveLength(1500);
	});

	it('says so where even small parts are too large', async () => {
		await open({ maxBody: 1000 });
		const session = await bench.session();
		await expect(transfer(session, { files: [fileOf('import.xml', goodsXml(500))], documents: ['import.xml'] })).rejects.toMatchObject({ code: 'EXCHANGE_BODY_LIMIT', retryable: false });
	});
});
