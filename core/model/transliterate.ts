const LETTERS: Record<string, string> = {
	а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
	р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
};

/** A text in small Latin letters and digits; everything else becomes one `separator`, none at the ends. */
export function transliterate(text: string, separator: '-' | '_'): string {
	const latin = [...text.toLowerCase()].map((letter) => LETTERS[letter] ?? letter).join('');
	return latin.split(/[^a-z0-9]+/).filter(Boolean).join(separator);
}
