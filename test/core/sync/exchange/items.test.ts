import fc from 'fast-check';
import {
	catalogIds, cmlGood, goodsDocument, GroupBook, PropertyBook, saidItem, SyncError, unitsOf, XmlWriter,
	type CmlClassifier, type CmlGood, type FieldValue, type FieldValues, type Folder, type NamedField,
} from '../../../../core';

const ids = catalogIds();

/** What is in items of users: blanks, line ends, forbidden and endless texts among it. */
const text = fc.oneof(
	fc.constantFrom('', ' ', '\n', 'a', 'b', ' a', 'a#b', 'a\tb', '\u0001', '\uD800', 'я'.repeat(300), '__proto__', 'constructor', '12', '1e3', '-5', '2026-11-21T12:00:00Z'),
	fc.string({ unit: 'binary', maxLength: 6 }),
);
const value: fc.Arbitrary<FieldValue> = fc.oneof(
	text, fc.double({ noNaN: true }), fc.boolean(), fc.array(text, { minLength: 1, maxLength: 3 }),
	fc.record({ id: fc.option(text, { nil: null }), name: text }), fc.record({ amount: text, currency: fc.option(text, { nil: null }) }),
);
const propertyIds = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('colour', 'weight', 'note', 'when') }, text);
const targets = fc.oneof(fc.constantFrom('name', 'article', 'barcodes', 'detailText', 'previewText', 'measure', 'vat', 'weight', 'height', 'nonsense'), propertyIds.map((id) => `property:${id}`));
const values: fc.Arbitrary<FieldValues> = fc.array(fc.tuple(targets, value), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));
const fields: NamedField[] = [
	{ id: 'colour', name: 'Цвет', type: 'customentity' }, { id: 'weight', name: 'Нетто', type: 'double' }, { id: 'note', name: ' ', type: 'text' }, { id: 'when', name: 'Дата', type: 'time' },
];

/** Why a file with these goods cannot be written; the goods it is written without are no reason. */
function faultOf(classifier: CmlClassifier, goods: readonly CmlGood[]): unknown {
	const document = goodsDocument({ ids, formed: '', classifier });
	const writer = new XmlWriter();
	try {
		document.begin(writer);
		for (const good of goods) if (!document.fault(good)) document.item(writer, good);
		document.end(writer);
		return undefined;
	} catch (error) {
		return error;
	}
}

describe('values of a mapping', () => {
	it('spoil no file, whatever they are: what does not fit is a remark on its own item', () => {
		fc.assert(fc.property(fc.array(values, { maxLength: 4 }), fc.subarray(['colour', 'note']), (items, directories) => {
			const properties = new PropertyBook(fields, new Set(directories));
			const goods = items.map((item, index) => cmlGood({ id: `g${index}`, ...saidItem({ ...item, name: `Товар ${index}` }, properties).said }));
			const classifier = { groups: [], properties: properties.all, units: unitsOf(goods) };
			expect(faultOf(classifier, goods)).toBeUndefined();
			const document = goodsDocument({ ids, formed: '', classifier });
			expect(goods.map((good) => document.fault(good)?.code)).toEqual(goods.map(() => undefined));
		}), { numRuns: 500 });
	});

	it('of a list are the same value whatever their case, and the id of an element of a dictionary where there is one', () => {
		const properties = new PropertyBook(fields);
		const [red] = properties.take('colour', 'Красный').values;
		expect(properties.take('colour', ' красный ').values).toEqual([red]);
		expect(properties.take('colour', { id: 'uuid', name: 'Красный' }).values).toEqual(['uuid']);
		// An id that the site could not keep is none.
		expect(properties.take('colour', { id: '', name: 'Красный' }).values).toEqual([red]);
		expect(properties.all).toMatchObject([{ id: 'colour', kind: 'list', choices: [{ value: 'Красный' }, { id: 'uuid', value: 'Красный' }] }]);
	});

	it('C7: of a directory are the ids by which the site knows them, and nothing is made there', () => {
		const properties = new PropertyBook(fields, new Set(['цвет', 'weight']));
		expect(properties.take('colour', { id: 'uuid', name: 'Красный' }).values).toEqual(['uuid']);
		expect(properties.take('weight', ' w1 ').values).toEqual(['w1']);
		expect(properties.all).toMatchObject([{ id: 'colour', kind: 'list', isDirectory: true, choices: [] }, { id: 'weight', kind: 'list', isDirectory: true, choices: [] }]);
	});

	it('of a property whose id the site could not keep are a remark', () => {
		const { said, warnings } = saidItem({ name: 'A', 'property: x': 'y', 'property:': 'z' }, new PropertyBook([]));
		expect([said.properties, warnings.map(({ code }) => code)]).toEqual([[], ['COMMERCEML_ID_INVALID', 'COMMERCEML_ID_INVALID']]);
	});
});

const folder = (id: string, externalCode: string | null, name: string | null, parent: Folder | null): Folder => ({ id, externalCode, name, archived: false, parent });
/** Trees of folders that are not known well: without names, without keys, with the same ones, and in circles. */
const folders = fc.array(fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5'), externalCode: fc.option(fc.oneof(fc.constantFrom('a', 'b', 'c', ' a'), text), { nil: null }), name: fc.option(fc.oneof(fc.constant('Имя'), text), { nil: null }), parent: fc.nat() }), { minLength: 1, maxLength: 8 })
	.map((list) => list.reduce<Folder[]>((made, { id, externalCode, name, parent }, index) => [...made, folder(id, externalCode, name, parent % 3 === 0 ? null : (made[parent % Math.max(1, index)] ?? null))], []));

describe('folders', () => {
	it('spoil no file, however little is known of them: each is in it with all above it, or refused with a code', () => {
		fc.assert(fc.property(folders, fc.constantFrom('externalCode' as const, 'id' as const), (list, identity) => {
			const groups = new GroupBook(list, identity, ({ archived }) => archived);
			for (const one of list) {
				try {
					const key = groups.take(one);
					expect(groups.all.map(({ id }) => id)).toContain(key);
				} catch (error) {
					expect(error).toBeInstanceOf(SyncError);
				}
			}
			expect(faultOf({ groups: groups.all, properties: [], units: [] }, [])).toBeUndefined();
		}), { numRuns: 500 });
	});
});
