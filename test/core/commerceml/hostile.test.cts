import fc from 'fast-check';
import { CATALOGUE, Findings, readCommerceMl, readOrderDocuments, SyncError } from '../../../core/index.ts';
import { examples, mutated, mutations, places, written } from './damaged.cts';
import { SETTINGS } from './orders/orderFiles.cts';
import { cut, utf8 } from './xml/events.ts';

/** What reading ends with: nothing wrong, or a code of the catalogue. Anything else is thrown. */
async function outcome(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
	try {
		for await (const record of readCommerceMl(chunks, new Findings())) if (record.kind === undefined) return 'nothing';
		return 'read';
	} catch (error) {
		return codeOf(error);
	}
}

function codeOf(error: unknown): string {
	if (!(error instanceof SyncError)) throw error;
	expect(Object.keys(CATALOGUE)).toContain(error.code);
	expect(error.message).not.toContain('{');
	return error.code;
}

/** The same for orders, each of which is right, or says by a code why it cannot be read. */
async function outcomeOfOrders(chunks: Iterable<Uint8Array>): Promise<string> {
	try {
		for await (const record of readOrderDocuments(chunks, SETTINGS, new Findings())) {
			if (record.kind === 'unreadable') codeOf(record.error);
			if (record.kind === 'order') expect([record.order.id, record.copy.id]).toEqual([record.id, record.id]);
		}
		return 'read';
	} catch (error) {
		return codeOf(error);
	}
}

describe('damaged files', () => {
	it('give a code, whatever was changed in them', async () => {
		const outcomes = new Map<string, number>();
		await fc.assert(
			fc.asyncProperty(written, mutations, fc.array(fc.nat(), { maxLength: 5 }), async (bytes, changes, borders) => {
				const code = await outcome(cut(mutated(await bytes, changes), borders));
				outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
			}),
			{ numRuns: 1000 },
		);
		// The property would prove nothing if hardly any file were damaged.
		expect(outcomes.get('read') ?? 0).toBeLessThan(500);
		expect(outcomes.size).toBeGreaterThan(3);
	});

	it('give a code as files of orders too', async () => {
		const outcomes = new Set<string>();
		const orders = fc.constantFrom(...examples.slice(-3));
		await fc.assert(
			fc.asyncProperty(orders, mutations, fc.array(fc.nat(), { maxLength: 5 }), async (bytes, changes, borders) => void outcomes.add(await outcomeOfOrders(cut(mutated(bytes, changes), borders)))),
			{ numRuns: 1000 },
		);
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

	const times = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join('');
	/** More than a function takes as arguments; and so many that comparing each with each would never end. */
	const [MANY, ENOUGH] = [150_000, 50_000];

	it.each<[string, typeof outcomeOfOrders, string]>([
		['groups in one', outcome, `${ROOT}<Классификатор><Ид>k</Ид><Группы><Группа><Ид>g</Ид><Группы>${times(MANY, (index) => `<Группа><Ид>${index}</Ид></Группа>`)}</Группы></Группа></Группы></Классификатор></КоммерческаяИнформация>`],
		['lines with one position in an order', outcomeOfOrders, `${ROOT}<Документ><Ид>1</Ид><Товары>${times(ENOUGH, () => '<Товар><Ид>a</Ид></Товар>')}</Товары></Документ></КоммерческаяИнформация>`],
		['documents below an order', outcomeOfOrders, `${ROOT}<Документ><Ид>1</Ид><ПодчиненныеДокументы>${times(MANY, () => '<ПодчиненныйДокумент><Ид>2</Ид></ПодчиненныйДокумент>')}</ПодчиненныеДокументы></Документ></КоммерческаяИнформация>`],
		['shipped goods', outcomeOfOrders, `${ROOT}<Контейнер><Документ><Ид>1</Ид><Товары>${times(ENOUGH, (index) => `<Товар><Ид>a${index}</Ид></Товар>`)}</Товары></Документ><Документ><Ид>2</Ид><ХозОперация>Отпуск товара</ХозОперация><Товары>${times(ENOUGH, (index) => `<Товар><Ид>b${index}</Ид></Товар>`)}</Товары></Документ></Контейнер></КоммерческаяИнформация>`],
	])('take no longer than they are long: %s', async (_, read, xml) => expect(await read([utf8(xml)])).toBe('read'), 60_000);

	it('a byte at a time', async () => {
		const [bytes = new Uint8Array(0)] = examples;
		const dribbled = function* (): Generator<Uint8Array> {
			for (let round = 0; round < 200; round += 1) for (const chunk of cut(bytes, [])) for (const byte of chunk) yield Uint8Array.of(byte);
		};
		expect(await outcome(dribbled())).toBe('XML_MALFORMED');
	});
});
