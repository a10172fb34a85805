import { isQualifiedName, oneLine } from './characters';
import { exceeded, malformed } from './fault';
import type { XmlLimits } from './limits';
import { resolveReferences } from './references';

/** By their names as they are written. Declarations of namespaces are not among them. */
export type XmlAttributes = ReadonlyMap<string, string>;

/** One for all elements without any: most have none. */
export const NO_ATTRIBUTES: XmlAttributes = new Map();

/** What stands in a tag behind the name. */
export interface ReadAttributes {
	attributes: XmlAttributes;
	/** Namespaces that are declared here by their prefixes; '' = for names without one. */
	namespaces: ReadonlyMap<string, string>;
}

const NOTHING: ReadAttributes = { attributes: NO_ATTRIBUTES, namespaces: new Map() };

const ONE = /[\t\n\r ]+([^\t\n\r =/<>"']+)[\t\n\r ]*=[\t\n\r ]*("[^"]*"|'[^']*')/y;

/** What follows the name in a tag. `offset` is where it begins in what is being read. Throws XmlFault. */
export function readAttributes(text: string, offset: number, limits: XmlLimits): ReadAttributes {
	if (text === '') return NOTHING;
	const attributes = new Map<string, string>();
	const namespaces = new Map<string, string>();
	let from = 0;
	for (let match = matchAt(text, from); match; match = matchAt(text, from)) {
		const [whole, name = '', quoted = ''] = match;
		const index = offset + from + whole.length - quoted.length;
		from += whole.length;
		checkName(name, index, limits);
		const [target, key] = name === 'xmlns' ? [namespaces, ''] : name.startsWith('xmlns:') ? [namespaces, name.slice(6)] : [attributes, name];
		if (target.has(key)) throw malformed(index, `the attribute ${name} comes twice`);
		target.set(key, valueOf(quoted.slice(1, -1), index + 1, limits));
		if (attributes.size + namespaces.size > limits.attributes) throw exceeded(index, 'attributes', limits);
	}
	const rest = text.slice(from).search(/[^\t\n\r ]/);
	if (rest >= 0) throw malformed(offset + from + rest, 'there is no attribute of the form name="value"');
	return { attributes: attributes.size > 0 ? attributes : NO_ATTRIBUTES, namespaces };
}

function matchAt(text: string, from: number): RegExpExecArray | null {
	ONE.lastIndex = from;
	return ONE.exec(text);
}

function checkName(name: string, index: number, limits: XmlLimits): void {
	if (name.length > limits.name) throw exceeded(index, 'name', limits);
	if (!isQualifiedName(name)) throw malformed(index, `“${name.slice(0, 40)}” is no name of an attribute`);
}

function valueOf(raw: string, index: number, limits: XmlLimits): string {
	if (raw.length > limits.attribute) throw exceeded(index, 'attribute', limits);
	return resolveReferences(raw, index, oneLine);
}
