import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';

/** What is done with the elements inside of another one, by their names. */
export type Parts = Readonly<Record<string, (element: XmlElement) => void>>;

/** An element that says nothing that an order keeps. */
export const passedOver = (): void => {};

/**
 * Reads the elements inside of another one. Of those in `once` the first counts; those in `each` may come any number of times.
 * Others are findings.
 */
export function readParts(element: XmlElement, reading: Reading, once: Parts, each: Parts = {}): void {
	const met = new Set<string>();
	reading.checkAttributes(element);
	reading.enter(element.name);
	for (const child of element.children) {
		const { name } = child;
		if (Object.hasOwn(each, name)) each[name]?.(child);
		else if (!Object.hasOwn(once, name)) reading.unknown(name);
		else if (met.has(name)) reading.repeated(name);
		else once[name]?.(child);
		met.add(name);
	}
	if (element.children.length > 0 && element.text !== '') reading.strayText('', element.text);
	reading.leave();
}

/** Two elements inside of another one, as a name and its value; '' for what is missing. */
export function readPair(element: XmlElement, reading: Reading, nameElement: string, valueElement: string): { name: string; value: string } {
	const pair = { name: '', value: '' };
	readParts(element, reading, {
		[nameElement]: (one) => void (pair.name = reading.text(one)),
		[valueElement]: (one) => void (pair.value = reading.text(one)),
	});
	return pair;
}
