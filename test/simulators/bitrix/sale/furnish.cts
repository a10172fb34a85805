import type { Flag } from '../catalog/rows.cts';
import type { Portal } from '../portal.cts';
import type { OrderPropertyRow } from './rows.cts';

const STATUSES = [
	['N', 'O', 100, '#5bc0de', 'Принят, ожидается оплата'],
	['P', 'O', 150, '#5cb85c', 'Оплачен, формируется к отправке'],
	['A', 'O', 160, '#f0ad4e', 'Собирается'],
	['S', 'O', 170, '#428bca', 'Отправлен'],
	['F', 'O', 200, '#777777', 'Выполнен'],
	['D', 'O', 210, '#d9534f', 'Отменён'],
	['DN', 'D', 300, '', 'Ожидает обработки'],
	['DD', 'D', 350, '', 'Отменён'],
	['DF', 'D', 400, '', 'Отгружен'],
] as const;

const PAY_SYSTEMS = [
	{ NAME: 'Наличные курьеру', ACTION_FILE: 'cash', IS_CASH: 'Y', XML_ID: 'pay-cash' },
	{ NAME: 'Банковская карта (онлайн)', ACTION_FILE: 'yandexcheckout', IS_CASH: 'N', XML_ID: 'pay-card', CAN_PRINT_CHECK: 'Y' },
	{ NAME: 'Счёт для юридических лиц', ACTION_FILE: 'bill', IS_CASH: 'N', XML_ID: 'pay-bill' },
	{ NAME: 'Бонусный счёт', ACTION_FILE: 'inner', IS_CASH: 'N', XML_ID: 'pay-bonus' },
] as const;

const DELIVERIES = [
	{ NAME: 'Без доставки', XML_ID: 'delivery-none' },
	{ NAME: 'Доставка курьером', XML_ID: 'delivery-courier' },
	{ NAME: 'Самовывоз', XML_ID: 'delivery-pickup' },
	{ NAME: 'Почта России', XML_ID: 'delivery-post' },
] as const;

/** Code, name, and what the property is for. */
type PropertyDraft = readonly [
	code: string,
	name: string,
	role?: 'isPayer' | 'isEmail' | 'isPhone' | 'isZip' | 'isAddress' | 'isLocation' | 'isProfileName',
];

const PLACE: readonly PropertyDraft[] = [
	['ZIP', 'Индекс', 'isZip'],
	['CITY', 'Город'],
	['LOCATION', 'Местоположение', 'isLocation'],
	['ADDRESS', 'Адрес доставки', 'isAddress'],
];

const PERSON_PROPERTIES: readonly PropertyDraft[] = [
	['FIO', 'Ф.И.О.', 'isPayer'],
	['EMAIL', 'E-Mail', 'isEmail'],
	['PHONE', 'Телефон', 'isPhone'],
	...PLACE,
];

const COMPANY_PROPERTIES: readonly PropertyDraft[] = [
	['COMPANY', 'Название компании', 'isProfileName'],
	['COMPANY_ADR', 'Юридический адрес'],
	['INN', 'ИНН'],
	['KPP', 'КПП'],
	['CONTACT_PERSON', 'Контактное лицо', 'isPayer'],
	['EMAIL', 'E-Mail', 'isEmail'],
	['PHONE', 'Телефон', 'isPhone'],
	['FAX', 'Факс'],
	...PLACE,
];

/** What a shop has before the first order. */
export function furnishSale(portal: Portal): void {
	const { store } = portal;
	for (const [id, type, sort, color, name] of STATUSES) {
		store.statuses.add({ id, type, sort, color, notify: 'Y', xmlId: '' });
		for (const lid of ['ru', 'en'])
			store.statusLangs.add({ statusId: id, lid, name: lid === 'ru' ? name : `Status ${id}`, description: '' });
	}
	for (const system of PAY_SYSTEMS) store.paySystems.add({ CAN_PRINT_CHECK: 'N', ...system, ACTIVE: 'Y', SORT: 100, PERSON_TYPE_ID: null });
	for (const delivery of DELIVERIES)
		store.deliveries.add({ ...delivery, ACTIVE: 'Y', DESCRIPTION: '', SORT: 100, CURRENCY: 'RUB', PARENT_ID: null });
	store.tradePlatforms.add({
		code: 'ymarket',
		active: 'N',
		name: 'Яндекс Маркет',
		description: '',
		settings: '',
		class: '\\Bitrix\\Sale\\TradingPlatform\\YMarket\\YandexMarket',
		xmlId: '',
	});
	addPersonType(portal, 'Физическое лицо', 'person', 'I', PERSON_PROPERTIES);
	addPersonType(portal, 'Юридическое лицо', 'company', 'E', COMPANY_PROPERTIES);
}

function addPersonType(
	portal: Portal,
	name: string,
	code: string,
	domain: 'I' | 'E',
	drafts: readonly PropertyDraft[],
): void {
	const { personTypes, propertyGroups, orderProperties } = portal.store;
	const { id } = personTypes.add({ lid: 's1', name, code, sort: 100, active: 'Y', xmlId: '', domain });
	const group = propertyGroups.add({ name: 'Данные покупателя', personTypeId: id, sort: 100 });
	for (const [index, [propertyCode, title, role]] of drafts.entries()) {
		orderProperties.add({
			...BLANK_PROPERTY,
			personTypeId: id,
			propsGroupId: group.id,
			name: title,
			code: propertyCode,
			sort: (index + 1) * 10,
			...(role && { [role]: 'Y' }),
			type: role === 'isLocation' ? 'LOCATION' : 'STRING',
		});
	}
}

const no: Flag = 'N';

const BLANK_PROPERTY: Omit<OrderPropertyRow, 'id' | 'personTypeId' | 'propsGroupId' | 'name' | 'code' | 'sort' | 'type'> = {
	active: 'Y',
	util: no,
	userProps: 'Y',
	isFiltered: no,
	description: '',
	required: no,
	multiple: no,
	xmlId: '',
	defaultValue: '',
	settings: [],
	isProfileName: no,
	isPayer: no,
	isEmail: no,
	isPhone: no,
	isZip: no,
	isAddress: no,
	isLocation: no,
};
