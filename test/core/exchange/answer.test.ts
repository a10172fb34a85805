import fc from 'fast-check';
import {
	CATALOGUE,
	checkExchangeFileName,
	encodeWord,
	firstOrder,
	holdSameOrders,
	isUtf8,
	orderRemark,
	readableText,
	readExchangeAnswer,
	readExchangeDocument,
	readExchangeLogin,
	readExchangeTerms,
	refusalCode,
	wellFormed,
	type ExchangeDocument,
} from '../../../core';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('An answer of the exchange', () => {
	it.each([
		['success', { word: 'success', lines: [] }],
		['success\n', { word: 'success', lines: [] }],
		['progress\r\n  Обработано 5 \r\n\r\n', { word: 'progress', lines: ['Обработано 5'] }],
		['failure\nодин\nдва', { word: 'failure', lines: ['один', 'два'] }],
		['error\n', { word: 'error', lines: [] }],
		['', 'empty'],
		[' \n\t', 'empty'],
		['<html>', 'page'],
		['\n <!DOCTYPE html>', 'page'],
		['successful', 'other'],
		['Fatal error', 'other'],
		['failure: no', 'other'],
	])('%j', (text, expected) => expect(readExchangeAnswer(utf8(text))).toEqual(expected));

	it('is a word, a page, something else or nothing, whatever the bytes are', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				const answer = readExchangeAnswer(bytes);
				return typeof answer === 'object' || ['empty', 'page', 'other'].includes(answer);
			}),
		);
	});

	it('is read in the encoding that its bytes have', () => {
		fc.assert(fc.property(fc.string(), (text) => readableText(utf8(text)) === wellFormed(text).replace(/^\ufeff/, '')));
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...'АБВГЯабвгяё №-'), { minLength: 2 }), (letters) => {
				const word = letters.filter((letter) => letter !== 'ё' && letter !== '№').join('');
				return isUtf8(encodeWord(word, 'windows-1251')) ? /^[ -]*$/.test(word) : readableText(encodeWord(word, 'windows-1251')) === word;
			}),
		);
	});
});

describe('A login', () => {
	const login = (...lines: string[]) => readExchangeLogin({ word: 'success', lines });

	it('has a cookie, a sessid and a moment, in any order behind the cookie', () => {
		const sessid = 'a'.repeat(32);
		expect(login('PHPSESSID', 'x1', `sessid=${sessid}`, 'timestamp=17')).toEqual({ cookie: { name: 'PHPSESSID', value: 'x1' }, sessid, timestamp: 17 });
		expect(login('PHPSESSID', 'x1', 'timestamp=17', `sessid=${sessid}`)).toMatchObject({ sessid, timestamp: 17 });
		expect(login('BX', 'a%2Cb+/=')).toEqual({ cookie: { name: 'BX', value: 'a%2Cb+/=' }, sessid: undefined, timestamp: undefined });
	});

	it.each([[[]], [['PHPSESSID']], [['PHP SESSID', 'x']], [['PHPSESSID', 'a;b']], [['PHPSESSID', 'a,b']], [['PHPSESSID', 'ключ']], [['x'.repeat(65), 'y']]])('%j is none', (lines) =>
		expect(login(...lines)).toBeUndefined(),
	);

	it('leaves out what is no sessid and no moment', () => {
		expect(login('S', 'x', 'sessid=12', 'timestamp=0')).toEqual({ cookie: { name: 'S', value: 'x' }, sessid: undefined, timestamp: undefined });
	});
});

it.each([
	['zip=yes\nfile_limit=1', { zip: true, fileLimit: 1, sessid: undefined }],
	['ZIP=NO\r\nfile_limit=204800\r\nsessid=0123456789abcdef0123456789abcdef\r\nversion=2.09', { zip: false, fileLimit: 204_800, sessid: '0123456789abcdef0123456789abcdef' }],
	['zip=maybe', undefined],
	['failure\nno', undefined],
])('The terms %j', (text, expected) => expect(readExchangeTerms(utf8(text))).toEqual(expected));

describe('A document', () => {
	const xml = (inner: string, root = 'КоммерческаяИнформация'): Uint8Array => utf8(`<?xml version="1.0"?>\n<${root} ДатаФормирования="x">${inner}</${root}>`);
	const read = (bytes: Uint8Array) => readExchangeDocument(bytes, 'КоммерческаяИнформация');

	it('is whole from its root to the end of it, and nothing less', () => {
		const bytes = xml('<Документ><Ид>1</Ид></Документ>');
		expect(read(bytes)).toMatchObject({ charset: 'utf-8' });
		for (let length = bytes.length - 1; length > 70; length -= 1) expect(read(bytes.subarray(0, length))).toBe('cut');
	});

	it.each([
		['<Документ>', true],
		['<Документ Ид="1">', true],
		['<Контейнер>\n', true],
		['<Документ/>', true],
		['<Документы>', false],
		['<ПодчиненныеДокументы>', false],
		['Документ', false],
		['&lt;Документ>', false],
	])('with %s inside has orders: %s', (inner, has) => {
		for (const charset of ['utf-8', 'windows-1251'] as const) {
			const text = `<К>${inner}</К>`;
			const bytes = charset === 'utf-8' ? utf8(text) : encodeWord(text, charset);
			expect(firstOrder({ bytes, charset }) >= 0).toBe(has);
		}
	});

	it('is the same when only its root differs', () => {
		const one = { bytes: xml('<Документ>1</Документ>'), charset: 'utf-8' } as ExchangeDocument;
		const later = { ...one, bytes: utf8(new TextDecoder().decode(one.bytes).replace('"x"', '"later"')) };
		expect(holdSameOrders(one, later)).toBe(true);
		expect(holdSameOrders(one, { ...one, bytes: xml('<Документ>2</Документ>') })).toBe(false);
	});
});

