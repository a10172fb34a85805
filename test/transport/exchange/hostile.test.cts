import { inspect } from 'node:util';
import { SyncError } from '../../../core';
import { announceEnd, deactivateUntouched, ExchangeSession, OrderQuery, readShopBooks, transfer, type ExchangeConnection, type Send } from '../../../transport';
import { socketError } from '../scriptedSend';
import { answering, ExchangeBench, failureOf, fileOf, goodsXml, httpSend } from './exchangeBench.cts';
import { basic } from '../../simulators/bitrix/exchangeClient.cts';

const cp1251 = (text: string): Uint8Array =>
	Uint8Array.from(text, (letter) => {
		const code = letter.charCodeAt(0);
		return code < 128 ? code : code - 0x350;
	});

const LOGIN = { body: 'success\nPHPSESSID\nc00k1e\nsessid=0123456789abcdef0123456789abcdef\ntimestamp=1700000000\n' };
const TERMS = { body: 'zip=no\nfile_limit=100000' };
const PAGE = '<!DOCTYPE html><html><body>Вход</body></html>';
const ORDERS = '<?xml version="1.0" encoding="windows-1251"?><КоммерческаяИнформация><Документ><Ид>1</Ид></Документ></КоммерческаяИнформация>';

let bench: ExchangeBench;
beforeAll(async () => void (bench = await ExchangeBench.open()));
afterAll(async () => await bench.close());

const connection = async (send: Send): Promise<ExchangeConnection> => ({ ...(await bench.connection()), send });
const opening = async (...answers: Parameters<typeof answering>): Promise<ExchangeSession> => await ExchangeSession.open(await connection(answering(...answers)), 'catalog');
const file = { files: [fileOf('import.xml', goodsXml(1))], documents: ['import.xml'] };

