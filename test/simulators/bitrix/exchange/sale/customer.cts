import type { Portal } from '../../portal.cts';
import type { OrderRow } from '../../sale/rows.cts';
import { asText } from '../../wire/params.cts';
import { md5 } from '../import/checksum.cts';
import { element, filled, leaf } from '../xml/writer.cts';
import type { ExportFormat } from './format.cts';

const MAX_ID_LENGTH = 40;

type Names = [last: string, first: string, middle: string];

/** Who ordered, as the site's profile of the payer type shows it. Any of the fields can be empty. */
export function customer(portal: Portal, order: OrderRow, format: ExportFormat): string {
	const value = valuesOf(portal, order);
	const isCompany = portal.store.personTypes.get(order.personTypeId)?.domain === 'E';
	const name = value('FIO') || value('CONTACT_PERSON');
	const shown = isCompany ? company(value) : person(value, name);
	return element(
		'Контрагенты',
		element(
			'Контрагент',
			leaf('Ид', customerCode(portal, order)),
			leaf('Наименование', isCompany ? value('COMPANY') || name : name),
			...shown,
			contacts(value, format),
			isCompany && name !== '' ? representative(name) : undefined,
			leaf('Роль', 'Покупатель'),
		),
	);
}

type ValueOf = (code: string) => string;

export function valuesOf({ store }: Portal, { id }: OrderRow): ValueOf {
	const values = new Map(store.orderPropertyValues.where('orderId', id).map(({ code, value }) => [code, asText(value)]));
	return (code) => values.get(code) ?? '';
}

/** `<id>#<login>#<last> <first> <middle>`, cut off. */
export function customerCode(portal: Portal, order: OrderRow): string {
	const value = valuesOf(portal, order);
	const user = portal.users.find(({ id }) => id === order.userId);
	const login = (user?.email ?? value('EMAIL')).split('@')[0] || `user${order.userId}`;
	const names: Names = user ? [user.lastName, user.name, ''] : namesIn(value('FIO'));
	const whole = names.some((name) => name !== '') ? names.join(' ') : '';
	return `${order.userId}#${login}#${whole}`.slice(0, MAX_ID_LENGTH);
}

function namesIn(text: string): Names {
	const [last = '', first = '', ...middle] = text.trim().split(/\s+/);
	return [last, first, middle.join(' ')];
}

function person(value: ValueOf, name: string): Array<string | undefined> {
	const [last, first, middle] = namesIn(name);
	return [
		filled('ПолноеНаименование', name),
		filled('Фамилия', last),
		filled('Имя', first),
		filled('Отчество', middle),
		address('АдресРегистрации', deliveryAddress(value), [
			['Почтовый индекс', value('ZIP')],
			['Город', value('CITY')],
			['Улица', value('ADDRESS')],
		]),
	];
}

function company(value: ValueOf): Array<string | undefined> {
	return [
		leaf('ОфициальноеНаименование', value('COMPANY')),
		address('ЮридическийАдрес', value('COMPANY_ADR'), []),
		filled('ИНН', value('INN')),
		filled('КПП', value('KPP')),
		address('Адрес', deliveryAddress(value), []),
	];
}

/** Postcode, town and street as one line. */
export const deliveryAddress = (value: ValueOf): string =>
	[value('ZIP'), value('CITY'), value('ADDRESS')].filter((part) => part !== '').join(', ');

function address(name: string, shown: string, fields: Array<[string, string]>): string | undefined {
	if (shown === '') return undefined;
	const parts = fields.filter(([, text]) => text !== '');
	return element(
		name,
		leaf('Представление', shown),
		...parts.map(([kind, text]) => element('АдресноеПоле', leaf('Тип', kind), leaf('Значение', text))),
	);
}

function contacts(value: ValueOf, { isRicher }: ExportFormat): string | undefined {
	const pairs = [
		[isRicher ? 'Телефон рабочий' : 'ТелефонРабочий', value('PHONE')],
		[isRicher ? 'Электронная почта' : 'Почта', value('EMAIL')],
	] as const;
	const given = pairs.filter(([, text]) => text !== '');
	if (given.length === 0) return undefined;
	return element('Контакты', ...given.map(([kind, text]) => element('Контакт', leaf('Тип', kind), leaf('Значение', text))));
}

const representative = (name: string): string =>
	element(
		'Представители',
		element(
			'Представитель',
			element('Контрагент', leaf('Отношение', 'Контактное лицо'), leaf('Ид', md5(name)), leaf('Наименование', name)),
		),
	);
