import type { IncomingCall } from '../kernel/simulator.cts';

const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the pages of both platforms say. */
const WORDS = {
	en: {
		changes: 'Last changes',
		noChanges: 'Nothing has changed since the start.',
		here: 'here',
		over: 'came over',
		isNew: 'new',
		live: 'live',
		lost: 'no connection',
		search: 'Search by name',
		all: 'Show all',
		goods: 'Goods',
		name: 'Name',
		price: 'Price',
		status: 'Status',
		sum: 'Sum',
		paid: 'Paid',
		shipped: 'Shipped',
		pay: 'Pay',
		change: 'Change',
		lines: 'Lines',
		other: 'Русский',
		wrongAction: 'There is no such action',
		done: 'Done',
	},
	ru: {
		changes: 'Последние изменения',
		noChanges: 'С запуска ничего не менялось.',
		here: 'здесь',
		over: 'пришло',
		isNew: 'новый',
		live: 'обновляется',
		lost: 'нет связи',
		search: 'Поиск по названию',
		all: 'Показать все',
		goods: 'Товары',
		name: 'Название',
		price: 'Цена',
		status: 'Статус',
		sum: 'Сумма',
		paid: 'Оплачено',
		shipped: 'Отгружено',
		pay: 'Оплатить',
		change: 'Изменить',
		lines: 'Состав',
		other: 'English',
		wrongAction: 'Нет такого действия',
		done: 'Готово',
	},
} as const;

export type CommonWords = Record<keyof (typeof WORDS)['en'], string>;

/** Words of a page in both languages: its own, and those of all pages. */
export const withCommon = <Own extends Record<string, string>>(own: Record<Language, Own>): Record<Language, Own & CommonWords> => ({
	en: { ...WORDS.en, ...own.en },
	ru: { ...WORDS.ru, ...own.ru },
});

/** What the address asks for, else what the browser prefers. */
export function languageOf({ query, headers }: Pick<IncomingCall, 'query' | 'headers'>): Language {
	const asked = new URLSearchParams(query).get('lang');
	const preferred = String(headers['accept-language'] ?? '').trim().toLowerCase();
	return LANGUAGES.find((language) => language === asked) ?? (preferred.startsWith('ru') ? 'ru' : 'en');
}
