import { isXmlCharacter } from './characters';
import { malformed, XmlFault } from './fault';

const NAMED: ReadonlyMap<string, string> = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"]]);

/** Characters from `&` to `;` of the longest reference that is accepted. */
export const LONGEST_REFERENCE = 40;

/**
 * The text with its references replaced, and what lies between them in its normal form. `offset` is where it begins in what is
 * being read. Throws XmlFault.
 */
export function resolveReferences(text: string, offset: number, normal: (text: string) => string): string {
	let resolved = '';
	let from = 0;
	for (let index = text.indexOf('&'); index >= 0; index = text.indexOf('&', from)) {
		const end = text.indexOf(';', index);
		if (end < 0 || end - index > LONGEST_REFERENCE) throw malformed(offset + index, 'no reference follows &');
		const name = text.slice(index + 1, end);
		resolved += normal(text.slice(from, index)) + characterOf(name, offset + index);
		from = end + 1;
	}
	return resolved + normal(text.slice(from));
}

function characterOf(name: string, index: number): string {
	const named = NAMED.get(name);
	if (named !== undefined) return named;
	if (/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(name)) throw new XmlFault(index, 'XML_ENTITY_UNKNOWN', { entity: name });
	const digits = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
	const code = digits?.[1] === undefined ? Number(digits?.[2] ?? NaN) : parseInt(digits[1], 16);
	if (!isXmlCharacter(code)) throw malformed(index, 'no reference to a character of XML follows &');
	return String.fromCodePoint(code);
}