describe('A login', () => {
	it.each<[string, Parameters<typeof answering>[0], string]>([
		['nothing', { body: '' }, 'EXCHANGE_ANSWER_EMPTY'],
		['line ends only', { body: '\r\n\r\n' }, 'EXCHANGE_ANSWER_EMPTY'],
		['a page', { body: PAGE }, 'EXCHANGE_NO_ACCESS'],
		['a page with status 401', { status: 401, body: PAGE }, 'EXCHANGE_NO_ACCESS'],
		['a page with status 403', { status: 403, body: PAGE }, 'EXCHANGE_NO_ACCESS'],
		['a page that the licence has ended', { body: '<html>Срок работы пробной версии продукта истек</html>' }, 'EXCHANGE_LICENCE'],
		['JSON', { body: '{"error":"no"}', headers: { 'content-type': 'application/json' } }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['a warning of PHP in front', { body: '\nWarning: something\nsuccess\nPHPSESSID\nx' }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['10 MB in one line', { body: 'a'.repeat(10 * 1024 * 1024) }, 'ANSWER_TOO_LARGE'],
		['3 MB in one line', { body: 'a'.repeat(3 * 1024 * 1024) }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['zeros', { body: new Uint8Array(5000) }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['UTF-16', { body: new Uint8Array(Buffer.from('\ufeffsuccess\n', 'utf16le')) }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['a word in capitals', { body: 'SUCCESS\nPHPSESSID\nx' }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['success without a cookie', { body: 'success' }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['a cookie that breaks the header', { body: 'success\nPHPSESSID\na; b=c' }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['a cookie with a name that breaks the header', { body: 'success\nPHP SESSID:\nabc' }, 'EXCHANGE_ANSWER_UNKNOWN'],
		['no such page', { status: 404, body: PAGE }, 'EXCHANGE_PATH'],
		['the same script elsewhere', { status: 301, headers: { location: 'https://www.shop.example.com/bitrix/admin/1c_exchange.php' } }, 'EXCHANGE_MOVED'],
		['a way to the login page', { status: 302, headers: { location: '/auth/?back=1' } }, 'EXCHANGE_NO_ACCESS'],
		['a way to nowhere', { status: 302, headers: {} }, 'EXCHANGE_NO_ACCESS'],
		['a way that is none', { status: 302, headers: { location: 'http://[' } }, 'EXCHANGE_NO_ACCESS'],
		['too many requests', { status: 429, body: PAGE }, 'EXCHANGE_RATE_LIMIT'],
		['a broken server', { status: 502, body: PAGE }, 'EXCHANGE_SERVER_ERROR'],
		['a teapot', { status: 418, body: PAGE }, 'EXCHANGE_NO_ACCESS'],
		['a failure in windows-1251', { body: cp1251('failure\nОшибка авторизации.') }, 'EXCHANGE_LOGIN'],
		['a failure in UTF-8 whose header says windows-1251', { body: 'failure\nОшибка авторизации.' }, 'EXCHANGE_LOGIN'],
		['a failure in windows-1251 whose header says UTF-8', { body: cp1251('failure\nУ Вас нет прав для обмена'), headers: { 'content-type': 'text/html; charset=utf-8' } }, 'EXCHANGE_NO_RIGHT'],
		['a failure in another language', { body: 'failure\n不可能' }, 'EXCHANGE_LOGIN'],
		['a failure without words', { body: 'failure' }, 'EXCHANGE_LOGIN'],
		['rotating sessions', { body: 'failure\nВключена смена идентификатора сессий.' }, 'EXCHANGE_SESSION_ROTATION'],
		['clocks that differ', { body: 'failure\nВремя на сервере базы данных отличается' }, 'EXCHANGE_SERVER_CLOCK'],
		['a missing module', { body: 'failure\nМодуль sale не установлен' }, 'EXCHANGE_MODULE_MISSING'],
		['an unknown type', { body: 'failure\nUnknown command type.' }, 'EXCHANGE_COMMAND_UNKNOWN'],
		['progress', { body: 'progress\n' }, 'EXCHANGE_LOGIN'],
	])('that is answered with %s has a code', async (_name, answer, code) => {
		const error = await failureOf(opening(answer));
		expect(error).toBeInstanceOf(SyncError);
		expect(error.code).toBe(code);
		expect(error.message.length).toBeLessThan(700);
		expect(error.message).not.toMatch(/[{}]|a{100}/);
	});

	it.each([
		['ENOTFOUND', 'CONNECTION_DNS'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'CONNECTION_TLS'],
		['ECONNREFUSED', 'CONNECTION_FAILED'],
		['ECONNRESET', 'CONNECTION_FAILED'],
		['ETIMEDOUT', 'CONNECTION_TIMEOUT'],
	])('that ends with %s has a code', async (code, expected) => {
		const send: Send = async () => await Promise.reject(socketError(code));
		expect(await failureOf(ExchangeSession.open(await connection(send), 'catalog'))).toMatchObject({ code: expected });
	});

	it('of an old version has no sessid and no timestamp, and is enough', async () => {
		const session = await opening({ body: 'success\nPHPSESSID\nabc' }, TERMS);
		expect(session.startedAt).toBeUndefined();
		expect(await session.begin()).toEqual({ zip: false, fileLimit: 100_000, sessid: undefined });
	});

	it('may have a byte order mark in front', async () => {
		await expect(opening({ body: `\ufeff${LOGIN.body}` })).resolves.toBeDefined();
	});
});

describe('A beginning', () => {
	it.each<[string, string, string]>([
		['nothing', '', 'EXCHANGE_ANSWER_EMPTY'],
		['a page', PAGE, 'EXCHANGE_NO_ACCESS'],
		['success', 'success', 'EXCHANGE_REFUSED'],
		['half of it', 'file_limit=100', 'EXCHANGE_ANSWER_UNKNOWN'],
		['no folder', 'failure\nОшибка инициализации временного каталога', 'EXCHANGE_TEMP_FOLDER'],
		['a lost session', 'failure\nОшибка авторизации. Неверное имя пользователя или пароль.', 'EXCHANGE_SESSION_LOST'],
		['no right', 'failure\nYou do not have permission to import', 'EXCHANGE_NO_RIGHT'],
	])('that is answered with %s has a code', async (_name, body, code) => {
		const session = await opening(LOGIN, { body });
		expect(await failureOf(session.begin())).toMatchObject({ code });
	});

	it.each([
		['nothing', 'zip=no', 204_800],
		['nonsense', 'zip=no\nfile_limit=-5', 204_800],
		['zero', 'zip=no\nfile_limit=0', 204_800],
		['a number', 'zip=yes\r\nfile_limit=12345\r\n', 12_345],
	])('whose limit is %s', async (_name, body, fileLimit) => {
		const session = await opening(LOGIN, { body });
		expect(await session.begin()).toMatchObject({ fileLimit });
	});
});

describe('An upload or import', () => {
	it.each<[string, string, string]>([
		['a page', PAGE, 'EXCHANGE_NO_ACCESS'],
		['nothing', '', 'EXCHANGE_ANSWER_EMPTY'],
		['JSON', '{}', 'EXCHANGE_ANSWER_UNKNOWN'],
		['a refusal of everything', 'failure\nно', 'EXCHANGE_SESSION_LOST'],
		['progress', 'progress', 'EXCHANGE_UPLOAD_FAILED'],
	])('that is always answered with %s has a code', async (_name, body, code) => {
		const session = await opening(LOGIN, TERMS);
		const login = answering(LOGIN);
		session.connection.send = async (request) => {
			if (request.url.includes('checkauth')) return await login(request);
			return await answering(request.url.includes('mode=init') ? TERMS : { body })(request);
		};
		expect(await failureOf(transfer(session, file))).toMatchObject({ code });
	});

	it('that says progress for ever ends', async () => {
		const session = await opening(LOGIN);
		session.connection.send = async (request) => await answering(request.url.includes('mode=init') ? TERMS : { body: request.url.includes('mode=import') ? 'progress' : 'success' })(request);
		expect(await failureOf(transfer(session, file))).toMatchObject({ code: 'EXCHANGE_IMPORT_STUCK' });
	});

	it('that answers with hundreds of thousands of remarks keeps a part of them', async () => {
		let call = 0;
		const session = await ExchangeSession.open(await connection(answering(LOGIN)), 'sale', '2.08');
		session.connection.send = async (request) => {
			if (request.url.includes('mode=init')) return await answering(TERMS)(request);
			if (!request.url.includes('mode=import')) return await answering({ body: 'success' })(request);
			call += 1;
			const lines = Array.from({ length: 1000 }, (_, index) => `Заказ №${call}-${index} не найден`);
			return await answering({ body: `${call < 30 ? 'progress' : 'success'}\n${lines.join('\n')}` })(request);
		};
		const { documents } = await transfer(session, file);
		expect(documents[0]?.remarks).toHaveLength(10_000);
		expect(documents[0]?.moreRemarks).toBe(20_000);
		expect(documents[0]?.remarks[0]).toEqual({ code: 'EXCHANGE_ORDER_MISSING', number: '1-0', text: 'Заказ №1-0 не найден' });
	});
});

describe('A document of orders', () => {
	const asking = async (body: string | Uint8Array, documentBytes?: number): Promise<unknown> => {
		const send: Send = async (request) => await answering(request.url.includes('checkauth') ? LOGIN : request.url.includes('init') ? TERMS : { body })(request);
		const query = await OrderQuery.start({ ...(await connection(send)), documentBytes });
		return await query.next();
	};

	it.each<[string, string | Uint8Array, string]>([
		['nothing', '', 'EXCHANGE_ANSWER_EMPTY'],
		['a page', PAGE, 'EXCHANGE_NO_ACCESS'],
		['a page in XHTML', `<?xml version="1.0"?><!DOCTYPE html><html></html>`, 'EXCHANGE_NO_ACCESS'],
		['JSON', '[]', 'EXCHANGE_ANSWER_UNKNOWN'],
		['half a document', ORDERS.slice(0, -20), 'EXCHANGE_ANSWER_CUT'],
		['half a document in windows-1251', cp1251(ORDERS).subarray(0, -5), 'EXCHANGE_ANSWER_CUT'],
		['UTF-8 with broken bytes', new Uint8Array([...new TextEncoder().encode(ORDERS.slice(0, 75)), 0xff, 0xfe, ...new TextEncoder().encode(ORDERS.slice(75))]), 'EXCHANGE_CHARSET'],
		['another encoding', Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="koi8-r"?><\xeb\xcf\xcd\xcd>', 'latin1')), 'EXCHANGE_CHARSET'],
		['a refusal', cp1251('failure\nОшибка авторизации.'), 'EXCHANGE_SESSION_LOST'],
		['a message of the database', 'Query error', 'EXCHANGE_ANSWER_UNKNOWN'],
	])('that is %s has a code', async (_name, body, code) => {
		expect(await failureOf(asking(body))).toMatchObject({ code });
	});

	it('that is longer than allowed is not taken in', async () => {
		expect(await failureOf(asking(ORDERS.repeat(100), 1000))).toMatchObject({ code: 'ANSWER_TOO_LARGE' });
	});

	it.each([
		['windows-1251', cp1251(ORDERS)],
		['utf-8', new TextEncoder().encode(ORDERS)],
		['utf-8', new TextEncoder().encode(`\ufeff${ORDERS.replace('windows-1251', 'UTF-8')}\r\n`)],
	])('is read in %s whatever it says of itself', async (charset, body) => {
		expect(await asking(body)).toMatchObject({ charset, number: 1 });
	});

	it('without orders is the end', async () => {
		expect(await asking('<?xml version="1.0" encoding="windows-1251"?><КоммерческаяИнформация ВерсияСхемы="3.1" />')).toBeUndefined();
	});
});

describe('Secrets', () => {
	const SECRETS = ['exchange1c-login', 'Pa55-w0rd', 'c00k1e', '0123456789abcdef0123456789abcdef', Buffer.from('exchange1c-login:Pa55-w0rd').toString('base64')];
	const echo = `failure\nexchange1c-login Pa55-w0rd c00k1e 0123456789abcdef0123456789abcdef`;

	const told = (error: SyncError): string => inspect(error, { depth: 12 }) + inspect(error.report()) + error.advice + String(error.stack);

	it('that a site repeats are taken out of errors and remarks', async () => {
		const redact = (text: string): string => text.replaceAll('exchange1c-login', '***').replaceAll('Pa55-w0rd', '***');
		const send: Send = async (request) => await answering(request.url.includes('checkauth') ? LOGIN : { body: echo })(request);
		const session = await ExchangeSession.open({ ...(await connection(send)), redact }, 'catalog');
		for (const work of [session.begin(), session.document('query', 'КоммерческаяИнформация'), announceEnd(session), transfer(session, file)]) {
			const error = await failureOf(work);
			for (const secret of SECRETS) expect(told(error)).not.toContain(secret);
			expect(error.message).toContain('***');
		}
	});

	it('are in no error of the connection', async () => {
		const running = bench.bitrix;
		const real = httpSend(basic(running.exchange.login, running.exchange.password));
		const session = await ExchangeSession.open({ ...(await bench.connection()), send: real }, 'catalog');
		for (const kind of ['html', 'cut', 'reset', 'serverError', 'rateLimit', 'unavailable', 'hang'] as const) {
			running.faults.set([{ kind, share: 1, milliseconds: 20 }]);
			const error = await failureOf(session.ask('import', { filename: 'import.xml' }));
			expect(told(error)).not.toMatch(new RegExp(`${running.exchange.password}|sessid=|PHPSESSID=[0-9a-f]|Basic `));
		}
		running.faults.set([]);
	});
});

describe('Stopping', () => {
	it.each(['file', 'import', 'init'])('ends a run at its next call (%s), and the next run begins anew', async (mode) => {
		const stop = new AbortController();
		const real = await bench.connection();
		const send: Send = async (request) => {
			if (request.url.includes(`mode=${mode}`)) stop.abort();
			return await real.send(request);
		};
		const session = await ExchangeSession.open({ ...real, send, signal: stop.signal }, 'catalog');
		expect(await failureOf(transfer(session, file))).toMatchObject({ code: 'STOPPED' });
		const again = await transfer(await bench.session(), file);
		expect(again.documents).toHaveLength(1);
	});

	it('ends a pause', async () => {
		const stop = new AbortController();
		const send: Send = async () => {
			setImmediate(() => stop.abort());
			return await Promise.reject(socketError('ECONNREFUSED'));
		};
		expect(await failureOf(ExchangeSession.open({ ...(await connection(send)), signal: stop.signal }, 'catalog'))).toMatchObject({ code: 'STOPPED' });
	});
});

describe('The end of an exchange', () => {
	it('is told, and deactivation goes by the moment of the login', async () => {
		const session = await bench.session();
		await transfer(session, file);
		expect(await announceEnd(session)).not.toBe('');
		expect(await deactivateUntouched(session, { everythingWasImported: true })).toContain('Деактивировано');
		expect(bench.requests.find(({ url }) => url.includes('mode=deactivate'))?.url).toContain(`timestamp=${session.startedAt}`);
	});

	it('cannot deactivate where the site said no moment', async () => {
		const session = await opening({ body: 'success\nPHPSESSID\nabc' });
		expect(await failureOf(deactivateUntouched(session, { everythingWasImported: true }))).toMatchObject({ code: 'EXCHANGE_NO_TIMESTAMP' });
	});

	it('is never followed by a deactivation that nobody asked for', () => {
		expect(bench.requests.filter(({ url }) => url.includes('mode=deactivate'))).toHaveLength(1);
	});
});

it('a document of the shop’s books has another root', async () => {
	const send: Send = async (request) => await answering(request.url.includes('checkauth') ? LOGIN : { body: ORDERS })(request);
	expect(await failureOf(readShopBooks(await connection(send)))).toMatchObject({ code: 'EXCHANGE_ANSWER_UNKNOWN' });
});
