import fc from 'fast-check';
import { readXml, SyncError, XmlWriter, type XmlElement } from '../../../../core';
import { eventsOf, utf8 } from './events';

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function written(write: (writer: XmlWriter) => void): string {
	const writer = new XmlWriter();
	write(writer);
	return textOf(writer.finish());
}

const read = async (xml: string): Promise<XmlElement> => await readXml([utf8(xml)]);

/** What is left of a text in XML: line ends are line feeds, forbidden characters and halves of pairs are gone. */
const inXml = (text: string): string =>
	Array.from(text.replace(/\r\n?/g, '\n'))
		.filter((character) => {
			const code = character.codePointAt(0) ?? 0;
			return code > 0x1f ? !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff : code === 9 || code === 10;
		})
		.join('');

const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('&', '<', '>', '"', "'", ']', '\r', '\n', '\t', ' ', '\0', '\uFFFE', '\uD800', '\uDC00', ';', '#', 'Я', '😀'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });

describe('XmlWriter', () => {
	it('writes what Bitrix reads: a space before an attribute, double quotation marks, nothing beside a text', () => {
		const xml = written((writer) => {
			writer.begin('Каталог', { СодержитТолькоИзменения: 'true' });
			writer.leaf('Ид', 'a & "b"');
			writer.leaf('Пусто', '');
			writer.leaf('Склад', '', { ИдСклада: 'x"y', КоличествоНаСкладе: '1' });
			writer.leaf('Единица', 'шт', { Код: '796' });
			writer.end('Каталог');
		});
		expect(xml).toBe(
			'<?xml version="1.0" encoding="UTF-8"?>\n<Каталог СодержитТолькоИзменения="true">\n<Ид>a &amp; &quot;b&quot;</Ид>\n<Пусто></Пусто>\n' +
				'<Склад ИдСклада="x&quot;y" КоличествоНаСкладе="1"/>\n<Единица Код="796">шт</Единица>\n</Каталог>\n',
		);
	});

	it('gives any text back as it was', async () => {
		await fc.assert(
			fc.asyncProperty(anyText, async (text) => {
				const root = await read(written((writer) => { writer.begin('a'); writer.leaf('b', text); writer.leaf('c', '', { d: text }); writer.end('a'); }));
				expect(root.child('b')?.text).toBe(inXml(text));
				expect(root.child('c')?.attributes.get('d')).toBe(inXml(text).replace(/[\t\n]/g, ' '));
			}),
			{ numRuns: 500 },
		);
	});

	it('uses only those references that Bitrix knows, and neither CDATA nor comments', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const xml = written((writer) => writer.leaf('a', text, { b: text }));
				expect(xml.replace(/&(amp|lt|gt|quot);/g, '')).not.toMatch(/&|<!|'>/);
				// Inside of a tag of Bitrix nothing but its end may be a >.
				expect(xml.match(/[<>]/g)?.join('')).toBe(inXml(text) === '' ? '<><>' : '<><><>');
			}),
		);
	});

	it('tells of which element it had to leave characters out', () => {
		const omitted: string[] = [];
		const writer = new XmlWriter((element) => omitted.push(element));
		writer.begin('a');
		writer.leaf('b', 'x\u0000y', { k: '\uD800' });
		writer.leaf('c', 'x\r\ny 😀');
		writer.end('a');
		expect(textOf(writer.finish())).toContain('<b k="">xy</b>');
		expect(omitted).toEqual(['b', 'b']);
	});

	it.each<[string, (writer: XmlWriter) => void]>([
		['another end than its beginning', (writer) => { writer.begin('a'); writer.end('b'); }],
		['an end without a beginning', (writer) => writer.end('a')],
		['an element that is not ended', (writer) => writer.begin('a')],
		['nothing', () => {}],
		['two outermost elements', (writer) => { writer.leaf('a', ''); writer.leaf('b', ''); }],
		['an element after the outermost one', (writer) => { writer.begin('a'); writer.end('a'); writer.begin('b'); }],
		['a wrong name', (writer) => writer.leaf('a b', '')],
		['a name that closes its tag', (writer) => writer.leaf('a><b', '')],
		['a prefix', (writer) => writer.leaf('a:b', '')],
		['a wrong name of an attribute', (writer) => writer.leaf('a', '', { 'b c': '' })],
		['the end twice', (writer) => { writer.leaf('a', ''); writer.finish(); }],
	])('refuses to write %s', (_, write) => {
		expect(() => written(write)).toThrow(expect.objectContaining({ code: 'XML_WRITTEN_WRONGLY' }) as SyncError);
	});

	it('writes well-formed XML or nothing, whatever it is told', () => {
		const names = fc.constantFrom('a', 'Ид', 'b', '1', 'x y', '');
		const told = fc.oneof(fc.record({ call: fc.constantFrom('begin', 'end', 'leaf'), name: names, text: anyText }), fc.record({ call: fc.constant('take'), name: names, text: anyText }));
		fc.assert(
			fc.property(fc.array(told, { maxLength: 12 }), (calls) => {
				const writer = new XmlWriter();
				const chunks: Uint8Array[] = [];
				try {
					for (const { call, name, text } of calls) {
						if (call === 'begin') writer.begin(name, { k: text });
						else if (call === 'leaf') writer.leaf(name, text);
						else if (call === 'end') writer.end(name);
						else chunks.push(writer.take());
					}
					chunks.push(writer.finish());
				} catch (error) {
					expect(error).toMatchObject({ code: 'XML_WRITTEN_WRONGLY' });
					return;
				}
				expect(eventsOf(chunks).filter((event) => event.startsWith('open'))).toHaveLength(writer.elements);
			}),
			{ numRuns: 1000 },
		);
	});

	it('counts elements and bytes, and is full long before it holds much', () => {
		const writer = new XmlWriter();
		let bytes = 0;
		let longest = 0;
		writer.begin('a');
		for (let index = 0; index < 20_000; index += 1) {
			writer.leaf('Ид', `номер ${index}`);
			longest = Math.max(longest, writer.size - writer.bytes);
			if (writer.isFull) bytes += writer.take().length;
		}
		writer.end('a');
		bytes += writer.finish().length;
		expect(writer.elements).toBe(20_001);
		expect(writer.bytes).toBe(bytes);
		expect(longest).toBeLessThan(40_000);
	});
});
