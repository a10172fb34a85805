import { eachIn } from '../codec/fields';
import type { Reading } from '../codec/reading';
import type { XmlElement } from '../xml/element';
import { readPair } from './parts';

/** The requisites of a document or of a line, by their names. What nobody took is asked for at the end, so that none is lost. */
export class Requisites {
	private readonly pairs: Array<{ name: string; value: string }> = [];
	private readonly taken = new Set<string>();

	constructor(private readonly reading: Reading) {}

	/** Takes the requisites of an element `ЗначенияРеквизитов` in. */
	add(element: XmlElement): void {
		eachIn(element, 'ЗначениеРеквизита', this.reading, (one) => this.pairs.push(readPair(one, this.reading, 'Наименование', 'Значение')));
	}

	/** The first value of that name that says something, without spaces around it; '' when there is none. */
	text(...names: string[]): string {
		for (const name of names) this.taken.add(name);
		const found = names.flatMap((name) => this.pairs.filter((pair) => pair.name === name));
		return found.map(({ value }) => value.trim()).find((value) => value !== '') ?? '';
	}

	/** The same as true or false, as Bitrix takes it; false when there is none. */
	flag(name: string): boolean {
		return this.reading.flagIn(this.text(name), name);
	}

	/** Whether the document says this at all. */
	has(name: string): boolean {
		return this.text(name) !== '';
	}

	/** Those that nobody asked for, except empty ones. */
	rest(): Array<{ name: string; value: string }> {
		return this.pairs.filter(({ name, value }) => !this.taken.has(name) && value.trim() !== '');
	}
}
