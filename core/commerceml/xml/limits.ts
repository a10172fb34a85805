/** How much of a foreign document is taken in before it is refused, so that no file can fill the memory. */
export interface XmlLimits {
	/** Elements inside one another. A folder of goods takes two. */
	depth: number;
	/** Characters of a name. */
	name: number;
	/** Attributes of one element. */
	attributes: number;
	/** Characters of the value of an attribute. */
	attribute: number;
	/** Characters of a tag with all its attributes, or of a processing instruction. */
	tag: number;
	/** Characters of one element's own text. */
	text: number;
	/** Elements in a part of the document that is taken as a whole. */
	elements: number;
	/** Characters of all texts in it. */
	texts: number;
}

/** Far above what 1C and sites write. */
export const USUAL_LIMITS: XmlLimits = {
	depth: 256,
	name: 256,
	attributes: 64,
	attribute: 65_536,
	tag: 262_144,
	text: 4_194_304,
	elements: 500_000,
	texts: 16_777_216,
};
