import type { CrmField, CrmFields } from './fields.cts';

/** The fields of leads, deals, contacts, companies and smart invoices. */
const string = (title: string, more: Partial<CrmField> = {}): CrmField => ({ type: 'string', title, ...more });
const text = (title: string): CrmField => ({ type: 'text', title });
const status = (title: string, statusType: string, more: Partial<CrmField> = {}): CrmField => ({
	type: 'crm_status',
	title,
	statusType,
	...more,
});
const flag = (title: string, more: Partial<CrmField> = {}): CrmField => ({ type: 'boolean', title, ...more });
const read = (type: CrmField['type'], title: string, more: Partial<CrmField> = {}): CrmField => ({
	type,
	title,
	item: 'read',
	...more,
});

const ID: CrmFields = { id: read('integer', 'ID') };

const COMMON: CrmFields = {
	assignedById: { type: 'user', title: 'Ответственный' },
	opened: flag('Доступен для всех'),
	createdTime: read('datetime', 'Дата создания', { legacyName: 'DATE_CREATE' }),
	updatedTime: read('datetime', 'Дата изменения', { legacyName: 'DATE_MODIFY' }),
	createdBy: read('user', 'Кем создан', { legacyName: 'CREATED_BY_ID' }),
	updatedBy: read('user', 'Кем изменён', { legacyName: 'MODIFY_BY_ID' }),
	sourceId: status('Источник', 'SOURCE'),
	sourceDescription: text('Дополнительно об источнике'),
	lastActivityTime: read('datetime', 'Последняя активность'),
	lastActivityBy: read('user', 'Кем проявлена последняя активность'),
	observers: { type: 'user', title: 'Наблюдатели', multiple: true, legacy: null },
};

const ORIGIN: CrmFields = {
	originatorId: string('Внешний источник'),
	originId: string('Идентификатор элемента во внешнем источнике'),
};

const UTM: CrmFields = {
	utmSource: string('Рекламная система'),
	utmMedium: string('Тип трафика'),
	utmCampaign: string('Обозначение рекламной кампании'),
	utmContent: string('Содержание кампании'),
	utmTerm: string('Условие поиска кампании'),
};

const MONEY: CrmFields = {
	currencyId: { type: 'crm_currency', title: 'Валюта' },
	opportunity: { type: 'money', title: 'Сумма' },
	isManualOpportunity: flag('Ручной режим расчёта суммы'),
};

const MOVED: CrmFields = {
	movedBy: read('user', 'Кем перемещён', { legacyName: 'MOVED_BY_ID' }),
	movedTime: read('datetime', 'Дата перемещения'),
};

/** The contacts of a lead, deal or invoice. The older form takes several, but never shows them. */
const CUSTOMER: CrmFields = {
	companyId: { type: 'crm_company', title: 'Компания', parent: 4 },
	contactId: { type: 'crm_contact', title: 'Контакт', deprecated: true },
	contactIds: { type: 'crm_contact', title: 'Контакты', multiple: true, legacy: 'give' },
};

const PERSON: CrmFields = {
	honorific: status('Обращение', 'HONORIFIC'),
	name: string('Имя'),
	secondName: string('Отчество'),
	lastName: string('Фамилия'),
	birthdate: { type: 'date', title: 'Дата рождения' },
	post: string('Должность'),
};

/** Phones and the like: one list in `crm.item.*`, a list for each kind in the older form. */
const MULTIFIELDS: CrmFields = {
	hasPhone: read('boolean', 'Задан телефон'),
	hasEmail: read('boolean', 'Задан e-mail'),
	hasImol: read('boolean', 'Задана открытая линия'),
	fm: { type: 'crm_multifield', title: 'Контактные данные', multiple: true, legacy: null },
	PHONE: { type: 'crm_multifield', title: 'Телефон', multiple: true, item: null, legacy: 'write', legacyName: 'PHONE' },
	EMAIL: { type: 'crm_multifield', title: 'E-mail', multiple: true, item: null, legacy: 'write', legacyName: 'EMAIL' },
	WEB: { type: 'crm_multifield', title: 'Сайт', multiple: true, item: null, legacy: 'write', legacyName: 'WEB' },
	IM: { type: 'crm_multifield', title: 'Мессенджер', multiple: true, item: null, legacy: 'write', legacyName: 'IM' },
	LINK: { type: 'crm_multifield', title: 'LINK', multiple: true, item: null, legacy: 'write', legacyName: 'LINK' },
};

/** The addresses of old: now they are kept with the requisites. */
const ADDRESS: CrmFields = Object.fromEntries(
	['', '_2', '_CITY', '_POSTAL_CODE', '_REGION', '_PROVINCE', '_COUNTRY', '_COUNTRY_CODE'].map((part) => [
		`ADDRESS${part}`,
		string('Адрес', { item: null, legacy: 'write', legacyName: `ADDRESS${part}` }),
	]),
);

/** What contacts and companies have in common. */
const CLIENT: CrmFields = {
	leadId: { type: 'crm_lead', title: 'Лид', legacy: 'read' },
	...COMMON,
	...MULTIFIELDS,
	...ADDRESS,
	...ORIGIN,
	originVersion: string('Версия оригинала'),
	...UTM,
};

