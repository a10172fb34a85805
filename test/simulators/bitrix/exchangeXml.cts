/** Pieces of CommerceML for tests. A name with content; a list of pieces is joined. */
export const tag = (name: string, content: string | string[] = '', attributes: Record<string, string> = {}): string => {
	const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
	return `<${name}${shown.join('')}>${Array.isArray(content) ? content.join('') : content}</${name}>`;
};

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const information = (content: string | string[], attributes: Record<string, string> = {}): string =>
	`${DECLARATION}${tag('КоммерческаяИнформация', content, { ВерсияСхемы: '2.08', ...attributes })}`;

const changes = (changesOnly: boolean | string): Record<string, string> =>
	changesOnly === false ? {} : { СодержитТолькоИзменения: changesOnly === true ? 'true' : changesOnly };

export const classifier = (...content: string[]): string =>
	tag('Классификатор', [tag('Ид', 'cls'), tag('Наименование', 'Классификатор'), ...content]);

export interface CatalogFile {
	classifier?: string;
	/** What stands in the catalog before its goods. */
	more?: string;
	/** False leaves the attribute out; a text is its value. */
	changesOnly?: boolean | string;
	id?: string;
	name?: string;
	classifierId?: string;
	root?: Record<string, string>;
}

export const catalogFile = (goods: string[], file: CatalogFile = {}): string => {
	const {
		classifier: classes = '',
		more = '',
		changesOnly = true,
		id = 'cat',
		name = 'Каталог',
		classifierId = 'cls',
		root,
	} = file;
	const head = [tag('Ид', id), tag('ИдКлассификатора', classifierId), tag('Наименование', name), more];
	return information([classes, tag('Каталог', [...head, tag('Товары', goods)], changes(changesOnly))], root);
};

export interface OffersFile extends CatalogFile {
	catalogId?: string;
	/** `ИзмененияПакетаПредложений` in place of the usual name. */
	element?: string;
}

export const offersFile = (offers: string[], file: OffersFile = {}): string => {
	const {
		classifier: classes = '',
		more = '',
		changesOnly = true,
		id = 'cat#',
		name = 'Пакет',
		classifierId = 'cls',
	} = file;
	const { catalogId = 'cat', element = 'ПакетПредложений', root } = file;
	const head = [
		tag('Ид', id),
		tag('Наименование', name),
		tag('ИдКаталога', catalogId),
		tag('ИдКлассификатора', classifierId),
		more,
	];
	return information([classes, tag(element, [...head, tag('Предложения', offers)], changes(changesOnly))], root);
};

export const good = (id: string, ...content: string[]): string =>
	tag('Товар', [tag('Ид', id), tag('Наименование', `Товар ${id}`), ...content]);

/** `g0`, `g1`, … */
export const goods = (count: number, prefix = 'g'): string[] =>
	Array.from({ length: count }, (_, index) => good(`${prefix}${index}`));

/** With nothing but what is given. */
export const bareGood = (id: string, ...content: string[]): string => tag('Товар', [tag('Ид', id), ...content]);

export const offer = (id: string, ...content: string[]): string => tag('Предложение', [tag('Ид', id), ...content]);

export const namedOffer = (id: string, ...content: string[]): string =>
	offer(id, tag('Наименование', `Предложение ${id}`), ...content);

export const price = (type: string, amount: number | string, currency = 'RUB'): string =>
	tag('Цена', [
		tag('ИдТипаЦены', type),
		tag('ЦенаЗаЕдиницу', String(amount)),
		...(currency === '' ? [] : [tag('Валюта', currency)]),
	]);

export const prices = (...list: string[]): string => tag('Цены', list);

export const priceType = (id: string, name: string, ...content: string[]): string =>
	tag('ТипЦены', [tag('Ид', id), tag('Наименование', name), tag('Валюта', 'RUB'), ...content]);

export const vatOfType = (included = true): string =>
	tag('Налог', [tag('Наименование', 'НДС'), tag('УчтеноВСумме', String(included))]);

export const store = (id: string, name: string, ...content: string[]): string =>
	tag('Склад', [tag('Ид', id), tag('Наименование', name), ...content]);

export const storeRest = (id: string, amount: number): string =>
	tag('Остаток', tag('Склад', [tag('Ид', id), tag('Количество', String(amount))]));

export const storeAmount = (id: string, amount: number): string =>
	tag('Склад', '', { ИдСклада: id, КоличествоНаСкладе: String(amount) });

export const values = (...entries: Array<[id: string, ...content: string[]]>): string =>
	tag(
		'ЗначенияСвойств',
		entries.map(([id, ...content]) => tag('ЗначенияСвойства', [tag('Ид', id), ...content])),
	);

export const value = (text: string): string => tag('Значение', text);

export const property = (id: string, name: string, ...content: string[]): string =>
	tag('Свойство', [tag('Ид', id), tag('Наименование', name), ...content]);

export const listProperty = (id: string, name: string, variants: Record<string, string>, ...content: string[]): string =>
	property(
		id,
		name,
		tag('ТипЗначений', 'Справочник'),
		tag(
			'ВариантыЗначений',
			Object.entries(variants).map(([key, text]) => tag('Справочник', [tag('ИдЗначения', key), tag('Значение', text)])),
		),
		...content,
	);

export const group = (id: string, name: string, ...content: string[]): string =>
	tag('Группа', [tag('Ид', id), tag('Наименование', name), ...content]);

export const requisite = (name: string, text: string): string =>
	tag('ЗначениеРеквизита', [tag('Наименование', name), tag('Значение', text)]);

export const requisites = (...list: string[]): string => tag('ЗначенияРеквизитов', list);

/** The classifier of a file with these groups, or these properties. */
export const withGroups = (...groups: string[]): CatalogFile => ({ classifier: classifier(tag('Группы', groups)) });

export const withProperties = (...list: string[]): CatalogFile => ({ classifier: classifier(tag('Свойства', list)) });

/** Two price types with VAT, and two stores. */
export const TYPES = tag('ТипыЦен', [
	priceType('retail', 'Розничная', vatOfType()),
	priceType('opt', 'Оптовая', vatOfType()),
]);

export const STORES = tag('Склады', [store('main', 'Основной'), store('shop', 'Магазин')]);

export const quantity = (amount: number): string => tag('Количество', String(amount));

export const rests = (...list: string[]): string => tag('Остатки', list);
