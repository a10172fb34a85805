import fc, { type Arbitrary } from 'fast-check';
import type { CmlClassifier, CmlGood, CmlGroup, CmlItem, CmlOffer, CmlPrice, CmlPriceType, CmlProperty, CmlStore, CmlUnit } from '../../../core';

/** Any catalog that can be written: what comes out of a file has to be this again. */

/** A text as XML can have it, with everything that is special to XML or to Bitrix. */
const xmlText: Arbitrary<string> = fc
	.string({ unit: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('&', '<', '>', '"', "'", ';', '#', ' ', '\n', '\t', '&lt;', '&#34;', ']]>', '<!--', '<b>') }, { weight: 2, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) }, fc.constantFrom('Ё', 'я', '№', '😀', '\u00A0')), maxLength: 12 })
	.map((text) => text.replace(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : '')).replace(/[\uFFFE\uFFFF]|\p{Surrogate}/gu, ''));

const words = xmlText.filter((text) => text.trim() !== '');
const wordsOrNone = fc.oneof(words, fc.constant(''));
const said = <Value>(value: Arbitrary<Value>): Arbitrary<Value | null> => fc.option(value, { freq: 2, nil: null });
/** In attributes there is one line. */
const line = xmlText.map((text) => text.replace(/[\t\n]/g, ' '));

const idText = fc.string({ unit: fc.oneof(fc.constantFrom('a', 'B', '7', '-', '_', '.', '~', '&', '<', '"', 'я', ' '), fc.constantFrom('0', '1', '2')), minLength: 1, maxLength: 10 }).map((text) => text.trim()).filter((text) => text !== '');

const ids = (maxLength: number, minLength = 0): Arbitrary<string[]> => fc.uniqueArray(idText, { minLength, maxLength });

const decimal = fc.tuple(fc.nat({ max: 10_000_000 }), fc.nat({ max: 9999 })).map(([whole, fraction]) => (fraction === 0 ? String(whole) : `${whole}.${String(fraction).padStart(4, '0').replace(/0+$/, '')}`));

const group = (id: string, parentId: string | null): Arbitrary<CmlGroup> =>
	fc.record({
		id: fc.constant(id), parentId: fc.constant(parentId), name: words, description: said(wordsOrNone), sort: said(decimal), code: said(wordsOrNone), picture: said(wordsOrNone),
		removed: fc.boolean(),
	});

/** Parents before their groups, as they come out of a file. */
const groups: Arbitrary<CmlGroup[]> = ids(6).chain((list) =>
	fc.tuple(...list.map((id, index) => fc.nat({ max: index }).chain((parent) => group(id, parent === index ? null : (list[parent] ?? null))))),
);

/** Directories have their values on the site. */
const property = (id: string): Arbitrary<CmlProperty> =>
	anyProperty(id).map((one) => (one.isDirectory ? { ...one, choices: [] } : one));

const anyProperty = (id: string): Arbitrary<CmlProperty> =>
	fc.record({
		id: fc.constant(id), name: words, kind: fc.constantFrom('list', 'number', 'string', 'date', 'moment'), multiple: said(fc.boolean()), isDirectory: fc.boolean(),
		choices: ids(4).chain((list) => fc.tuple(...list.map((choice) => fc.record({ id: fc.constant(choice), value: wordsOrNone })))),
	});

const unit: Arbitrary<CmlUnit> = fc.record({ code: fc.constantFrom('796', '166', '006'), name: said(words.map((text) => text.trim()).filter((text) => text !== '')), fullName: said(line), international: said(line) });
const listedUnit: Arbitrary<CmlUnit> = fc.record({ code: fc.constantFrom('796', '166', '006'), name: said(wordsOrNone), fullName: said(wordsOrNone), international: said(wordsOrNone) });

const classifiers: Arbitrary<CmlClassifier> = fc.record({
	groups,
	properties: ids(4).chain((list) => fc.tuple(...list.map(property))),
	units: fc.array(listedUnit, { maxLength: 2 }),
});

const SPECIAL_REQUISITES = ['Вес', 'Полное наименование', 'ОписаниеВФорматеHTML'];

const named = fc.record({ name: wordsOrNone.filter((name) => !SPECIAL_REQUISITES.includes(name)), value: wordsOrNone });

const valuesOf = ({ id, kind, isDirectory, choices }: CmlProperty): Arbitrary<{ id: string; values: string[] }> => {
	const hasChoices = kind === 'list' && !isDirectory;
	const value = hasChoices ? (choices.length > 0 ? fc.constantFrom(...choices.map((choice) => choice.id)) : undefined) : words;
	return fc.record({ id: fc.constant(id), values: value ? fc.array(value, { maxLength: 3 }) : fc.constant([]) });
};

const path = fc.tuple(fc.constantFrom('import_files/', 'import_files/0a/', ''), fc.stringMatching(/^[a-z0-9_-]{1,20}$/)).map(([folder, name]) => `${folder}${name}.jpg`);

