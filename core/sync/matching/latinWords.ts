import { transliterate } from '../../model/transliterate';

/** The words of a text in small Latin letters, so that case, ё, quotes, punctuation and alphabet do not count. A single letter, an initial, ends with a dot. */
export function latinWords(text: string): string[] {
	const written = text.match(/[\p{L}\p{N}]+/gu) ?? [];
	return written.flatMap((word) => {
		const latin = transliterate(word, '_');
		return latin === '' ? [] : [/^\p{L}$/u.test(word) ? `${latin}.` : latin];
	});
}