export const DEAL_FIELDS: CrmFields = {
	...ID,
	title: string('Название'),
	typeId: status('Тип', 'DEAL_TYPE'),
	categoryId: { type: 'crm_category', title: 'Воронка', legacy: 'create' },
	stageId: status('Стадия сделки', 'DEAL_STAGE'),
	previousStageId: status('Предыдущая стадия', 'DEAL_STAGE', { item: 'read', legacy: null }),
	stageSemanticId: read('string', 'Группа стадии'),
	isNew: read('boolean', 'Новая сделка'),
	isRecurring: flag('Регулярная сделка'),
	isReturnCustomer: flag('Повторная сделка', { item: 'read', legacy: 'write' }),
	isRepeatedApproach: flag('Повторное обращение', { item: 'read', legacy: 'write' }),
	probability: { type: 'integer', title: 'Вероятность' },
	...MONEY,
	taxValue: { type: 'money', title: 'Ставка налога' },
	...CUSTOMER,
	quoteId: { type: 'crm_quote', title: 'Предложение', legacy: 'read' },
	begindate: { type: 'date', title: 'Дата начала' },
	closedate: { type: 'date', title: 'Дата завершения' },
	closed: flag('Закрыта', { item: 'read', legacy: 'write' }),
	comments: text('Комментарий'),
	...COMMON,
	...MOVED,
	leadId: { type: 'crm_lead', title: 'Лид', legacy: 'read' },
	additionalInfo: string('Дополнительная информация'),
	locationId: { type: 'location', title: 'Местоположение' },
	mycompanyId: { type: 'crm_company', title: 'Реквизиты вашей компании', legacy: null, parent: 4 },
	...ORIGIN,
	...UTM,
};

export const LEAD_FIELDS: CrmFields = {
	...ID,
	title: string('Название лида'),
	...PERSON,
	companyTitle: string('Название компании'),
	stageId: status('Стадия', 'STATUS', { legacyName: 'STATUS_ID' }),
	statusDescription: text('Дополнительно о стадии'),
	stageSemanticId: read('string', 'Группа стадии', { legacyName: 'STATUS_SEMANTIC_ID' }),
	...MONEY,
	...CUSTOMER,
	comments: text('Комментарий'),
	isReturnCustomer: read('boolean', 'Повторный лид'),
	dateClosed: read('datetime', 'Дата завершения'),
	...COMMON,
	...MOVED,
	...MULTIFIELDS,
	...ADDRESS,
	...ORIGIN,
	...UTM,
};

export const CONTACT_FIELDS: CrmFields = {
	...ID,
	...PERSON,
	typeId: status('Тип контакта', 'CONTACT_TYPE'),
	comments: text('Комментарий'),
	export: flag('Участвует в экспорте контактов'),
	companyId: { type: 'crm_company', title: 'Основная компания', deprecated: true, parent: 4 },
	companyIds: { type: 'crm_company', title: 'Компании', multiple: true, legacy: 'give' },
	...CLIENT,
};

export const COMPANY_FIELDS: CrmFields = {
	...ID,
	title: string('Название компании'),
	typeId: status('Тип компании', 'COMPANY_TYPE', { legacyName: 'COMPANY_TYPE' }),
	industry: status('Сфера деятельности', 'INDUSTRY'),
	employees: status('Кол-во сотрудников', 'EMPLOYEES'),
	currencyId: { type: 'crm_currency', title: 'Валюта' },
	revenue: { type: 'money', title: 'Годовой оборот' },
	bankingDetails: text('Банковские реквизиты'),
	comments: text('Комментарий'),
	isMyCompany: flag('Моя компания', { item: 'create', legacy: 'write' }),
	contactIds: { type: 'crm_contact', title: 'Контакты', multiple: true, legacy: null },
	...CLIENT,
};

/** Smart invoices are known to `crm.item.*` alone; their mark of origin is `xmlId`. */
export const SMART_INVOICE_FIELDS: CrmFields = {
	...ID,
	title: string('Название'),
	xmlId: string('Внешний код'),
	accountNumber: string('Номер'),
	begindate: { type: 'date', title: 'Дата выставления' },
	closedate: { type: 'date', title: 'Срок оплаты' },
	categoryId: { type: 'crm_category', title: 'Воронка' },
	stageId: status('Стадия', 'SMART_INVOICE_STAGE_2'),
	previousStageId: status('Предыдущая стадия', 'SMART_INVOICE_STAGE_2', { item: 'read' }),
	comments: text('Комментарий'),
	isRecurring: flag('Регулярный счёт'),
	...MONEY,
	taxValue: { type: 'money', title: 'Сумма налога' },
	...CUSTOMER,
	mycompanyId: { type: 'crm_company', title: 'Реквизиты вашей компании', parent: 4 },
	locationId: { type: 'location', title: 'Местоположение' },
	...COMMON,
	...MOVED,
	parentId2: { type: 'crm_entity', title: 'Сделка', parent: 2 },
};
