import type { Answer } from '../../kernel/simulator.cts';
import { htmlAnswer } from '../wire/envelope.cts';
import type { ExchangeSettings } from './settings.cts';
import { encodeWindows1251 } from './windows1251.cts';

type Charset = ExchangeSettings['charset'];

const encode = (charset: Charset, text: string): Buffer =>
	charset === 'utf-8' ? Buffer.from(text, 'utf8') : encodeWindows1251(text);

/** Lines for the exchange; the status is 200 whatever they say. */
export const textAnswer = (charset: Charset, body: string): Answer => ({
	status: 200,
	headers: { 'content-type': `text/html; charset=${charset}` },
	body: encode(charset, body),
});

export const xmlAnswer = (body: string, encoding: Charset = 'windows-1251'): Answer => ({
	status: 200,
	headers: { 'content-type': `application/xml; charset=${encoding}` },
	body: encode(encoding, `<?xml version="1.0" encoding="${encoding}"?>\n${body}`),
});

export const success = (text = ''): string => `success\n${text}`;
export const progress = (text = ''): string => `progress\n${text}`;
export const failure = (text: string): string => `failure\n${text}`;

/** PHP died: nothing but a status. */
export const crashAnswer = (): Answer => ({ status: 500, headers: { 'content-type': 'text/html' }, body: '' });

/** What a browser would be shown in place of the exchange. */
export const loginPage = (status: number): Answer => ({
	...htmlAnswer(status, 'Авторизация'),
	body: [
		'<!DOCTYPE html>',
		'<html lang="ru"><head><meta charset="utf-8"><title>Авторизация</title></head>',
		'<body><form method="post"><input name="USER_LOGIN"><input type="password" name="USER_PASSWORD"></form></body></html>',
	].join('\n'),
});

/** What the site says, by what went wrong. Clients must not rely on the words. */
export const TEXTS = {
	login: 'Ошибка авторизации. Неверное имя пользователя или пароль.',
	source: 'Ошибка проверки источника запроса. Обновите модуль обмена.',
	catalogGroup: 'У Вас нет прав для импорта каталога. Проверьте настройки импорта.',
	saleGroup: 'У Вас нет прав для обмена. Проверьте настройки обмена.',
	module: (name: string): string => `Модуль ${name} не установлен.`,
	command: 'Неизвестная команда.',
	type: 'Unknown command type.',
	sessionRotation: 'Включена смена идентификатора сессий. В файле подключения ядра запретите её для обмена.',
	clock: 'Время на сервере базы данных отличается от времени веб-сервера более чем на 10 минут.',
	licence: 'Срок работы пробной версии продукта истёк.',
	noBody: 'Ошибка чтения HTTP данных.',
	open: (name: string): string => `Ошибка открытия файла ${name} для чтения.`,
	unzip: 'Ошибка распаковки архива.',
	noTable: 'Временная таблица не существует.',
	metadata: (detail: string): string => `Ошибка импорта метаданных. ${detail}`,
	currency: (currency: string): string => `При импорте встретилась валюта ${currency}, которой нет на сайте.`,
	emptyFile: 'Файл для импорта пуст.',
	timestamp: 'Не указано время начала импорта.',
} as const;
