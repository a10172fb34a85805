const FIRST = ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
/** Those that join with the characters beside them stand in no class with others. */
const JOINERS = '\\u200C|\\u200D';
const NAME = new RegExp(`^(?:[${FIRST}]|${JOINERS})(?:[${FIRST}\\-.0-9\\u00B7\\u203F\\u2040]|[\\u0300-\\u036F]|${JOINERS})*$`, 'u');

/** Whether it is a name by the fifth edition of XML 1.0, colons included. */
export const isXmlName = (text: string): boolean => NAME.test(text);

/** One colon at most, between a prefix and a name. */
export const isQualifiedName = (text: string): boolean => {
	const colon = text.indexOf(':');
	return colon < 0 ? isXmlName(text) : !text.includes(':', colon + 1) && isXmlName(text.slice(0, colon)) && isXmlName(text.slice(colon + 1));
};

/** What no XML document may contain, as it stands in a class of a regular expression. */
export const FORBIDDEN_CLASS = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\uFFFE\\uFFFF';
const FORBIDDEN = new RegExp(`[${FORBIDDEN_CLASS}]`);

/** Where the first forbidden character is; -1 = nowhere. Halves of character pairs are not looked for. */
export const forbiddenCharacter = (text: string): number => text.search(FORBIDDEN);

/** Forbidden characters, and halves of character pairs that stand alone. */
const UNWRITABLE = new RegExp(`[${FORBIDDEN_CLASS}]|\\p{Surrogate}`, 'gu');

/** The text without what XML forbids. */
export const writable = (text: string): string => text.replace(UNWRITABLE, '');

/** Whether XML 1.0 allows the character with that code point. */
export const isXmlCharacter = (code: number): boolean =>
	code === 0x9 || code === 0xa || code === 0xd || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);

const TAB = 0x9;
const LINE_FEED = 0xa;
const CARRIAGE_RETURN = 0xd;
const SPACE = 0x20;

/** Nothing but XML's white space; a text of nothing else is empty to the importer. */
export function isBlank(text: string): boolean {
	for (let index = 0; index < text.length; index += 1) {
		const code = text.charCodeAt(index);
		if (code !== SPACE && code !== LINE_FEED && code !== TAB && code !== CARRIAGE_RETURN) return false;
	}
	return true;
}

/** XML gives every line end as a line feed. */
export const normalLines = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** The value of an attribute has no line ends and tabs. */
export const oneLine = (text: string): string => text.replace(/\r\n|[\t\n\r]/g, ' ');
