const LETTERS: Record<string, string> = {
	а: 'a',
	б: 'b',
	в: 'v',
	г: 'g',
	д: 'd',
	е: 'e',
	ё: 'ye',
	ж: 'zh',
	з: 'z',
	и: 'i',
	й: 'y',
	к: 'k',
	л: 'l',
	м: 'm',
	н: 'n',
	о: 'o',
	п: 'p',
	р: 'r',
	с: 's',
	т: 't',
	у: 'u',
	ф: 'f',
	х: 'kh',
	ц: 'ts',
	ч: 'ch',
	ш: 'sh',
	щ: 'shch',
	ъ: '',
	ы: 'y',
	ь: '',
	э: 'e',
	ю: 'yu',
	я: 'ya',
};

const MAX_LENGTH = 100;

/** A symbolic code for a name: Latin letters and digits; runs of anything else are one `separator`. */
export function symbolicCode(name: string, separator = '-'): string {
	const latin = Array.from(name.toLowerCase(), (letter) => LETTERS[letter] ?? letter).join('');
	const code = latin.replace(/[^a-z0-9]+/g, separator).slice(0, MAX_LENGTH);
	return code.replace(new RegExp(`^${separator}+|${separator}+$`, 'g'), '');
}

/** The code itself, or with the first number that makes it one that is not taken. */
export function freeCode(code: string, isTaken: (candidate: string) => boolean): string {
	if (code === '' || !isTaken(code)) return code;
	let number = 1;
	while (isTaken(`${code}${number}`)) number += 1;
	return `${code}${number}`;
}
