import type { ErrorCode, ErrorDetails } from '../../errors';
import type { XmlElement } from '../xml/element';
import { Findings } from './findings';
import { decimalText } from './number';

/** How a document is being read: where one is, and what was found. */
export class Reading {
	/** What the document writes between whole units and decimals, beside a point and a comma; '' = nothing else. */
	decimalMark = '';
	/** Id of the object that is being read. */
	object: string | null = null;
	/** Names of the elements around it, the outermost first. */
	around: readonly string[] = [];
	private readonly path: string[] = [];

	constructor(private readonly findings: Findings) {}

	/** What follows is inside of an element, until it is left. */
	enter(name: string): void {
		this.path.push(name);
	}

	/** Ends what `enter` began. */
	leave(): void {
		this.path.pop();
	}

	/** `name` is that of the element inside of those where one is; '' = the innermost of them. */
	note(code: ErrorCode, name: string, details: ErrorDetails = {}): void {
		const where = [...this.around, ...this.path, ...(name === '' ? [] : [name])].join('/');
		this.findings.add(code, where, this.object, details);
	}

	/** An element that is not read. */
	unknown(name: string): void {
		this.note('COMMERCEML_ELEMENT_UNKNOWN', name, { element: name });
	}

	private unknownChildren({ name, children }: XmlElement): void {
		this.enter(name);
		for (const child of children) this.unknown(child.name);
		this.leave();
	}

	/** Text where only elements belong. */
	strayText(name: string, text: string): void {
		this.note('COMMERCEML_TEXT_STRAY', name, { text: text.trim().slice(0, 100) });
	}

	/** The text of an element that is to have nothing else. */
	text(element: XmlElement, attributes: readonly string[] = []): string {
		if (element.children.length > 0) this.unknownChildren(element);
		this.checkAttributes(element, attributes);
		return element.value;
	}

	/** A number, null when it is none. */
	decimal(element: XmlElement): string | null {
		return this.decimalIn(this.text(element), element.name);
	}

	/**
	 * A number in a text that was read already, as a decimal text; null for none, and a finding when it is something else. `name` is
	 * that of its element.
	 */
	decimalIn(text: string, name: string): string | null {
		if (text === '') return null;
		const number = decimalText(text, this.decimalMark);
		if (number === undefined) this.note('COMMERCEML_VALUE_INVALID', name, { value: text.slice(0, 100), expected: 'a number' });
		return number ?? null;
	}

	/** As Bitrix takes it: true, or a number above 0. */
	flag(element: XmlElement): boolean {
		return this.flagIn(this.text(element), element.name);
	}

	/** As `flag`, of a text that was read already. */
	flagIn(text: string, name: string): boolean {
		if (text === 'true') return true;
		if (text === 'false' || text === '') return false;
		const number = decimalText(text, '');
		if (number === undefined) this.note('COMMERCEML_VALUE_INVALID', name, { value: text.slice(0, 100), expected: 'true or false' });
		return Number(number ?? 0) > 0;
	}

	/** An element of which only the first counts came again. */
	repeated(name: string): void {
		this.note('COMMERCEML_ELEMENT_REPEATED', name, { element: name });
	}

	/** Attributes that are not known are findings. `inside` = the element is the innermost of those where one is. */
	checkAttributes({ name, attributes }: Pick<XmlElement, 'name' | 'attributes'>, known: readonly string[] = [], inside = false): void {
		if (attributes.size === 0) return;
		for (const attribute of attributes.keys())
			if (!known.includes(attribute)) this.note('COMMERCEML_ATTRIBUTE_UNKNOWN', inside ? `@${attribute}` : `${name}/@${attribute}`, { attribute, element: name });
	}
}
