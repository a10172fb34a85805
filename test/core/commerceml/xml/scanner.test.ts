import fc from 'fast-check';
import { USUAL_LIMITS } from '../../../../core';
import { cut, eventsOf, everyByte, outcomeOf, utf8, windows1251 } from './events';

const events = (xml: string): string[] => eventsOf([utf8(xml)]);

describe('what well-formed XML may have', () => {
	it.each([
		['an element without anything', '<Ид/>', ['open Ид', 'close']],
		['start and end tags', '<Ид></Ид>', ['open Ид', 'close']],
		['white space in tags', '<Ид\n\t></Ид \r\n>', ['open Ид', 'close']],
		['attributes in both kinds of quotation marks', `<Склад Ид="a'b" Имя = 'c"d'/>`, [`open Склад Ид="a'b" Имя="c\\"d"`, 'close']],
		['a sign that ends tags in an attribute', '<a b="x>y">z</a>', ['open a b="x>y"', 'text "z"', 'close']],
		['line ends in attributes as spaces', '<a b="x\r\ny\tz"/>', ['open a b="x y z"', 'close']],
		['a line end by its number in an attribute', '<a b="x&#10;y"/>', ['open a b="x\\ny"', 'close']],
		['references', '<a>&lt;&gt;&amp;&quot;&apos;&#1071;&#x44F;&#x1F600;</a>', ['open a', 'text "<>&\\"\'Яя😀"', 'close']],
		['references that are replaced once', '<a>&amp;lt;</a>', ['open a', 'text "&lt;"', 'close']],
		['line ends of all sorts', '<a>x\r\ny\rz\n&#13;\r</a>', ['open a', 'text "x\\ny\\nz\\n\\r\\n"', 'close']],
		['CDATA', '<a>x<![CDATA[<b>&lt;]]]]><![CDATA[>\r\n]]>y</a>', ['open a', 'text "x<b>&lt;]]>\\ny"', 'close']],
		['comments and instructions', '<?xml version="1.0"?><!-- a - b --><a><!----><?php echo "<b>" ?>x<!-- <b> --></a><!--x--><?x?>', ['open a', 'text "x"', 'close']],
		['white space around the outermost element', '\n<a/>\n ', ['open a', 'close']],
		['names with dots, dashes and digits', '<a.b-c_1/>', ['open a.b-c_1', 'close']],
		['a namespace', '<a xmlns="urn:x"><b xmlns=""/></a>', ['open {urn:x} a', 'open b', 'close', 'close']],
		['prefixes', '<c:a xmlns:c="urn:x" c:k="1"><c:b/><d/></c:a>', ['open {urn:x} a c:k="1"', 'open {urn:x} b', 'close', 'open d', 'close', 'close']],
		['a prefix with another meaning inside', '<p:a xmlns:p="u"><p:a xmlns:p="v"/><p:a/></p:a>', ['open {u} a', 'open {v} a', 'close', 'open {u} a', 'close', 'close']],
	])('%s', (_, xml, expected) => {
		expect(events(xml)).toEqual(expected);
		expect(eventsOf(everyByte(utf8(xml)))).toEqual(expected);
	});
});

