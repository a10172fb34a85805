import { Random } from '../kernel/random.cts';
import { COLOURS, FOLDER_LEVELS, MATERIALS, SIZES } from './words.cts';
import { fullSize, type ShopSize } from './size.cts';

/** What goods refer to. Keys are stable words; platforms make their own ids from them. */
export interface ShopFrame {
	folders: ShopFolder[];
	stores: Array<{ key: string; name: string }>;
	currencies: ShopCurrency[];
	priceTypes: ShopPriceType[];
	units: ShopUnit[];
	attributes: ShopAttribute[];
	dictionaries: ShopDictionary[];
	characteristics: Array<{ key: string; name: string; values: readonly string[] }>;
	/** People and firms that attributes of reference types point to. */
	employees: ShopNamed[];
	counterparties: ShopNamed[];
	organizations: ShopNamed[];
	projects: ShopNamed[];
	contracts: ShopNamed[];
}

export interface ShopNamed {
	key: string;
	name: string;
}

export interface ShopFolder extends ShopNamed {
	parent?: string;
	/** 1 for a root. */
	depth: number;
}

export interface ShopCurrency extends ShopNamed {
	/** ISO 4217 letters and digits. */
	iso: string;
	code: string;
	/** Roubles for one unit. */
	rate: number;
}

export interface ShopPriceType extends ShopNamed {
	currency: string;
}

export interface ShopUnit extends ShopNamed {
	/** OKEI code; a custom unit has none. */
	code?: string;
	fractional: boolean;
}

export const ATTRIBUTE_TYPES = [
	'string',
	'text',
	'long',
	'double',
	'boolean',
	'time',
	'link',
	'file',
	'customentity',
	'employee',
	'counterparty',
	'organization',
	'store',
	'project',
	'contract',
	'product',
] as const;
export type ShopAttributeType = (typeof ATTRIBUTE_TYPES)[number];

export interface ShopAttribute extends ShopNamed {
	type: ShopAttributeType;
	/** For `customentity`: which dictionary. */
	dictionary?: string;
}

export interface ShopDictionary extends ShopNamed {
	elements: ShopNamed[];
}

const ATTRIBUTE_NAMES: ReadonlyArray<readonly [string, ShopAttributeType, string?]> = [
	['На сайте', 'boolean'],
	['Бренд', 'customentity', 'brands'],
	['Страна бренда', 'string'],
	['Полное описание', 'text'],
	['Гарантия, мес.', 'long'],
	['Мощность, кВт', 'double'],
	['Дата начала продаж', 'time'],
	['Страница изготовителя', 'link'],
	['Инструкция', 'file'],
	['Ответственный', 'employee'],
	['Изготовитель', 'counterparty'],
	['Продавец', 'organization'],
	['Склад хранения', 'store'],
	['Проект', 'project'],
	['Договор поставки', 'contract'],
	['Аналог', 'product'],
	['Коллекция', 'customentity', 'collections'],
	['Хит', 'boolean'],
	['Новинка', 'boolean'],
	['Состав', 'text'],
	['Ширина, мм', 'long'],
	['Высота, мм', 'long'],
	['Глубина, мм', 'long'],
	['Плотность', 'double'],
	['Артикул изготовителя', 'string'],
	['Ключевые слова', 'string'],
	['Видео', 'link'],
	['Годен до', 'time'],
	['Сезон', 'customentity', 'seasons'],
	['Рейтинг', 'double'],
];

const UNITS: ShopUnit[] = [
	{ key: 'piece', name: 'шт', code: '796', fractional: false },
	{ key: 'kilogram', name: 'кг', code: '166', fractional: true },
	{ key: 'metre', name: 'м', code: '006', fractional: true },
	{ key: 'pallet', name: 'паллета с бортом', fractional: false },
];

