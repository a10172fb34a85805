import type { Random } from '../../kernel/random.cts';

/** Somebody who orders, with what he filled in by property code. */
export interface Customer {
	kind: 'person' | 'company';
	userId: number;
	properties: Record<string, string>;
	comment: string;
	/** Per cent off everything he buys; mostly 0. */
	discount: number;
}

const FIRST_NAMES = ['Анна', 'Пётр', 'Мария', 'Алёна', 'Семён', 'Ольга', 'Фёдор', "Жан-Пьер д'Артаньян"];
const LAST_NAMES = ['Иванова', 'Сидоров', 'Ковалёва', 'Мамин-Сибиряк', 'Щукина', 'Ёлкин', 'О\u2019Нил'];
const COMPANIES = ['ООО «Ромашка»', 'АО "Север & Ко"', 'ИП Ёлкин С. С.', 'ООО «Три «ёлки»»', 'ЗАО <Лада>'];
const CITIES = [
	['101000', 'Москва', '0000073738'],
	['190000', 'Санкт-Петербург', '0000103664'],
	['170100', 'Тверь', '0000250453'],
] as const;
const STREETS = ['ул. Ленина, д. 5, кв. 12', 'пр-т Мира, 10/2', 'наб. р. Мойки, 48 «А»', 'дер. Малые Вязёмы, 7'];
const COMMENTS = [
	'',
	'',
	'Позвоните за час',
	'Домофон не работает 🙏',
	'Упакуйте в "подарочную" бумагу & ленту',
	'Подъезд <2>, код 12#34',
	'Спасибо!\nС уважением,\tАнна 🎁🎉',
];

/** One of a few dozen customers; most order several times, and write their phone differently. */
export function randomCustomer(random: Random): Customer {
	const number = random.integer(1, 40);
	const userId = 1000 + number;
	const comment = random.pick(COMMENTS);
	const discount = [0, 5, 0, 7.5, 0, 0, 3, 0][number % 8] ?? 0;
	const [zip, city, location] = random.pick(CITIES);
	const place = { ZIP: zip, CITY: city, LOCATION: location, ADDRESS: random.pick(STREETS) };
	const contact = { EMAIL: `buyer${number}@example.com`, PHONE: phone(random, number) };
	if (number % 4 !== 0)
		return { kind: 'person', userId, comment, discount, properties: { FIO: fullName(number), ...contact, ...place } };
	const entrepreneur = number % 8 === 0;
	return {
		kind: 'company',
		userId,
		comment,
		discount,
		properties: {
			COMPANY: COMPANIES[number % COMPANIES.length] ?? '',
			COMPANY_ADR: `${city}, ${random.pick(STREETS)}`,
			INN: entrepreneur ? personalInn(number) : companyInn(number),
			KPP: entrepreneur ? '' : `7701${String(number).padStart(5, '0')}`,
			CONTACT_PERSON: fullName(number),
			...contact,
			...place,
		},
	};
}

const fullName = (number: number): string =>
	`${LAST_NAMES[number % LAST_NAMES.length]} ${FIRST_NAMES[number % FIRST_NAMES.length]}`;

function phone(random: Random, number: number): string {
	const digits = `916${String(1_000_000 + number * 13_577).slice(-7)}`;
	const [code, first, second, third] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 8), digits.slice(8)];
	return random.pick([
		`+7${digits}`,
		`8${digits}`,
		`+7 (${code}) ${first}-${second}-${third}`,
		`8 ${code} ${first} ${second} ${third}`,
		`7-${code}-${first}-${second}${third}`,
		`тел. ${code}${first}${second}${third} доб. 12`,
		` +7\u00a0${code}\u00a0${first}-${second}-${third} `,
	]);
}

const COMPANY_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const PERSON_WEIGHTS = [
	[7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
	[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8],
];

/** Tax numbers with right check digits. */
function companyInn(number: number): string {
	const digits = `7701${String(number * 37).padStart(5, '0')}`;
	return digits + checkDigit(digits, COMPANY_WEIGHTS);
}

function personalInn(number: number): string {
	const digits = `770${String(number * 4211).padStart(7, '0')}`;
	return PERSON_WEIGHTS.reduce((inn, weights) => inn + checkDigit(inn, weights), digits);
}

const checkDigit = (digits: string, weights: number[]): string =>
	String((weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11) % 10);
