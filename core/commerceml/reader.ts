import { SyncError } from '../errors';
import { Decimal } from '../model/decimal';
import type { Fields } from './codec/field';
import type { Findings } from './codec/findings';
import { Reading } from './codec/reading';
import { noPriceType, noProperty, noStore, noUnit, PRICE_TYPE_FIELDS, PROPERTY_FIELDS, STORE_FIELDS, UNIT_FIELDS } from './objects/books';
import { readGroups } from './objects/groups';
import { readGood, readOffer } from './objects/offer';
import { ListHead } from './objects/listHead';
import type { CmlHead, CmlRecord } from './records';
import type { XmlAttributes } from './xml/attributes';
import type { XmlElement } from './xml/element';
import { readRecords, type ByteChunks, type Collecting, type XmlReadOptions } from './xml/reading';
import type { XmlRoute } from './xml/recordHandler';

const ROOT = 'КоммерческаяИнформация';

const BOOKS: XmlRoute = { ТипыЦен: { ТипЦены: 'take' }, Склады: { Склад: 'take' }, ЕдиницыИзмерения: { ЕдиницаИзмерения: 'take' } };
const HEAD: XmlRoute = { Ид: 'take', Наименование: 'take', Владелец: 'take', ИдКлассификатора: 'take', ИдКаталога: 'take' };
const OFFERS: XmlRoute = { ...HEAD, ...BOOKS, Предложения: { Предложение: 'take' } };

/** Where in a file its objects stand. */
const ROUTE: XmlRoute = {
	[ROOT]: {
		Классификатор: { Ид: 'take', Наименование: 'take', Владелец: 'take', Группы: 'take', Свойства: { Свойство: 'take', СвойствоНоменклатуры: 'take' }, ...BOOKS },
		Каталог: { ...HEAD, ...BOOKS, Товары: { Товар: 'take' } },
		ПакетПредложений: OFFERS,
		ИзмененияПакетаПредложений: OFFERS,
		Документ: 'take',
		Контейнер: 'take',
		Контрагенты: { Контрагент: 'take' },
	},
};

/**
 * Reads a file of CommerceML of any size, object by object. What is not understood is added to the findings, and never left out
 * without one. Throws COMMERCEML_ROOT_UNKNOWN, and what XmlScanner throws; then nothing of the file may be used. Source: what
 * the importer of a site reads (module iblock 25).
 */
export const readCommerceMl = (chunks: ByteChunks, findings: Findings, options: XmlReadOptions = {}): AsyncGenerator<CmlRecord> =>
	readRecords(chunks, ROUTE, new CommerceMlReader(findings), options);

/** Attributes of the outermost element that say nothing about its objects. */
const FORMATS = ['ВерсияСхемы', 'ДатаФормирования', 'ФорматДаты', 'ФорматВремени', 'РазделительДатаВремя', 'ФорматСуммы', 'ФорматКоличества'];

class CommerceMlReader implements Collecting<CmlRecord> {
	private records: CmlRecord[] = [];
	private list: ListHead | undefined;
	private readonly reading: Reading;

	constructor(findings: Findings) {
		this.reading = new Reading(findings);
	}

	drain(): CmlRecord[] {
		const { records } = this;
		this.records = [];
		return records;
	}

	enter(path: readonly string[], attributes: XmlAttributes): void {
		this.reading.around = path;
		const name = path.at(-1) ?? '';
		if (path.length === 1) this.records.push({ kind: 'head', head: this.headOf(name, attributes) });
		else if (path.length === 2) this.list = new ListHead(name, attributes, this.reading);
		else {
			this.reading.checkAttributes({ name, attributes }, [], true);
			this.announce(path);
		}
	}

	leave(path: readonly string[]): void {
		if (path.length !== 2) return;
		this.announce(path);
		this.list = undefined;
	}

	unknown(name: string, path: readonly string[]): void {
		if (path.length === 0) throw new SyncError('COMMERCEML_ROOT_UNKNOWN', { element: name.slice(0, 100) });
		this.reading.around = path;
		this.reading.unknown(name);
	}

	strayText(text: string, path: readonly string[]): void {
		this.reading.around = path;
		this.reading.strayText('', text);
	}

	record(element: XmlElement, path: readonly string[]): void {
		this.reading.around = path;
		this.reading.object = null;
		if (path.length === 2 && this.list?.takes(element)) return;
		this.announce(path);
		this.read(element);
	}

	private read(element: XmlElement): void {
		const { reading } = this;
		switch (element.name) {
			case 'Товар':
				return this.push({ kind: 'good', good: readGood(element, reading) });
			case 'Предложение':
				return this.push({ kind: 'offer', offer: readOffer(element, reading) });
			case 'Группы':
				return readGroups(element, reading).forEach((group) => this.push({ kind: 'group', group }));
			case 'ТипЦены':
				return this.push({ kind: 'priceType', priceType: readBook(PRICE_TYPE_FIELDS, noPriceType(), element, reading) });
			case 'Склад':
				return this.push({ kind: 'store', store: readBook(STORE_FIELDS, noStore(), element, reading) });
			case 'ЕдиницаИзмерения':
				return this.push({ kind: 'unit', unit: readBook(UNIT_FIELDS, noUnit(), element, reading, 'Код') });
			case 'Документ':
				return this.push({ kind: 'document', element });
			case 'Контейнер':
				return this.push({ kind: 'container', element });
			case 'Контрагент':
				return this.push({ kind: 'counterparty', element });
			default:
				return this.push({ kind: 'property', property: readBook(PROPERTY_FIELDS, noProperty(), element, reading) });
		}
	}

	private push(record: CmlRecord): void {
		this.records.push(record);
	}

	/** Tells the head of the list before anything that is in it. */
	private announce(path: readonly string[]): void {
		this.reading.around = path.slice(0, 2);
		const record = this.list?.announce();
		if (record) this.records.push(record);
		this.reading.around = path;
	}

	private headOf(name: string, attributes: XmlAttributes): CmlHead {
		const { reading } = this;
		reading.checkAttributes({ name, attributes }, FORMATS, true);
		reading.decimalMark = /ЧРД=([^;]+)/.exec(attributes.get('ФорматСуммы') ?? '')?.[1] ?? '';
		const schema = attributes.get('ВерсияСхемы') ?? null;
		if (schema !== null && !isKnownSchema(schema)) reading.note('COMMERCEML_SCHEMA_UNKNOWN', '', { version: schema.slice(0, 40) });
		return { schema, formed: attributes.get('ДатаФормирования') ?? null };
	}
}

/** Versions are compared as numbers: 2.10 is 2.1. */
function isKnownSchema(version: string): boolean {
	if (!/^\d{1,3}\.\d{1,3}$/.test(version)) return false;
	const number = Decimal.of(version);
	return number.compare('2.03') >= 0 && number.compare('3.1') <= 0;
}

function readBook<Model>(fields: Fields<Model>, model: Model, element: XmlElement, reading: Reading, idName = 'Ид'): Model {
	const id = element.textOf(idName);
	reading.object = id;
	fields.read(element, model, reading);
	if (id === null || id === '') reading.note('COMMERCEML_ID_MISSING', element.name);
	return model;
}
