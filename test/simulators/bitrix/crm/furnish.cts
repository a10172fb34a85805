import type { User } from '../access/people.cts';
import type { Portal } from '../portal.cts';
import { DEAL, LEAD, SMART_INVOICE, type CrmEntity } from './entities.cts';
import { ENTITY_TYPE } from './rows.cts';
import { stageBook, stagePrefix } from './statuses.cts';

type StageDraft = readonly [code: string, name: string, color: string, semantics?: 'S' | 'F'];

const DEAL_STAGES: readonly StageDraft[] = [
	['NEW', 'Новая', '#39A8EF'],
	['PREPARATION', 'Подготовка документов', '#2FC6F6'],
	['PREPAYMENT_INVOICE', 'Счёт на предоплату', '#55D0E0'],
	['EXECUTING', 'В работе', '#47E4C2'],
	['FINAL_INVOICE', 'Финальный счёт', '#FFA900'],
	['WON', 'Сделка успешна', '#7BD500', 'S'],
	['LOSE', 'Сделка провалена', '#FF5752', 'F'],
	['APOLOGY', 'Анализ причины провала', '#FF5752', 'F'],
];

/** The wholesale pipeline has fewer stages, and one of its own. */
const WHOLESALE_STAGES: readonly StageDraft[] = [
	['NEW', 'Заявка', '#39A8EF'],
	['UC_AGREED', 'Согласована «наверху»', '#2FC6F6'],
	['EXECUTING', 'Отгрузка', '#47E4C2'],
	['WON', 'Закрыта', '#7BD500', 'S'],
	['LOSE', 'Отказ', '#FF5752', 'F'],
];

const LEAD_STAGES: readonly StageDraft[] = [
	['NEW', 'Не обработан', '#39A8EF'],
	['IN_PROCESS', 'В работе', '#2FC6F6'],
	['PROCESSED', 'Обработан', '#55D0E0'],
	['CONVERTED', 'Качественный лид', '#7BD500', 'S'],
	['JUNK', 'Некачественный лид', '#FF5752', 'F'],
];

const INVOICE_STAGES: readonly StageDraft[] = [
	['N', 'Новый', '#39A8EF'],
	['S', 'Отправлен клиенту', '#2FC6F6'],
	['P', 'Оплачен', '#7BD500', 'S'],
	['D', 'Не оплачен', '#FF5752', 'F'],
];

const BOOKS: Readonly<Record<string, ReadonlyArray<readonly [id: string, name: string]>>> = {
	SOURCE: [
		['CALL', 'Звонок'],
		['EMAIL', 'Электронная почта'],
		['WEB', 'Веб-сайт'],
		['ADVERTISING', 'Реклама'],
		['STORE', 'Интернет-магазин'],
		['PARTNER', 'Существующий клиент'],
		['OTHER', 'Другое'],
	],
	DEAL_TYPE: [
		['SALE', 'Продажа'],
		['COMPLEX', 'Комплексная продажа'],
		['GOODS', 'Продажа товара'],
		['SERVICES', 'Услуги'],
		['SERVICE', 'Сервисное обслуживание'],
	],
	CONTACT_TYPE: [
		['CLIENT', 'Клиенты'],
		['SUPPLIER', 'Поставщики'],
		['PARTNER', 'Партнёры'],
		['OTHER', 'Другое'],
	],
	COMPANY_TYPE: [
		['CUSTOMER', 'Клиент'],
		['SUPPLIER', 'Поставщик'],
		['COMPETITOR', 'Конкурент'],
		['PARTNER', 'Партнёр'],
		['OTHER', 'Другое'],
	],
	INDUSTRY: [
		['IT', 'Информационные технологии'],
		['MANUFACTURING', 'Производство'],
		['OTHER', 'Другое'],
	],
	EMPLOYEES: [
		['EMPLOYEES_1', 'менее 50'],
		['EMPLOYEES_2', '50-250'],
		['EMPLOYEES_3', '250-500'],
	],
	HONORIFIC: [
		['HNR_RU_1', 'г-н'],
		['HNR_RU_2', 'г-жа'],
	],
};

/** The pipelines: two more of deals beside the common one, and that of invoices. */
const PIPELINES: ReadonlyArray<{ entity: CrmEntity; id: number; name: string; stages: readonly StageDraft[] }> = [
	{ entity: DEAL, id: 0, name: 'Общая', stages: DEAL_STAGES },
	{ entity: DEAL, id: 1, name: 'Розница', stages: DEAL_STAGES },
	{ entity: DEAL, id: 5, name: 'Опт «крупный»', stages: WHOLESALE_STAGES },
	{ entity: SMART_INVOICE, id: 2, name: 'Общая', stages: INVOICE_STAGES },
];