const item = (id: string, { groups: known, properties }: CmlClassifier): Arbitrary<CmlItem> =>
	fc.record({
		id: fc.constant(id), removed: fc.constant(false), version: fc.constant(null), name: words, article: said(wordsOrNone), barcode: said(wordsOrNone), description: said(wordsOrNone),
		htmlDescription: said(wordsOrNone), fullName: said(wordsOrNone),
		groups: said(known.length > 0 ? fc.array(fc.constantFrom(...known.map((one) => one.id)), { maxLength: 3 }) : fc.constant([])),
		pictures: said(fc.array(fc.record({ path, description: said(line) }), { maxLength: 3 })),
		unit: said(unit),
		properties: fc.subarray([...properties]).chain((list) => fc.tuple(...list.map(valuesOf))),
		taxes: fc.array(fc.record({ name: wordsOrNone, rate: wordsOrNone }), { maxLength: 2 }),
		requisites: fc.array(named, { maxLength: 2 }), characteristics: fc.array(named, { maxLength: 2 }),
		manufacturer: said(fc.record({ id: wordsOrNone, name: wordsOrNone })),
		weight: said(decimal), width: said(decimal), length: said(decimal), height: said(decimal), marking: said(wordsOrNone),
	});

const goodsIn = (classifier: CmlClassifier): Arbitrary<CmlGood[]> => ids(5).chain((list) => fc.tuple(...list.map((id) => item(id, classifier))));

export interface AnyGoods {
	classifier: CmlClassifier;
	goods: CmlGood[];
}

export const anyGoods: Arbitrary<AnyGoods> = classifiers.chain((classifier) => goodsIn(classifier).map((goods) => ({ classifier, goods })));

const priceTypes: Arbitrary<CmlPriceType[]> = ids(3, 1).chain((list) =>
	fc.tuple(...list.map((id) => fc.record({ id: fc.constant(id), name: words, currency: fc.constantFrom('RUB', 'USD'), tax: said(fc.record({ name: wordsOrNone, included: fc.boolean() })) }))),
);

const stores: Arbitrary<CmlStore[]> = ids(3).chain((list) =>
	fc.tuple(...list.map((id) => fc.record({ id: fc.constant(id), name: words, address: said(words), comment: said(wordsOrNone), contacts: fc.array(fc.record({ type: wordsOrNone, value: wordsOrNone }), { maxLength: 2 }) }))),
);

const priceOf = ({ id }: CmlPriceType): Arbitrary<CmlPrice> =>
	fc.record({ typeId: fc.constant(id), amount: decimal, currency: fc.constantFrom('RUB', 'EUR'), unit: said(wordsOrNone), ratio: said(decimal), text: said(wordsOrNone), from: said(decimal), to: said(decimal) });

const pricesOf = (types: readonly CmlPriceType[]): Arbitrary<CmlPrice[]> => fc.tuple(...types.map(priceOf));

const stockIn = (known: readonly CmlStore[]): Arbitrary<Pick<CmlOffer, 'quantity' | 'stores'>> =>
	known.length === 0
		? decimal.map((quantity) => ({ quantity, stores: null }))
		: fc.tuple(...known.map(({ id }) => decimal.map((amount) => ({ storeId: id, amount })))).map((list) => ({ quantity: null, stores: list }));

const offerId = fc.tuple(idText, fc.option(idText)).map(([product, variant]) => (variant === null ? product : `${product}#${variant}`));

export interface AnyOffers {
	classifier: CmlClassifier;
	types: CmlPriceType[];
	stores: CmlStore[];
	offers: CmlOffer[];
}

const withoutGroups = (classifier: CmlClassifier): CmlClassifier => ({ ...classifier, groups: [] });

export const anyOffers: Arbitrary<AnyOffers> = fc.record({ classifier: classifiers.map(withoutGroups), types: priceTypes, stores }).chain((books) =>
	fc.uniqueArray(offerId, { maxLength: 5 }).chain((list) =>
		fc.tuple(
			...list.map((id) =>
				fc.tuple(item(id, books.classifier), said(pricesOf(books.types)), said(stockIn(books.stores)), fc.boolean()).map(([one, prices, stock, priced]): CmlOffer => ({ ...one, prices: priced ? prices : null, ...(stock ?? { quantity: null, stores: null }) })),
			),
		).map((offers) => ({ ...books, offers })),
	),
);

export const anyPrices = fc.record({ types: priceTypes }).chain(({ types }) =>
	fc.uniqueArray(offerId, { maxLength: 5 }).chain((list) => fc.tuple(...list.map((id) => pricesOf(types).map((prices) => ({ id, prices })))).map((offers) => ({ types, offers }))),
);

export const anyRests = fc.record({ stores }).chain((books) =>
	fc.uniqueArray(offerId, { maxLength: 5 }).chain((list) => fc.tuple(...list.map((id) => stockIn(books.stores).map((stock) => ({ id, ...stock })))).map((offers) => ({ ...books, offers }))),
);