describe('A refusal', () => {
	it.each([
		['Ошибка авторизации. Неверное имя пользователя или пароль.', 'EXCHANGE_LOGIN'],
		['Ошибка проверки источника запроса. Обновите модуль обмена.', 'EXCHANGE_SOURCE_CHECK'],
		['У Вас нет прав для импорта каталога.', 'EXCHANGE_NO_RIGHT'],
		['Срок работы пробной версии продукта истек', 'EXCHANGE_LICENCE'],
		['Включена смена идентификатора сессий.', 'EXCHANGE_SESSION_ROTATION'],
		['Время на сервере базы данных отличается', 'EXCHANGE_SERVER_CLOCK'],
		['Ошибка инициализации временного каталога', 'EXCHANGE_TEMP_FOLDER'],
		['Ошибка открытия файла', 'EXCHANGE_UPLOAD_FAILED'],
		['Ошибка записи файла', 'EXCHANGE_UPLOAD_FAILED'],
		['Ошибка чтения HTTP данных', 'EXCHANGE_UPLOAD_FAILED'],
		['Файл для импорта пуст', 'EXCHANGE_UPLOAD_FAILED'],
		['Ошибка распаковки архива', 'EXCHANGE_UNZIP'],
		['Распаковка на сайте невозможна', 'EXCHANGE_UNZIP'],
		['Ошибка импорта метаданных. Пустой склад', 'EXCHANGE_METADATA'],
		['При импорте встретилась валюта RUR', 'EXCHANGE_CURRENCY'],
		['Временная таблица не существует', 'EXCHANGE_FOREIGN'],
		['Неизвестная команда', 'EXCHANGE_COMMAND_UNKNOWN'],
		['Unknown command type.', 'EXCHANGE_COMMAND_UNKNOWN'],
		['Необходимо выключить складской учет и резервирование', 'EXCHANGE_RESERVATION'],
		['Не заполнено обязательное поле', undefined],
	])('%s', (text, code) => expect(refusalCode(text)).toBe(code));

	it.each([
		['Ошибка авторизации. Неверное имя пользователя или пароль.', 'auth', false],
		['Ошибка проверки источника запроса. Обновите модуль обмена.', 'auth', true],
		['У Вас нет прав для импорта каталога.', 'auth', false],
		['У Вас нет прав для обмена.', 'auth', false],
		['Срок работы пробной версии продукта истек', 'configuration', false],
		['Включена смена идентификатора сессий.', 'configuration', false],
		['Время на сервере базы данных отличается', 'configuration', false],
		['Ошибка инициализации временного каталога', 'server', true],
		['Ошибка открытия файла', 'server', true],
		['Ошибка записи файла', 'server', true],
		['Ошибка чтения HTTP данных', 'server', true],
		['Распаковка на сайте невозможна', 'server', true],
		['Файл для импорта пуст', 'server', true],
		['Ошибка распаковки архива', 'server', true],
		['Ошибка импорта метаданных. Пустой склад', 'data', false],
		['При импорте встретилась валюта RUR', 'data', false],
		['Временная таблица не существует', 'conflict', true],
		['Неизвестная команда', 'configuration', false],
		['Unknown command type.', 'configuration', false],
		['Необходимо выключить складской учет и резервирование', 'configuration', false],
	])('is repeated or not as the sheet says (section 5): %s', (text, kind, retryable) => {
		const code = refusalCode(text);
		expect(code && CATALOGUE[code]).toMatchObject({ kind, retryable });
	});

	it.each([
		['Заказ №12 не найден', { code: 'EXCHANGE_ORDER_MISSING', number: '12' }],
		['Заказ № A-7/1 не может быть изменен', { code: 'EXCHANGE_ORDER_LOCKED', number: 'A-7/1' }],
		['Что-то ещё', { code: 'EXCHANGE_ORDER_WARNING' }],
	])('of an order: %s', (text, expected) => expect(orderRemark(text)).toEqual({ ...expected, text }));
});

describe('A name of a file', () => {
	it.each(['import.xml', 'import0_1.xml', 'import_files/ab/ab12-cd.1.jpg', 'a'])('%s is fit', (name) => expect(() => checkExchangeFileName(name)).not.toThrow());
	it.each([
		'', '/import.xml', 'a//b.xml', '../x.xml', 'a/../b', '.htaccess', 'a/.b', 'x.php', 'x.php.xml', 'X.PhTmL', 'tmp/x.xml', 'upload/1c/webdata/x.xml', 'имя.xml', 'a b.xml', 'a\\b.xml', 'a;b.xml', 'x.', 'a'.repeat(201),
	])('“%s” is not', (name) => expect(() => checkExchangeFileName(name)).toThrow(expect.objectContaining({ code: 'EXCHANGE_FILE_NAME' })));
});
