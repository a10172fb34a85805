import type { Party } from './party';
import { INITIAL_PAIR, isInitial, nameWeight, wordWeight, type PartyName } from './partyName';
import { typoMarks } from './typos';

/** One name of a party, as far as it is needed to leave out those that cannot be similar enough. */
interface Entry {
	id: string;
	initials: number;
	weight: number;
}

/** Sums of weights are compared, whose last digits depend on the order in which they were added. */
const ROUNDING = 1e-9;

/** Finds those whose names have words in common, also mistyped ones, without comparing everybody with everybody. */
export class NameIndex {
	private readonly entries: Entry[] = [];
	/** Places of entries by the words of their names. */
	private readonly bearers = new Map<string, number[]>();
	/** Words by their marks. */
	private readonly marks = new Map<string, string[]>();
	/** What each entry shares with the name that is looked for; all zero between two searches. */
	private shared = new Float64Array(0);

	/** Takes in all names of a party. */
	add({ id, names }: Party): void {
		for (const name of names) {
			const place = this.entries.push({ id, initials: name.words.filter(isInitial).length, weight: nameWeight(name) }) - 1;
			for (const word of fullWords(name)) this.bear(word, place);
		}
	}

	private bear(word: string, place: number): void {
		const known = this.bearers.get(word);
		if (known) return void known.push(place);
		this.bearers.set(word, [place]);
		for (const mark of typoMarks(word)) {
			const words = this.marks.get(mark);
			if (words) words.push(word);
			else this.marks.set(mark, [word]);
		}
	}

	/** Ids of all whose likeness to one of the names can reach the threshold (0 to 1), where no word has more than one mistake. */
	alike(names: readonly PartyName[], threshold: number): Set<string> {
		return new Set(names.flatMap((name) => this.alikeTo(name, threshold)));
	}

	private alikeTo(name: PartyName, threshold: number): string[] {
		const ids: string[] = [];
		const weight = nameWeight(name);
		const initials = name.words.filter(isInitial).length;
		for (const place of this.touch(fullWords(name))) {
			const { id, weight: theirs, initials: more } = this.entries[place] as Entry;
			const most = (this.shared[place] ?? 0) + INITIAL_PAIR * (initials + more);
			if (most >= threshold * (weight + theirs) - ROUNDING) ids.push(id);
			this.shared[place] = 0;
		}
		return ids;
	}

	/** Notes for each entry the weight of the words that it has in common with these, and gives the places of those that have any. */
	private touch(words: readonly string[]): number[] {
		if (this.shared.length < this.entries.length) this.shared = new Float64Array(this.entries.length * 2);
		const touched: number[] = [];
		for (const word of words)
			for (const one of this.wordsLike(word)) {
				const weight = wordWeight(word) + wordWeight(one);
				for (const place of this.bearers.get(one) ?? []) {
					const before = this.shared[place] ?? 0;
					if (before === 0) touched.push(place);
					this.shared[place] = before + weight;
				}
			}
		return touched;
	}

	/** The word and all known ones that differ from it by a mistake. */
	private wordsLike(word: string): Set<string> {
		return new Set(typoMarks(word).flatMap((mark) => this.marks.get(mark) ?? []));
	}
}

const fullWords = ({ words }: PartyName): string[] => words.filter((word) => !isInitial(word));
