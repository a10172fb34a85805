import fc from 'fast-check';
import { readCatalogFile } from './exchange/xml/catalogReader.cts';
import { readDocuments } from './exchange/xml/documentReader.cts';
import { isFlag, toNumber, type XmlNode } from './exchange/xml/node.cts';
import { leaf } from './exchange/xml/writer.cts';
import { encodeWindows1251 } from './exchange/windows1251.cts';

type Plain = [name: string, content: string | Plain[], attributes?: Record<string, string>];

const plain = ({ name, value, children, attributes }: XmlNode): Plain => [
	name,
	children.length > 0 ? children.map(plain) : value,
	...((Object.keys(attributes).length > 0 ? [attributes] : []) as []),
];

const catalog = (text: string | Buffer): Plain[] => readCatalogFile(Buffer.from(text), 1).map(plain);
const only = (text: string): Plain | undefined => catalog(text)[0];

describe('the reader of goods', () => {
	it('knows eight entities, and decodes them once', () => {
		expect(only('<a>&quot;&lt;&gt;&amp;&#34;&#60;&#62;&#38;</a>')).toEqual(['a', '"<>&"<>&']);
		expect(only('<a>&amp;quot; &#38;lt;</a>')).toEqual(['a', '&quot; &lt;']);
		expect(only('<a>&apos; &#39; &#x22; &nbsp; &amp;apos;</a>')).toEqual(['a', '&apos; &#39; &#x22; &nbsp; &apos;']);
	});

	it('loses plain CDATA, and reads tags in it as elements', () => {
		expect(only('<a><![CDATA[text]]></a>')).toEqual(['a', '']);
		expect(only('<a><![CDATA[<b>bold</b>]]></a>')).toEqual(['a', [['b', 'bold']]]);
	});

	it('drops comments, but not the elements inside; text behind a comment is lost', () => {
		expect(only('<a><!-- <b>x</b> --></a>')).toEqual(['a', [['b', 'x']]]);
		expect(only('<a>one<!-- c -->two</a>')).toEqual(['a', 'one']);
	});

	it('does not trim the text of a leaf; only white space is nothing', () => {
		expect(only('<a>\n\t x \n</a>')).toEqual(['a', '\n\t x \n']);
		expect(only('<a> \n\t </a>')).toEqual(['a', '']);
	});

	it('sees attributes in double quotes behind a space only', () => {
		expect(only('<a b="1" c="&lt;2&gt;" d-Ж="3">x</a>')).toEqual(['a', 'x', { b: '1', c: '<2>', 'd-Ж': '3' }]);
		expect(only('<a b=\'1\' c="2">x</a>')).toEqual(['a', 'x', { c: '2' }]);
		expect(only('<a\nb="1">x</a>')).toEqual(['a\nb="1"', 'x']);
		expect(only('<a b="1>2">x</a>')).toEqual(['a', '2">x']);
		expect(only('<a b="1"/>')).toEqual(['a', '', { b: '1' }]);
	});

	it('validates nothing: half a file is as good as a whole one', () => {
		const whole = '<r><g><i>1</i><n>x</n></g><g><i>2</i><n>y</n></g></r>';
		const first: Plain = [
			'g',
			[
				['i', '1'],
				['n', 'x'],
			],
		];
		expect(catalog(whole.slice(0, whole.indexOf('<n>y') + 3))).toEqual([
			[
				'r',
				[
					first,
					[
						'g',
						[
							['i', '2'],
							['n', ''],
						],
					],
				],
			],
		]);
		expect(catalog(whole.slice(0, whole.indexOf('<n>y') + 2))).toEqual([['r', [first, ['g', [['i', '2']]]]]]);
		expect(only('<a><b>x</c></a>')).toEqual(['a', [['b', 'x']]]);
		expect(catalog('</a></b><c>1</c>')).toEqual([['c', '1']]);
		expect(catalog('no XML at all')).toEqual([]);
	});

	it('windows-1251 where the declaration says so in double quotes, else UTF-8; a BOM does no harm', () => {
		const text = '<a>Ёлка</a>';
		expect(catalog(encodeWindows1251(`<?xml version="1.0" encoding="windows-1251"?>${text}`))).toEqual([['a', 'Ёлка']]);
		expect(catalog(`\ufeff<?xml version="1.0" encoding="UTF-8"?>${text}`)).toEqual([['a', 'Ёлка']]);
		expect(catalog(text)).toEqual([['a', 'Ёлка']]);
		const misread = encodeWindows1251(`<?xml version='1.0' encoding='windows-1251'?>${text}`);
		expect(catalog(misread)).not.toEqual([['a', 'Ёлка']]);
	});

	it('a namespace on the root does no harm; names with a prefix are other names', () => {
		expect(only('<a xmlns="urn:x"><b>1</b><n:c>2</n:c></a>')).toEqual([
			'a',
			[
				['b', '1'],
				['n:c', '2'],
			],
			{ xmlns: 'urn:x' },
		]);
	});

	it('reads back what is escaped with those entities, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const read = readCatalogFile(Buffer.from(leaf('a', text)), 1)[0]?.value;
				expect(read).toBe(text.trim() === '' ? '' : text);
			}),
		);
	});
});

describe('numbers and flags', () => {
	it.each([
		['1 234,56', 1234.56],
		['1\u00a0234.5', 1234.5],
		['1e3', 1000],
		['text', 0],
		['', 0],
		[undefined, 0],
		['-2,5', -2.5],
	])('%j is %d', (text, number) => {
		expect(toNumber(text)).toBe(number);
	});

	it('a document may name one more decimal mark', () => {
		expect([toNumber('1·5', '·'), toNumber('1,5', '·')]).toEqual([1.5, 1.5]);
	});

	it.each([
		['true', true],
		['1', true],
		['0.5', true],
		['True', false],
		['yes', false],
		['0', false],
		['', false],
		[undefined, false],
	])('%j is %s', (text, flag) => {
		expect(isFlag(text)).toBe(flag);
	});
});

describe('the reader of orders', () => {
	const tops = (text: string): Array<[Plain, boolean]> =>
		readDocuments(Buffer.from(text)).tops.map((node) => [plain(node), node.isBroken === true]);

	it('is a real one: CDATA, comments, single quotes, &apos;, line feeds in tags; but no numeric references', () => {
		expect(
			tops("<r><a\n b='1'\n>x</a><a><![CDATA[<b>&amp;</b>]]></a><!-- <a>no</a> --><a>one<!-- c -->two &apos;&#34;</a></r>"),
		).toEqual([
			[['a', 'x', { b: '1' }], false],
			[['a', '<b>&amp;</b>'], false],
			[['a', "onetwo '&#34;"], false],
		]);
	});

	it('a malformed document is known, and the next one is read', () => {
		expect(tops('<r><a><b>1</c></a><a><b>2</b></a><a>3 < 4</a><a>5</a></r>').map(([, broken]) => broken)).toEqual([
			true,
			false,
			true,
			false,
		]);
		expect(tops('<r><a>1</a><a><b>2').map(([, broken]) => broken)).toEqual([false, true]);
	});

	it('tells the attributes of the root, in windows-1251 too', () => {
		const bytes = encodeWindows1251('<?xml version="1.0" encoding="windows-1251"?><Р ВерсияСхемы="2.08"><Д>ё</Д></Р>');
		const { root, tops: read } = readDocuments(bytes);
		expect([root?.attributes, read[0]?.value]).toEqual([{ ВерсияСхемы: '2.08' }, 'ё']);
	});
});