const CURRENCIES: ShopCurrency[] = [
	{ key: 'RUB', name: 'российский рубль', iso: 'RUB', code: '643', rate: 1 },
	{ key: 'USD', name: 'доллар США', iso: 'USD', code: '840', rate: 90 },
	{ key: 'EUR', name: 'евро', iso: 'EUR', code: '978', rate: 98.5 },
];

const PRICE_TYPES: ShopPriceType[] = [
	{ key: 'retail', name: 'Цена продажи', currency: 'RUB' },
	{ key: 'wholesale', name: 'Оптовая', currency: 'RUB' },
	{ key: 'old', name: 'Цена до скидки', currency: 'RUB' },
	{ key: 'export', name: 'Экспорт', currency: 'USD' },
];

/** Everything but the goods; the same for the same seed and size. */
export function shopFrame(seed: number, size: ShopSize): ShopFrame {
	const full = fullSize(size);
	const numbered = (prefix: string, name: string, count: number): ShopNamed[] =>
		Array.from({ length: count }, (_, index) => ({ key: `${prefix}-${index + 1}`, name: `${name} ${index + 1}` }));
	return {
		folders: folderTree(new Random(`folders ${seed}`), full.folders),
		stores: [{ key: 'store-1', name: 'Основной склад' }, ...numbered('store', 'Склад №', full.stores).slice(1)],
		currencies: CURRENCIES,
		priceTypes: PRICE_TYPES,
		units: UNITS,
		attributes: attributes(full.attributes),
		dictionaries: [
			{ key: 'brands', name: 'Бренды', elements: numbered('brand', 'Бренд «Север»', 8) },
			{ key: 'collections', name: 'Коллекции', elements: numbered('collection', 'Коллекция', 5) },
			{ key: 'seasons', name: 'Сезоны', elements: numbered('season', 'Сезон', 4) },
		],
		characteristics: [
			{ key: 'colour', name: 'Цвет', values: COLOURS },
			{ key: 'size', name: 'Размер', values: SIZES },
			{ key: 'material', name: 'Материал', values: MATERIALS },
		],
		employees: [
			{ key: 'employee-1', name: 'Петров Пётр Петрович' },
			{ key: 'employee-2', name: 'Сидорова Анна Ильинична' },
		],
		counterparties: numbered('supplier', 'ООО «Поставщик & сыновья»', 5),
		organizations: [{ key: 'organization-1', name: 'ООО "Наша лавка"' }],
		projects: numbered('project', 'Проект', 2),
		contracts: numbered('contract', 'Договор', 2),
	};
}

function attributes(count: number): ShopAttribute[] {
	return Array.from({ length: count }, (_, index) => {
		const [name, type, dictionary] = ATTRIBUTE_NAMES[index] ?? [`Свойство ${index + 1}`, 'string' as const];
		return { key: `attribute-${index + 1}`, name, type, ...(dictionary !== undefined && { dictionary }) };
	});
}

/** The first five folders are one chain of five levels; others hang under any folder that is not yet at the bottom. */
function folderTree(random: Random, count: number): ShopFolder[] {
	const folders: ShopFolder[] = [];
	const taken = new Set<string>();
	for (let index = 0; index < count; index++) {
		const parent = parentFor(random, folders, index);
		const depth = (parent?.depth ?? 0) + 1;
		const key = `folder-${index + 1}`;
		const word = random.pick(FOLDER_LEVELS[depth - 1] ?? FOLDER_LEVELS[0]);
		const name = taken.has(`${parent?.key} ${word}`) ? `${word} ${index + 1}` : word;
		taken.add(`${parent?.key} ${word}`);
		folders.push({ key, name, depth, ...(parent && { parent: parent.key }) });
	}
	return folders;
}

function parentFor(random: Random, folders: ShopFolder[], index: number): ShopFolder | undefined {
	if (index < 5) return folders[index - 1];
	if (index % 10 === 0) return undefined;
	const parent = random.pick(folders);
	return parent.depth < 5 ? parent : folders[0];
}
