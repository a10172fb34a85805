import { catalogIds, cmlGood, cmlOffer, goodsDocument, offersDocument, type CmlClassifier, type CmlDocument, type CmlGood, type CmlOffer, type CmlProperty, type CmlStore } from '../../../core/index.ts';

/** A shop of clothes of any size: product by product, and the variants of each. The same for the same number. */

export const VARIANTS = 3;
const GROUPS = 200;
const COLOURS = 40;
const FORMED = '2026-11-21T12:00:00';

const uuid = (kind: number, index: number): string => `${String(kind).padStart(8, '0')}-1111-4111-8111-${String(index).padStart(12, '0')}`;
const times = <One,>(count: number, make: (index: number) => One): One[] => Array.from({ length: count }, (_, index) => make(index));

const property = (index: number, name: string, kind: CmlProperty['kind'], choices = 0): CmlProperty => ({
	id: uuid(1, index), name, kind, multiple: false, isDirectory: false, choices: times(choices, (choice) => ({ id: uuid(2, index * 1000 + choice), value: `${name} ${choice + 1}` })),
});

const goodsClassifier: CmlClassifier = {
	groups: times(GROUPS, (index) => ({
		id: uuid(3, index), name: `Раздел ${index + 1}`, parentId: index < 10 ? null : uuid(3, index % 10), description: null, sort: null, code: null, picture: null, removed: false,
	})),
	properties: [property(0, 'Материал', 'list', 30), property(1, 'Страна', 'list', 60), property(2, 'Сезон', 'list', 4), property(3, 'Состав', 'string'), property(4, 'Гарантия, месяцев', 'number'), property(5, 'Уход', 'string')],
	units: [],
};
const offersClassifier: CmlClassifier = { groups: [], properties: [property(6, 'Размер', 'list', VARIANTS), property(7, 'Цвет', 'list', COLOURS)], units: [] };

const priceTypes = ['Розничная', 'Оптовая'].map((name, index) => ({ id: uuid(4, index), name, currency: 'RUB', tax: { name: 'НДС', included: true } }));
const stores: CmlStore[] = ['Основной склад', 'Магазин на Невском', 'Магазин на Садовой'].map((name, index) => ({ id: uuid(5, index), name, address: null, comment: null, contacts: [] }));

const DESCRIPTION = 'Плотная хлопковая ткань держит форму после стирки. Прямой крой, усиленные швы, бирка не колет. Рост модели на фото 182 см, размер M. ';

const ids = catalogIds();

export const goods: CmlDocument<CmlGood> = goodsDocument({ ids, formed: FORMED, classifier: goodsClassifier });
export const offers: CmlDocument<CmlOffer> = offersDocument({ ids, formed: FORMED, classifier: offersClassifier, priceTypes: { types: priceTypes, isComplete: true }, stores });

const unit = { code: '796', name: 'шт', fullName: 'Штука', international: 'PCE' };
const choice = (index: number, among: number, at: number) => ({ id: uuid(1, index), values: [uuid(2, index * 1000 + (at % among))] });

export const good = (index: number): CmlGood =>
	cmlGood({
		id: uuid(6, index), name: `Футболка «Классика» № ${index} & Ко`, article: `TS-${index}`, barcode: String(4_600_000_000_000 + index), description: `${DESCRIPTION.repeat(1 + (index % 4))}Номер ${index} <b>выгодно</b>.`,
		groups: [uuid(3, index % GROUPS)], unit, weight: `0.${1 + (index % 9)}`, fullName: `Футболка мужская хлопковая «Классика» № ${index}`,
		pictures: times(index % 4, (picture) => ({ path: `import_files/${String(index % 100).padStart(2, '0')}/ms_${uuid(7, index * 4 + picture)}_1x2y3z-31.jpg`, description: null })),
		properties: [choice(0, 30, index), choice(1, 60, index), choice(2, 4, index), { id: uuid(1, 3), values: ['Хлопок 95 %, эластан 5 %'] }, { id: uuid(1, 4), values: [String(6 + (index % 24))] }, { id: uuid(1, 5), values: ['Стирать при 30 °C'] }],
		taxes: [{ name: 'НДС', rate: '20' }],
	});

/** Variant by variant: those of product 0, then those of product 1, … */
export const offer = (index: number): CmlOffer => {
	const product = Math.floor(index / VARIANTS);
	const size = index % VARIANTS;
	return cmlOffer({
		id: `${uuid(6, product)}#${uuid(8, index)}`, name: `Футболка «Классика» № ${product} (${['S', 'M', 'L'][size] ?? ''}, цвет ${product % COLOURS})`, article: `TS-${product}-${size}`,
		barcode: String(4_700_000_000_000 + index), unit, properties: [choice(6, VARIANTS, size), choice(7, COLOURS, product)],
		characteristics: [{ name: 'Размер', value: ['S', 'M', 'L'][size] ?? '' }, { name: 'Цвет', value: `Цвет ${product % COLOURS}` }],
		prices: priceTypes.map(({ id }, type) => ({ typeId: id, amount: `${990 - type * 200 + (index % 500)}.5`, currency: 'RUB', unit: 'шт', ratio: '1', text: null, from: null, to: null })),
		stores: stores.map(({ id }, store) => ({ storeId: id, amount: String((index * 7 + store) % 25) })),
	});
};
