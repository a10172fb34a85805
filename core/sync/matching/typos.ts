/** From this length on a word may have a mistake, and from that one on two, and still be the same word. */
const ONE_MISTAKE = 4;
const TWO_MISTAKES = 8;

/** How many letters may be wrong in a pair of words of which the longer one has so many. */
const mistakesIn = (length: number): number => (length < ONE_MISTAKE ? 0 : length < TWO_MISTAKES ? 1 : 2);

/** 1 for equal words, less for each letter that was left out, added, mistaken or swapped with the next; 0 when they are different words. */
export function wordSimilarity(one: string, other: string): number {
	if (one === other) return 1;
	const longest = Math.max(one.length, other.length);
	const most = mistakesIn(longest);
	if (most === 0 || Math.abs(one.length - other.length) > most) return 0;
	const mistakes = distance(one, other);
	return mistakes > most ? 0 : 1 - mistakes / longest;
}

/** Edit distance with swapped neighbours (optimal string alignment). */
function distance(one: string, other: string): number {
	let older: number[] = [];
	let last = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (let row = 1; row <= one.length; row += 1) {
		const line = [row];
		for (let column = 1; column <= other.length; column += 1) {
			const same = one[row - 1] === other[column - 1];
			let best = Math.min((last[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
			const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
			if (swapped) best = Math.min(best, (older[column - 2] ?? 0) + 1);
			line.push(best);
		}
		older = last;
		last = line;
	}
	return last[other.length] ?? 0;
}

/**
 * Marks of a word of which a word with one mistake has at least one too: the word itself, and the word without each of its letters.
 * Words that are too short to be recognised in spite of a mistake have only themselves.
 */
export function typoMarks(word: string): string[] {
	if (word.length < ONE_MISTAKE) return [word];
	return [word, ...new Set(Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1)))];
}
