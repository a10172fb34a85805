import { createHash } from 'node:crypto';
import { textOf, type XmlNode } from '../xml/node.cts';

/** The version that a file gives its element, or else a hash of everything in the element. */
export function checksumOf(node: XmlNode): string {
	const version = textOf(node, 'НомерВерсии') ?? '';
	return version === '' ? md5(JSON.stringify(contentOf(node))) : version;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const contentOf = ({ name, value, attributes, children }: XmlNode): unknown => [
	name,
	value,
	attributes,
	children.map(contentOf),
];