describe('what is not well-formed', () => {
	it.each([
		['nothing', '', 'XML_TRUNCATED', 0],
		['white space alone', ' \n', 'XML_TRUNCATED', 2],
		['a comment alone', '<!-- -->', 'XML_TRUNCATED', 8],
		['no end tag', '<Ид>1', 'XML_TRUNCATED', 7],
		['a cut tag', '<a><b c="', 'XML_TRUNCATED', 9],
		['a cut comment', '<a/><!--', 'XML_TRUNCATED', 8],
		['a cut CDATA section', '<a><![CDATA[x', 'XML_TRUNCATED', 13],
		['a cut reference', '<a>&am', 'XML_TRUNCATED', 6],
		['text before it', 'x<a/>', 'XML_MALFORMED', 0],
		['text after it', '<a/> x', 'XML_MALFORMED', 5],
		['CDATA after it', '<a/><![CDATA[x]]>', 'XML_MALFORMED', 4],
		['two outermost elements', '<a/><b/>', 'XML_MALFORMED', 4],
		['another end tag', '<Ид><b></Ид>', 'XML_MALFORMED', 9],
		['an end tag too many', '<a></a></a>', 'XML_MALFORMED', 7],
		['a tag in a tag', '<a <b>', 'XML_MALFORMED', 3],
		['< in an attribute', '<a b="<"/>', 'XML_MALFORMED', 6],
		['an attribute without quotation marks', '<a b=1/>', 'XML_MALFORMED', 3],
		['an attribute without a value', '<a b/>', 'XML_MALFORMED', 3],
		['attributes without white space', '<a b="1"c="2"/>', 'XML_MALFORMED', 8],
		['an attribute twice', '<a b="1" b="1"/>', 'XML_MALFORMED', 11],
		['a wrong name', '<1a/>', 'XML_MALFORMED', 1],
		['no name', '<>', 'XML_MALFORMED', 1],
		['white space before a name', '< a/>', 'XML_MALFORMED', 1],
		['a wrong name of an attribute', '<a 1="x"/>', 'XML_MALFORMED', 5],
		['& alone', '<a>x & y</a>', 'XML_MALFORMED', 5],
		['& without an end', `<a>&${'x'.repeat(80)}`, 'XML_MALFORMED', 3],
		['an empty reference', '<a>&;</a>', 'XML_MALFORMED', 3],
		['a number of no character', '<a>&#0;</a>', 'XML_MALFORMED', 3],
		['a number of half a character', '<a>&#xD800;</a>', 'XML_MALFORMED', 3],
		['an unknown entity', '<a>й&nbsp;</a>', 'XML_ENTITY_UNKNOWN', 5],
		['an entity by the name of a method', '<a>&constructor;</a>', 'XML_ENTITY_UNKNOWN', 3],
		['an entity in an attribute', '<a b="&x;"/>', 'XML_ENTITY_UNKNOWN', 6],
		[']]> in a text', '<a>x]]>y</a>', 'XML_MALFORMED', 4],
		['a forbidden character', '<a>Я\u0001</a>', 'XML_MALFORMED', 5],
		['a byte order mark in the middle', '<a/>\uFEFF', 'XML_MALFORMED', 4],
		['-- in a comment', '<a><!-- a -- b --></a>', 'XML_MALFORMED', 10],
		['a wrong section', '<a><!x></a>', 'XML_MALFORMED', 3],
		['a declaration after the beginning', ' <?xml version="1.0"?><a/>', 'XML_MALFORMED', 1],
		['a declaration without a version', '<?xml encoding="utf-8"?><a/>', 'XML_MALFORMED', 0],
		['an instruction without a name', '<a><? x?></a>', 'XML_MALFORMED', 3],
		['a prefix that nobody declared', '<p:a/>', 'XML_MALFORMED', 0],
		['such a prefix of an attribute', '<a p:b="1"/>', 'XML_MALFORMED', 0],
		['a prefix outside of its element', '<a><p:b xmlns:p="u"/><p:b/></a>', 'XML_MALFORMED', 21],
		['two colons in a name', '<a:b:c xmlns:a="u"/>', 'XML_MALFORMED', 1],
		['a document type', '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'XML_DOCTYPE_REFUSED', 22],
	])('%s', (_, xml, code, position) => {
		expect(outcomeOf([utf8(xml)])).toEqual({ code, position });
		expect(outcomeOf(everyByte(utf8(xml)))).toEqual({ code, position });
	});
});

describe('encodings', () => {
	const body = '<Ид>Ёлка № 5 — 1</Ид>';
	const told = ['open Ид', 'text "Ёлка № 5 — 1"', 'close'];
	const utf16 = (text: string, little: boolean): Uint8Array =>
		Uint8Array.from([...text].flatMap((_, index) => { const code = text.charCodeAt(index); return little ? [code & 255, code >> 8] : [code >> 8, code & 255]; }));
	const mark = [0xef, 0xbb, 0xbf];

	it.each([
		['UTF-8 unsaid', utf8(body)],
		['UTF-8 with its mark', Uint8Array.from([...mark, ...utf8(body)])],
		['UTF-8 by its declaration', utf8(`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>${body}`)],
		['windows-1251 by its declaration', windows1251(`<?xml version="1.0" encoding="windows-1251"?>${body}`)],
		['windows-1251 in other letters', windows1251(`<?xml version="1.0" encoding="Windows-1251"?>\r\n${body}`)],
		['a mark beside a declaration that contradicts it', Uint8Array.from([...mark, ...utf8(`<?xml version="1.0" encoding="windows-1251"?>${body}`)])],
		['UTF-16, low bytes first', utf16(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${body}`, true)],
		['UTF-16, high bytes first', utf16(`\uFEFF${body}`, false)],
		['UTF-16 without its mark', utf16(`<?xml version="1.0"?>${body}`, true)],
	])('%s', (_, bytes) => {
		expect(eventsOf([bytes])).toEqual(told);
		expect(eventsOf(everyByte(bytes))).toEqual(told);
	});

	it('takes what a header said only for a document that does not say it', () => {
		expect(eventsOf([windows1251(body)], USUAL_LIMITS, 'windows-1251')).toEqual(told);
		expect(eventsOf([utf8(`<?xml version="1.0" encoding="utf-8"?>${body}`)], USUAL_LIMITS, 'windows-1251')).toEqual(told);
	});

	it.each([
		['an encoding that nobody knows', utf8('<?xml version="1.0" encoding="x-klingon"?><a/>'), 'XML_ENCODING_UNKNOWN', undefined],
		['an encoding that cannot be', utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'), 'XML_ENCODING_UNKNOWN', undefined],
		['an encoding with states', utf8('<?xml version="1.0" encoding="iso-2022-jp"?><a/>'), 'XML_ENCODING_UNKNOWN', undefined],
		['bytes of another encoding', Uint8Array.from([...utf8('<a>Я'), ...windows1251('Ёлка'), ...utf8('</a>')]), 'XML_BYTES_INVALID', 5],
		['half a character at the end', utf8('<a>Я').slice(0, -1), 'XML_TRUNCATED', 3],
		['half a character of two bytes at the end', utf16('\uFEFF<a>Я', true).slice(0, -1), 'XML_TRUNCATED', 8],
		['half a pair at the end', utf16('\uFEFF<a>😀', false).slice(0, -1), 'XML_TRUNCATED', 8],
		['half a pair alone', utf16('\uFEFF<a>\uD83Dx</a>', true), 'XML_BYTES_INVALID', 11],
		['a byte that begins nothing', Uint8Array.from([...utf8('<a>😀'), 0xff, ...utf8('</a>')]), 'XML_BYTES_INVALID', 7],
	])('refuses %s', (_, bytes, code, position) => {
		expect(outcomeOf([bytes])).toEqual({ code, position });
		expect(outcomeOf(everyByte(bytes))).toEqual({ code, position });
	});

	it('says the byte of a fault in windows-1251', () => {
		const start = '<?xml version="1.0" encoding="windows-1251"?><Ид>';
		expect(outcomeOf([windows1251(`${start}Ёлка</Ед>`)])).toEqual({ code: 'XML_MALFORMED', position: start.length + 4 });
	});
});

describe('limits', () => {
	const limits = { ...USUAL_LIMITS, depth: 4, name: 10, attributes: 3, attribute: 20, tag: 60, text: 30 };
	const refused = (xml: string): unknown => (outcomeOf([utf8(xml)], limits) as { code?: string }).code ?? 'read';

	it.each([
		['depth', '<a><a><a><a></a></a></a></a>', '<a><a><a><a><a></a></a></a></a></a>'],
		['names', '<abcdefghij/>', '<abcdefghijk/>'],
		['names of attributes', '<a abcdefghij=""/>', '<a abcdefghijk=""/>'],
		['the number of attributes', '<a b="" c="" d=""/>', '<a b="" c="" d="" e=""/>'],
		['attributes', `<a b="${'x'.repeat(20)}"/>`, `<a b="${'x'.repeat(21)}"/>`],
		['texts', `<a>${'x'.repeat(30)}</a>`, `<a>${'x'.repeat(31)}</a>`],
		['texts in CDATA', `<a><![CDATA[${'x'.repeat(30)}]]></a>`, `<a>x<![CDATA[${'x'.repeat(30)}]]></a>`],
		['texts with comments in them', `<a>${'x<!---->'.repeat(30)}</a>`, `<a>${'x<!---->'.repeat(31)}</a>`],
	])('%s', (_, good, bad) => {
		expect(refused(good)).toBe('read');
		expect(refused(bad)).toBe('XML_LIMIT_EXCEEDED');
	});

	it('does not wait for the end of a tag for ever', () => {
		const chunks = function* (): Generator<Uint8Array> {
			yield utf8('<a b="');
			for (;;) yield utf8('x'.repeat(10));
		};
		expect(outcomeOf(chunks(), limits)).toMatchObject({ code: 'XML_LIMIT_EXCEEDED' });
	});

	it('lets a comment be as long as it is', () => expect(refused(`<a><!--${'x'.repeat(1000)}--></a>`)).toBe('read'));
});

describe('chunks', () => {
	const document =
		'<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- Ёлка - ><--><!---->' +
		'<к:Товары xmlns:к="urn:1C.ru:commerceml_2" b=\'"&#x1F600;"\'>\r\n😀 &amp;&#1071; ]] x<![CDATA[ <b>]]> ]]&gt;\r<к:Ид   Код = "796" />\n<?x y?></к:Товары>\n';

	it('may end anywhere', () => {
		const whole = eventsOf([utf8(document)]);
		expect(whole).toHaveLength(6);
		fc.assert(
			fc.property(fc.array(fc.nat(), { maxLength: 40 }), (borders) => {
				expect(eventsOf(cut(utf8(document), borders))).toEqual(whole);
			}),
		);
	});

	it('give the same error wherever they end', () => {
		const faults = [document.replace('</к:Товары>', '</к:Товар>'), document.replace('&amp;', '&nbsp;'), document.slice(0, -12), document.replace("'>", '">')];
		fc.assert(
			fc.property(fc.constantFrom(...faults), fc.array(fc.nat(), { maxLength: 40 }), (xml, borders) => {
				expect(outcomeOf(cut(utf8(xml), borders))).toEqual(outcomeOf([utf8(xml)]));
			}),
		);
	});
});
