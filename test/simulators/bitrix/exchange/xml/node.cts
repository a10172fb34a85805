/** An element as it was read. `value` is the text of a leaf, empty where there is none. */
export interface XmlNode {
	/** The number of its row, ascending in the order of the document. */
	id: number;
	name: string;
	value: string;
	attributes: Record<string, string>;
	children: XmlNode[];
}

export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
	node?.children.find((candidate) => candidate.name === name);

export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
	node?.children.filter((candidate) => candidate.name === name) ?? [];

/** The text of the first child of that name. Undefined when there is no such child. */
export const textOf = (node: XmlNode | undefined, name: string): string | undefined => child(node, name)?.value;

/** `true` in small letters, or a number above zero. */
export const isFlag = (text: string | undefined): boolean => text === 'true' || Number.parseFloat(text ?? '') > 0;

/** Spaces are left out, a comma (and one more mark that a document may name) is a point; a text is 0. */
export function toNumber(text: string | undefined, mark?: string): number {
	const plain = (text ?? '').replace(/[\s\u00a0]/g, '').replaceAll(',', '.');
	const number = Number.parseFloat(mark === undefined || mark === '' ? plain : plain.replaceAll(mark, '.'));
	return Number.isFinite(number) ? number : 0;
}

/** A value under a name, as requisites, taxes and characteristics are written. */
export interface NamedValue {
	name: string;
	value: string;
}

/** Reads `<list><item><Наименование/><valueName/></item></list>`. */
export const namedValues = (list: XmlNode | undefined, item: string, valueName = 'Значение'): NamedValue[] =>
	childrenOf(list, item).map((entry) => ({
		name: textOf(entry, 'Наименование') ?? '',
		value: textOf(entry, valueName) ?? '',
	}));

export const requisitesOf = (node: XmlNode): NamedValue[] =>
	namedValues(child(node, 'ЗначенияРеквизитов'), 'ЗначениеРеквизита');

/** Undefined when there is no requisite of that name. */
export const requisiteOf = (node: XmlNode, name: string): string | undefined =>
	requisitesOf(node).find((requisite) => requisite.name === name)?.value;