/** Templates of requisites by their country's standard. */
const PRESETS = [
	['Организация', '#CRM_REQUISITE_PRESET_DEF_RU_COMPANY#'],
	['ИП', '#CRM_REQUISITE_PRESET_DEF_RU_INDIVIDUAL#'],
	['Физ. лицо', '#CRM_REQUISITE_PRESET_DEF_RU_PERSON#'],
] as const;

/** Employees beside the four that every portal has; one has left. */
const EMPLOYEES: ReadonlyArray<Pick<User, 'name' | 'lastName' | 'position' | 'active'>> = [
	{ name: 'Ольга', lastName: 'Продажная', position: 'Менеджер по продажам', active: true },
	{ name: 'Пётр', lastName: "О'Нил-Ёлкин", position: 'Менеджер по продажам', active: true },
	{ name: 'Зоя', lastName: 'Щукина', position: 'Руководитель отдела «Опт»', active: true },
	{ name: 'Иван', lastName: 'Складской', position: 'Кладовщик', active: true },
	{ name: 'Ушёл', lastName: 'Уволенный', position: 'Менеджер', active: false },
];

const CHATS: ReadonlyArray<{ title: string; userIds: number[] }> = [
	{ title: 'Новые сделки 🛒', userIds: [1, 2, 4, 11, 12] },
	{ title: 'Общий чат', userIds: [1, 2, 3, 4, 11, 12, 13, 14] },
	{ title: 'Отдел «Опт» & "Ко"', userIds: [11, 13] },
];

/**
 * What CRM has before the first object: pipelines with stages, sources, types, templates of requisites, and with it a
 * few more employees and group chats. A plain site has none of it.
 */
export function furnishCrm(portal: Portal): void {
	if (portal.edition === 'site') return;
	for (const { entity, id, name, stages } of PIPELINES) {
		const isDefault = id === 0 || entity === SMART_INVOICE ? 'Y' : 'N';
		portal.store.crmCategories.add({ id, entityTypeId: entity.entityTypeId, name, sort: 200 + id * 10, isDefault });
		addStages(portal, entity, id, stages);
	}
	addStages(portal, LEAD, 0, LEAD_STAGES);
	for (const [index, [NAME, XML_ID]] of PRESETS.entries())
		portal.store.presets.add({
			ENTITY_TYPE_ID: ENTITY_TYPE.requisite,
			COUNTRY_ID: 1,
			NAME,
			XML_ID,
			ACTIVE: 'Y',
			SORT: (index + 1) * 100,
			DATE_CREATE: portal.now(),
			DATE_MODIFY: null,
			CREATED_BY_ID: 1,
			MODIFY_BY_ID: null,
		});
	for (const [index, employee] of EMPLOYEES.entries())
		portal.users.push({
			...employee,
			id: 11 + index,
			email: `employee${11 + index}@example.com`,
			admin: false,
			rights: ['any', 'crm.read', 'crm.write'],
		});
	for (const { title, userIds } of CHATS)
		portal.store.chats.add({ title, userIds, owner: userIds[0] ?? 1, color: '#4ba984', created: portal.now() });
	for (const [book, entries] of Object.entries(BOOKS))
		for (const [index, [statusId, name]] of entries.entries())
			portal.store.crmStatuses.add({
				entityId: book,
				statusId,
				name,
				nameInit: '',
				sort: (index + 1) * 10,
				system: 'N',
				categoryId: null,
				color: '',
				semantics: null,
			});
}

function addStages(portal: Portal, entity: CrmEntity, categoryId: number, stages: readonly StageDraft[]): void {
	for (const [index, [code, name, color, semantics = null]] of stages.entries())
		portal.store.crmStatuses.add({
			entityId: stageBook(entity, categoryId),
			statusId: `${stagePrefix(entity, categoryId)}${code}`,
			name,
			nameInit: index === 0 || semantics !== null ? name : '',
			sort: (index + 1) * 10,
			system: index === 0 || semantics === 'S' ? 'Y' : 'N',
			categoryId: entity === LEAD || categoryId === 0 ? null : categoryId,
			color,
			semantics,
		});
}
