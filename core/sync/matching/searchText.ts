import { withoutForm } from './legalForms';
import { latinWords } from './latinWords';

/** So many letters of a word are enough to find it, and few enough to pass over a typo behind them. */
const STEM = 5;
const SHORTEST = 4;

/**
 * What to look for where a search finds pieces of text, so that a name is found in spite of typos and ё: the longest piece of its words
 * without е and ё. Where all pieces are short, the longest word as it is written, and with е for ё. Empty for names without a word.
 */
export function nameSearchTexts(name: string | null): string[] {
	const words = (name ?? '').match(/\p{L}{2,}/gu)?.filter((word) => withoutForm(latinWords(word)).rest.length > 0) ?? [];
	const piece = longest(words.flatMap((word) => word.split(/[её]/i)));
	if (piece.length >= SHORTEST) return [piece.slice(0, STEM)];
	const word = longest(words);
	return word === '' ? [] : [...new Set([word, word.replaceAll('ё', 'е').replaceAll('Ё', 'Е')])];
}

const longest = (texts: readonly string[]): string => texts.reduce((best, text) => (text.length > best.length ? text : best), '');
