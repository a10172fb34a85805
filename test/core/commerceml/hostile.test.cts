import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { CATALOGUE, catalogIds, Findings, goodsDocument, offersDocument, readCommerceMl, SyncError, writeDocument } from '../../../core/index.ts';
import { bytesOf, log } from './files.ts';
import { anyGoods, anyOffers } from './models.ts';
import { cut, utf8 } from './xml/events.ts';

const examples = ['import.xml', 'offers.xml', 'rests.xml', 'sale_query.xml', 'sale_query_31.xml'].map((name) => readFileSync(path.join(__dirname, 'examples', name)));
const ids = catalogIds();
const formed = '2026-11-21T12:00:00';

/** What reading ends with: nothing wrong, or a code of the catalogue. Anything else is thrown. */
async function outcome(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
	try {
		for await (const record of readCommerceMl(chunks, new Findings())) expect(record.kind).toBeDefined();
		return 'read';
	} catch (error) {
		if (!(error instanceof SyncError)) throw error;
		expect(Object.keys(CATALOGUE)).toContain(error.code);
		expect(error.message).not.toContain('{');
		return error.code;
	}
}

const written = fc.oneof(
	anyGoods.map(({ classifier, goods }) => bytesOf(writeDocument(goodsDocument({ ids, formed, classifier }), goods, log()))),
	anyOffers.map(({ classifier, types, stores, offers }) => bytesOf(writeDocument(offersDocument({ ids, formed, classifier, priceTypes: { types, isComplete: true }, stores }), offers, log()))),
	fc.constantFrom(...examples).map(async (bytes) => await Promise.resolve<Uint8Array>(bytes)),
);

const pieces = fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom('<', '>', '</', '/>', '&', '&#', ';', '"', "'", '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE x>', '<?xml?>', '<a>', '</a>', '\0', '</Товар>', 'xmlns="x"').map(utf8));
const places = fc.double({ min: 0, max: 1, noNaN: true });

interface Mutation {
	place: number;
	length: number;
	piece: Uint8Array;
}

/** Puts pieces in the place of others. */
function mutated(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
	return mutations.reduce((before, { place, length, piece }) => {
		const at = Math.floor(place * before.length);
		return Buffer.concat([before.subarray(0, at), piece, before.subarray(at + length)]);
	}, bytes);
}

describe('damaged files', () => {
	it('give a code, whatever was changed in them', async () => {
		const outcomes = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(written, fc.array(fc.record({ place: places, length: fc.nat({ max: 5 }), piece: pieces }), { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 5 }), async (bytes, mutations, borders) => {
				const code = await outcome(cut(mutated(await bytes, mutations), borders));
				outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
			}),
			{ numRuns: 1000 },
		);
		// The property would prove nothing if hardly any file were damaged.
		expect(outcomes.get('read') ?? 0).toBeLessThan(500);
		expect(outcomes.size).toBeGreaterThan(3);
	});

	it('are never taken for whole when they are cut', async () =>
		await fc.assert(
			fc.asyncProperty(written, places, async (bytes, place) => {
				const whole = await bytes;
				const end = whole.lastIndexOf(0x3e);
				expect(await outcome([whole.subarray(0, Math.floor(place * end))])).toMatch(/^XML_TRUNCATED$/);
			}),
			{ numRuns: 1000 },
		));
});

/** A document that never ends, and how much of it was taken. */
class Endless {
	taken = 0;

	constructor(
		private readonly beginning: string,
		private readonly more: (index: number) => string,
	) {}

	*[Symbol.iterator](): Generator<Uint8Array> {
		yield utf8(this.beginning);
		for (let index = 0; ; index += 1) {
			const chunk = utf8(this.more(index));
			this.taken += chunk.length;
			yield chunk;
		}
	}
}

const ROOT = '<КоммерческаяИнформация>';
const GOODS = `${ROOT}<Каталог><Ид>c</Ид><Товары>`;
const MEGABYTE = 1024 * 1024;

describe('files that would fill the memory', () => {
	it.each<[string, Endless, number]>([
		['elements inside one another', new Endless(ROOT, () => '<Классификатор>'), 1],
		['groups inside one another', new Endless(`${ROOT}<Классификатор>`, () => '<Группы><Группа>'), 1],
		['a text', new Endless(`${GOODS}<Товар><Наименование>`, () => 'я'.repeat(10_000)), 10],
		['CDATA', new Endless(`${GOODS}<Товар><Наименование><![CDATA[`, () => 'я'.repeat(10_000)), 10],
		['texts of a good', new Endless(`${GOODS}<Товар>`, () => `<Описание>${'x'.repeat(10_000)}</Описание>`), 40],
		['elements of a good', new Endless(`${GOODS}<Товар>`, () => '<Картинка/>'.repeat(500)), 20],
		['an attribute', new Endless(`${GOODS}<Товар Ид="`, () => 'x'.repeat(10_000)), 1],
		['attributes', new Endless(`${GOODS}<Товар`, (index) => ` a${index}="1"`.repeat(10)), 1],
		['a name', new Endless(`${GOODS}<`, () => 'я'.repeat(10_000)), 1],
		['an end tag', new Endless(`${GOODS}</`, () => 'я'.repeat(10_000)), 1],
		['a processing instruction', new Endless('<?x ', () => 'я'.repeat(10_000)), 1],
		['a reference', new Endless(`${GOODS}<Товар>&`, () => 'a'.repeat(10_000)), 1],
		['a declaration', new Endless('<?xml version="1.0" ', () => ' '.repeat(10_000)), 1],
	])('are refused: %s without end', async (_, document, megabytes) => {
		expect(await outcome(document)).toMatch(/^XML_(LIMIT_EXCEEDED|MALFORMED)$/);
		expect(document.taken).toBeLessThan(megabytes * MEGABYTE);
	});

	it.each([
		['entities of entities', `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${[...'bcdefgh'].map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index] ?? ''};`.repeat(10)}">`).join('')}]>${ROOT}&h;</КоммерческаяИнформация>`],
		['a long entity often', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]>${ROOT}${'&a;'.repeat(50_000)}</КоммерческаяИнформация>`],
		['a file of the server', `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${ROOT}&a;</КоммерческаяИнформация>`],
		['a definition elsewhere', `<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">${ROOT}</КоммерческаяИнформация>`],
	])('are refused before anything is made of them: %s', async (_, xml) => expect(await outcome([utf8(xml)])).toBe('XML_DOCTYPE_REFUSED'));

	it('are read as long as they are when nothing of them has to be kept', async () => {
		const long = function* (): Generator<Uint8Array> {
			yield utf8(`${GOODS}<!--`);
			for (let index = 0; index < 500; index += 1) yield utf8('комментарий '.repeat(1000));
			yield utf8('--><Неизвестно>');
			for (let index = 0; index < 500; index += 1) yield utf8(`<x${index}>${'слова '.repeat(1000)}</x${index}>`);
			yield utf8('</Неизвестно></Товары></Каталог></КоммерческаяИнформация>');
		};
		expect(await outcome(long())).toBe('read');
	});

	it('a byte at a time', async () => {
		const [bytes = new Uint8Array(0)] = examples;
		const dribbled = function* (): Generator<Uint8Array> {
			for (let round = 0; round < 200; round += 1) for (const chunk of cut(bytes, [])) for (const byte of chunk) yield Uint8Array.of(byte);
		};
		expect(await outcome(dribbled())).toBe('XML_MALFORMED');
	});
});
