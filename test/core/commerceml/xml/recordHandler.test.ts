import { readRecords, readXml, USUAL_LIMITS, type Collecting, type XmlLimits, type XmlRoute } from '../../../../core';
import { everyByte, utf8 } from './events';

class Log implements Collecting<string> {
	private lines: string[] = [];
	enter(path: readonly string[]): void { this.lines.push(`enter ${path.join('/')}`); }
	leave(path: readonly string[]): void { this.lines.push(`leave ${path.join('/')}`); }
	record(element: { name: string; value: string; children: readonly unknown[] }, path: readonly string[]): void { this.lines.push(`record ${path.join('/')}/${element.name} ${element.value}${element.children.length}`); }
	unknown(name: string, path: readonly string[]): void { this.lines.push(`unknown ${path.join('/')}/${name}`); }
	strayText(text: string, path: readonly string[]): void { this.lines.push(`text ${path.join('/')} ${text.trim()}`); }
	drain(): string[] { return this.lines.splice(0); }
}

const ROUTE: XmlRoute = { a: { b: { c: 'take' }, d: 'take' } };

async function logOf(xml: string, route: XmlRoute = ROUTE, limits?: XmlLimits): Promise<string[]> {
	const lines: string[] = [];
	for await (const line of readRecords(everyByte(utf8(xml)), route, new Log(), limits ? { limits } : {})) lines.push(line);
	return lines;
}

describe('records along a route', () => {
	it('are taken one by one, and what is around them is walked through', async () =>
		expect(await logOf('<a><b><c>1</c><c><x/><y/></c></b><d/></a>')).toEqual([
			'enter a', 'enter a/b', 'record a/b/c 10', 'record a/b/c 2', 'leave a/b', 'record a/d 0', 'leave a',
		]));

	it('leave out what no route is known for, and say it', async () =>
		expect(await logOf('<a><x><b><c>1</c></b></x><b>text<constructor/></b></a>')).toEqual([
			'enter a', 'unknown a/x', 'enter a/b', 'text a/b text', 'unknown a/b/constructor', 'leave a/b', 'leave a',
		]));

	it('do not mix namespaces up', async () => {
		expect(await logOf('<p:a xmlns:p="u"><p:d/><d/></p:a>')).toEqual(['enter a', 'record a/d 0', 'unknown a/{}d', 'leave a']);
		expect(await logOf('<a xmlns="u"><d/><d xmlns="v"/></a>')).toEqual(['enter a', 'record a/d 0', 'unknown a/{v}d', 'leave a']);
	});

	it.each([
		['elements', `<a><d>${'<x/>'.repeat(5)}</d></a>`, `<a><d>${'<x/>'.repeat(6)}</d></a>`],
		['texts', `<a><d>${'<x>12345</x>'.repeat(4)}</d></a>`, `<a><d>${'<x>12345</x>'.repeat(4)}<x>1</x></d></a>`],
		['texts of attributes', '<a><d k="12345678901234567890"/></a>', '<a><d k="123456789012345678901"/></a>'],
	])('are refused when they have too many %s', async (_, good, bad) => {
		const limits = { ...USUAL_LIMITS, elements: 6, texts: 20 };
		expect(await logOf(good.replace('<a>', '<a><d>1</d><d/>'), ROUTE, limits)).toHaveLength(5);
		await expect(logOf(bad, ROUTE, limits)).rejects.toMatchObject({ code: 'XML_LIMIT_EXCEEDED' });
	});
});

describe('an element', () => {
	it('is read with its texts, attributes and repeated children', async () => {
		const root = await readXml([utf8('<a k="1">\n<b> x </b><b>y</b><c> \n</c>\n</a>')]);
		expect(root).toMatchObject({ name: 'a', text: '', value: '' });
		expect(root.attributes.get('k')).toBe('1');
		expect(root.all('b').map(({ text }) => text)).toEqual([' x ', 'y']);
		expect([root.textOf('b'), root.textOf('c'), root.textOf('d')]).toEqual([' x ', '', null]);
	});

	it('keeps text that stands between its children', async () => expect((await readXml([utf8('<a>x<b/>y</a>')])).text).toBe('xy'));
});
