import * as fc from 'fast-check';
import { fitted, longestText, PartyDirectory, partyOfCard, readCard, unusable, type WantedField } from '../../../../core';

const field = (target: string, value: unknown, more: Partial<WantedField> = {}): WantedField => ({ target, policy: 'empty', value, ...more });
const one = (target: string, value: unknown, more: Partial<WantedField> = {}): unknown => fitted([field(target, value, more)]).fields[0]?.value;

const META = { meta: { href: 'https://api.moysklad.ru/api/remap/1.2/entity/counterparty/metadata/attributes/7944ef04-f831-11e5-7a69-971500188b19' } };

describe('Texts that are longer than MoySklad takes', () => {
	it('what fits stays as it is, and nothing is told', () => {
		const fields = [field('name', 'ы'.repeat(255)), field('description', 'ы'.repeat(4096)), field('tags', ['опт'])];
		expect(fitted(fields)).toEqual({ fields, cut: [], leftOut: [] });
	});

	it('names, addresses and comments are cut, each to its own length, never within a character', () => {
		expect(one('name', 'ы'.repeat(300_000))).toHaveLength(255);
		expect(one('description', 'ы'.repeat(300_000))).toHaveLength(4096);
		expect(one('legalTitle', 'ы'.repeat(300_000))).toHaveLength(4096);
		expect(one('name', `${'ы'.repeat(254)}😀`)).toBe('ы'.repeat(254));
		expect(fitted([field('name', 'ы'.repeat(256))])).toMatchObject({ cut: ['name'], leftOut: [] });
	});

	it('what identifies somebody is left out as a whole', () => {
		for (const target of ['externalCode', 'inn', 'email']) expect(fitted([field(target, '7'.repeat(256))])).toEqual({ fields: [], cut: [], leftOut: [target] });
	});

	it('of several phones those stay for which there is room; half a number is that of somebody else', () => {
		const phones = Array.from({ length: 40 }, (_, place) => `+7916000000${place % 10}`);
		expect(String(one('phone', phones.join(', '))).split(', ')).toEqual(phones.slice(0, 18));
		expect(fitted([field('phone', '9'.repeat(300))])).toEqual({ fields: [], cut: [], leftOut: ['phone'] });
	});

	it('additional fields have lengths of their own; one with the external code is left out as a whole', () => {
		const attribute = (value: unknown): object => ({ ...META, value });
		expect(one('attribute:1', attribute('ы'.repeat(5000)), { longest: 4096 })).toEqual(attribute('ы'.repeat(4096)));
		expect(fitted([field('attribute:1', attribute('x'.repeat(300)), { source: 'externalCode', longest: 255 })])).toEqual({ fields: [], cut: [], leftOut: ['attribute:1'] });
		expect(one('attribute:1', attribute(7))).toEqual(attribute(7));
	});

	it('in lists each text by itself, and no more rows than one request takes', () => {
		const person = { name: 'ы'.repeat(300), phone: '1'.repeat(300), position: 'x' };
		const found = fitted([field('contactPersons', [person]), field('tags', [...Array.from({ length: 1001 }, (_, place) => `группа ${place}`)])]);
		expect(found.fields[0]?.value).toEqual([{ name: 'ы'.repeat(255), phone: null, position: 'x' }]);
		expect(found.fields[1]?.value).toHaveLength(1000);
		expect(found).toMatchObject({ cut: ['contactPersons.name', 'tags'], leftOut: ['contactPersons.phone'] });
	});

	it('whatever comes: every text that is kept has room', () => {
		const texts = fc.string({ unit: 'grapheme', maxLength: 6000 });
		fc.assert(fc.property(fc.constantFrom('name', 'phone', 'description', 'inn'), texts, (target, text) => {
			const kept = one(target, text) as string | undefined;
			expect((kept ?? '').length).toBeLessThanOrEqual(longestText(target));
			if (text.length <= longestText(target)) expect(kept).toBe(text);
		}));
	});
});

describe('A customer of whom anything was said', () => {
	const read = (json: object) => readCard(json, { siteKey: 'shop', payerTypes: [] });

	it('control characters and halves of characters are gone, line breaks stay', () => {
		expect(read({ name: 'Анна\u0000 Волкова\u007f', phone: '\u0000', description: 'раз\nдва\u0008', email: '\u0001a@b.ru' })).toMatchObject({ name: 'Анна Волкова', phones: [], description: 'раз\nдва', emails: ['a@b.ru'] });
		expect(read({ name: 'half \uD800' }).name).toBe('half \uFFFD');
	});

	it('an e-mail without @ and letters as an INN are told', () => {
		expect(unusable(read({ name: 'Анна', email: 'нет', inn: 'нет', kpp: '770101001' }))).toEqual(['inn', 'email']);
		expect(unusable(read({ name: 'Анна', email: 'нет; anna@mail.ru' }))).toEqual([]);
	});

	it.each([
		['spaces within an e-mail', { name: 'Анна', email: `a${' '.repeat(300_000)}b` }],
		['one endless word', { name: 'ы'.repeat(300_000), email: `${'ы'.repeat(300_000)}@mail.ru` }],
		['a million digits', { name: 'Анна', phone: '8'.repeat(1_000_000) }],
		['a long list of e-mails', { name: 'Анна', email: Array.from({ length: 20_000 }, (_, place) => `a${place}@mail.ru`).join(';') }],
	])('%s: is read and looked for in no time', (_, json) => {
		const started = performance.now();
		const card = read(json);
		const party = partyOfCard('1', card);
		const directory = new PartyDirectory({ names: true });
		directory.add(party);
		directory.match(['innKpp', 'phone', 'email', 'name'], { ...party, id: '2' }, { threshold: 0.8 });
		expect(party.phones.length + party.emails.length).toBeLessThanOrEqual(100);
		expect(performance.now() - started).toBeLessThan(1000);
	});
});
