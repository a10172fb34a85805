import { compareTexts } from './compareTexts';
import { latinWords } from './latinWords';
import { withoutForm, type LegalForm } from './legalForms';
import { wordSimilarity } from './typos';

/** A name of a person or firm, taken to pieces so that the way of writing it does not matter. */
export interface PartyName {
	form?: LegalForm;
	/** Without the legal form, each once, as `latinWords` gives them. Their order means nothing. */
	words: readonly string[];
}

/** Names are compared as far as MoySklad can hold them. */
const LONGEST = 255;

const NO_NAME: PartyName = { words: [] };

/** Case, ё, quotes, punctuation, alphabet and legal form do not count. An address or a number that stands in for a name is none. */
export function readName(text: string | null | undefined): PartyName {
	if (!text || text.includes('@') || !/\p{L}/u.test(text)) return NO_NAME;
	const { form, rest } = withoutForm(latinWords(text.slice(0, LONGEST)));
	const words = rest.filter((word, place) => isInitial(word) || rest.indexOf(word) === place);
	return { ...(form && { form }), words };
}

/** Whether a word of a name is a letter with a point, as `latinWords` gives them. */
export const isInitial = (word: string): boolean => word.endsWith('.');

/** How much two words are the same: 1 = equal, 0 = different. An initial fits every word that begins with it. */
function likeness(one: string, other: string): number {
	if (one === other) return 1;
	if (isInitial(one) && isInitial(other)) return 0;
	if (isInitial(one)) return other.startsWith(one.slice(0, -1)) ? INITIAL_FITS : 0;
	if (isInitial(other)) return one.startsWith(other.slice(0, -1)) ? INITIAL_FITS : 0;
	return wordSimilarity(one, other);
}

const INITIAL_FITS = 0.9;

/** The most that an initial can add to what two names share. */
export const INITIAL_PAIR = 1.5 * INITIAL_FITS;

/** Words that half of all firms bear say less than others. */
const COMMON = new Set(['torgovyy', 'dom', 'kompaniya', 'firma', 'gruppa', 'magazin', 'tsentr', 'servis', 'torg', 'prom', 'td', 'gk', 'tk', 'group', 'trade']);
const HALF = 0.5;

/** How much a word counts among those of a name. */
export const wordWeight = (word: string): number => (isInitial(word) || COMMON.has(word) ? HALF : 1);

/** How much all words of a name count together. */
export const nameWeight = ({ words }: PartyName): number => words.reduce((sum, word) => sum + wordWeight(word), 0);

/**
 * How much two names are the same, from 0 to 1: the words that both have, typos and initials counted in part, among all their words.
 * Names that have nothing but initials in common are different. Symmetric.
 */
export function nameSimilarity(one: PartyName, other: PartyName): number {
	const same = pairs(one.words, other.words);
	if (!same.some(({ left, right }) => !isInitial(left) && !isInitial(right))) return 0;
	const shared = same.reduce((sum, { left, right, like }) => sum + like * (wordWeight(left) + wordWeight(right)), 0);
	return shared / (nameWeight(one) + nameWeight(other));
}

interface Pair {
	left: string;
	right: string;
	like: number;
}

/** Each word with the one that it resembles most, equal ones first. Which name comes first makes no difference. */
function pairs(one: readonly string[], other: readonly string[]): Pair[] {
	const found: Pair[] = [];
	const open = [...other];
	const left = one.filter((word) => {
		const place = open.indexOf(word);
		if (place >= 0) found.push({ left: word, right: open.splice(place, 1)[0] ?? word, like: 1 });
		return place < 0;
	});
	const possible = left.flatMap((word) => open.map((right): Pair => ({ left: word, right, like: likeness(word, right) }))).filter(({ like }) => like > 0);
	for (const pair of possible.sort(byLikeness)) {
		const [mine, theirs] = [left.indexOf(pair.left), open.indexOf(pair.right)];
		if (mine < 0 || theirs < 0) continue;
		left.splice(mine, 1);
		open.splice(theirs, 1);
		found.push(pair);
	}
	return found;
}

const byLikeness = (one: Pair, other: Pair): number => other.like - one.like || compareTexts(sortedWords(one), sortedWords(other));

const sortedWords = ({ left, right }: Pair): string => [left, right].sort().join(' ');

/**
 * Whether two names can be one and the same without any doubt: every word of the shorter is in the longer, initials fit, and no word is
 * only similar (Александр is not Александра). Of firms (`whole`) no word may be left over. Unknown names contradict nothing.
 */
export function namesAgree(one: PartyName, other: PartyName, whole: boolean): boolean {
	if (one.form && other.form && one.form.key !== other.form.key) return false;
	const [short, long] = one.words.length <= other.words.length ? [one.words, other.words] : [other.words, one.words];
	if (short.length === 0) return true;
	if (short.some((word) => !long.some((other) => canStandFor(word, other)))) return false;
	const same = pairs(short, long).filter(({ left, right, like }) => like === 1 || isInitial(left) || isInitial(right));
	const named = same.some(({ left, right }) => wordWeight(left) === 1 && wordWeight(right) === 1);
	const shortened = same.some(({ left, right }) => !isInitial(left) && isInitial(right));
	if (shortened && hasMore(long, same)) return false;
	return named && same.length === short.length && (!whole || short.length === long.length);
}

/** Whether two words can be the same without a mistake in either. Asked first, since looking for mistakes in long words takes time. */
const canStandFor = (one: string, other: string): boolean => one === other || ((isInitial(one) || isInitial(other)) && likeness(one, other) > 0);

/** Whether a name has whole words beside those that the other one has: then its initial stands for none of the other's words. */
const hasMore = (words: readonly string[], same: readonly Pair[]): boolean => {
	const shared = new Set(same.map(({ right }) => right));
	return words.some((word) => !isInitial(word) && !shared.has(word));
};
