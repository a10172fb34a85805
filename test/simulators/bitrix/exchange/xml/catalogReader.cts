import { decodeDocument } from './encoding.cts';
import type { XmlNode } from './node.cts';

const ENTITIES: Record<string, string> = {
	'&quot;': '"',
	'&lt;': '<',
	'&gt;': '>',
	'&amp;': '&',
	'&#34;': '"',
	'&#60;': '<',
	'&#62;': '>',
	'&#38;': '&',
};

const ENTITY = /&(?:quot|lt|gt|amp|#34|#60|#62|#38);/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*"([^"]*)"/g;

/** Eight entities, once; everything else stays as it is written. */
const decodeEntities = (text: string): string => text.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity);

/**
 * Reads a file as the catalog's importer does, which is no XML parser: the text is split at each `<`, nothing is
 * validated. So CDATA and comments are dropped piece by piece (what is an element inside them counts), text behind an
 * inner tag is lost, an end tag ends whatever is open, and a file that breaks off is as good as a whole one.
 * Rows are numbered on from `firstId`. Returns the elements without a parent.
 */
export function readCatalogFile(bytes: Buffer, firstId: number): XmlNode[] {
	const roots: XmlNode[] = [];
	const open: XmlNode[] = [];
	let id = firstId;
	for (const piece of decodeDocument(bytes).split('<').slice(1)) {
		if (piece.startsWith('/')) {
			open.pop();
			continue;
		}
		if (piece.startsWith('!') || piece.startsWith('?')) continue;
		const end = piece.indexOf('>');
		if (end < 0) continue;
		const isEmpty = piece[end - 1] === '/';
		const node = startTag(piece.slice(0, isEmpty ? end - 1 : end), isEmpty ? '' : piece.slice(end + 1), id++);
		(open.at(-1)?.children ?? roots).push(node);
		if (!isEmpty) open.push(node);
	}
	return roots;
}

/** Only a space ends the name, and only attributes in double quotes are seen. */
function startTag(tag: string, text: string, id: number): XmlNode {
	const space = tag.indexOf(' ');
	return {
		id,
		name: space < 0 ? tag : tag.slice(0, space),
		value: text.trim() === '' ? '' : decodeEntities(text),
		attributes: space < 0 ? {} : attributesOf(tag.slice(space + 1)),
		children: [],
	};
}

const attributesOf = (text: string): Record<string, string> =>
	Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name ?? '', decodeEntities(value ?? '')]));
