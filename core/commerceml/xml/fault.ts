import type { ErrorCode, ErrorDetails } from '../../errors';
import type { XmlLimits } from './limits';

/** What is wrong with a document, found in the text that is being read. It becomes a SyncError once its byte is reckoned. */
export class XmlFault extends Error {
	constructor(
		/** Where in that text; undefined = where the scanner is. */
		readonly index: number | undefined,
		readonly code: ErrorCode,
		readonly details: ErrorDetails,
	) {
		super(code);
	}
}

/** XML_MALFORMED at a place of the text that is being read. */
export const malformed = (index: number, reason: string): XmlFault => new XmlFault(index, 'XML_MALFORMED', { reason });

const COUNTED: Readonly<Record<keyof XmlLimits, string>> = {
	depth: 'elements inside one another',
	name: 'characters in a name',
	attributes: 'attributes of one element',
	attribute: 'characters in an attribute',
	tag: 'characters in a tag',
	text: 'characters in a text',
	elements: 'elements in one object',
	texts: 'characters in one object',
};

/** XML_LIMIT_EXCEEDED, with the limit and what it counts. */
export const exceeded = (index: number | undefined, limit: keyof XmlLimits, limits: XmlLimits): XmlFault =>
	new XmlFault(index, 'XML_LIMIT_EXCEEDED', { limit: limits[limit], what: COUNTED[limit] });
