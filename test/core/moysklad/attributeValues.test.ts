import { attributeBody, attributesByName, definitionNamed, entryName, entryNamed, toAttributeDefinition, type AttributeDefinition } from '../../../core';

const ID = '7944ef04-f831-11e5-7a69-971500188b19';
const DICTIONARY = '8044ef04-f831-11e5-7a69-971500188b19';
const API = 'https://api.moysklad.ru/api/remap/1.2';
const HREF = `${API}/entity/product/metadata/attributes/${ID}`;

const definition = (type: string): AttributeDefinition =>
	toAttributeDefinition({
		meta: { href: HREF, type: 'attributemetadata', mediaType: 'application/json' }, id: ID, name: 'Field', type, required: false,
		...(type === 'customentity' && { customEntityMeta: { href: `${API}/context/companysettings/metadata/customEntities/${DICTIONARY}` } }),
	});
const none = (): never => {
	throw new Error('Nobody was to be looked up');
};
const value = (type: string, given: unknown, named: () => string = none): unknown => (attributeBody(definition(type), given, named) as { value: unknown }).value;

describe('attributeBody', () => {
	it.each<[string, unknown, unknown]>([
		['string', 5, '5'],
		['text', 'a\nb', 'a\nb'],
		['link', 'https://example.com', 'https://example.com'],
		['long', '7', 7],
		['double', '7,25', 7.25],
		['boolean', 'false', false],
		['time', '2026-11-21T07:00:00Z', '2026-11-21 10:00:00.000'],
		['string', null, null],
		['customentity', null, null],
	])('%s: %j is sent as %j', (type, given, sent) => {
		expect(attributeBody(definition(type), given, none)).toEqual({ meta: expect.objectContaining({ href: HREF }) as unknown, value: sent });
	});

	it('names entries of dictionaries by id, link or name', () => {
		const href = `${API}/entity/customentity/${DICTIONARY}/${ID}`;
		expect(value('customentity', ID)).toMatchObject({ meta: { href, type: 'customentity' } });
		expect(value('customentity', href)).toMatchObject({ meta: { href } });
		expect(value('customentity', 'Red', () => ID)).toMatchObject({ meta: { href } });
		expect(value('customentity', { name: 'Red' }, () => ID)).toMatchObject({ meta: { href } });
		expect(value('counterparty', ID)).toMatchObject({ meta: { href: `${API}/entity/counterparty/${ID}`, type: 'counterparty' } });
	});

	it('sends files with their contents, and clears them', () => {
		const file = { filename: 'a.txt', content: 'QQ==' };
		expect(attributeBody(definition('file'), file, none)).toMatchObject({ file });
		expect(attributeBody(definition('file'), null, none)).toMatchObject({ file: null });
	});

	it.each<[string, unknown]>([['long', 1.5], ['long', 'x'], ['double', ''], ['boolean', 1], ['time', 'later'], ['text', {}], ['file', 'a.txt'], ['store', 5]])(
		'%s: %j is refused',
		(type, given) => {
			expect(() => attributeBody(definition(type), given, none)).toThrow('“Field”');
		},
	);
});

describe('names', () => {
	it('of entries are what is neither an id nor a link', () => {
		expect([' Red ', { name: 'Red' }].map(entryName)).toEqual(['Red', 'Red']);
		expect([ID, `${API}/entity/x/${ID}`, { id: ID }, { meta: {} }, 5, null].map(entryName)).toEqual(Array<undefined>(6).fill(undefined));
	});

	it('of entries must be there once', () => {
		const rows = [{ id: 'a', name: 'Red' }, { id: 'b', name: 'Blue' }, { id: 'c', name: 'Blue' }];
		expect(entryNamed(definition('customentity'), 'Red', rows)).toBe('a');
		expect(() => entryNamed(definition('customentity'), 'red', rows)).toThrow('no entry of “Field” named “red”');
		expect(() => entryNamed(definition('customentity'), 'Blue', rows)).toThrow('2 objects');
	});

	it('of fields are exact first, then without regard to case', () => {
		const definitions = ['brand', 'Brand'].map((name, index) => ({ ...definition('string'), id: `${index}`, name }));
		expect(definitionNamed(definitions, 'Brand')?.id).toBe('1');
		expect(definitionNamed(definitions, ' BRAND ')?.id).toBe('0');
		expect(definitionNamed(definitions, ID)).toBeUndefined();
	});

	it('give the values of an object', () => {
		const attributes = [
			{ name: 'Colour', value: { name: 'Red', meta: { href: `${API}/entity/customentity/${DICTIONARY}/${ID}` } } },
			{ name: 'Store', value: { meta: { href: `${API}/entity/store/${ID}` } } },
			{ name: 'On Site', value: true },
		];
		expect(attributesByName(attributes)).toEqual({ Colour: 'Red', Store: ID, 'On Site': true });
		expect(attributesByName(undefined)).toEqual({});
	});
});
