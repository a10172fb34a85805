/** The two encodings in which sites answer. */
export type ExchangeCharset = 'windows-1251' | 'utf-8';

/** Bytes that are looked at together: characters at the borders are the decoder's business. */
const PIECE = 64 * 1024;

/** Whether the bytes are UTF-8 from the first to the last. */
export function isUtf8(bytes: Uint8Array): boolean {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for (let at = 0; at < bytes.length; at += PIECE) decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
		decoder.decode();
		return true;
	} catch {
		return false;
	}
}

/**
 * A text for people. Sites say windows-1251 and custom ones UTF-8, but not all headers are true, so the bytes decide:
 * Russian words in windows-1251 are never valid UTF-8.
 */
export const readableText = (bytes: Uint8Array): string => new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1251').decode(bytes);

const CYRILLIC_A = 0x410;
const CYRILLIC_YA = 0x44f;
/** Where windows-1251 has the letter А; the others follow in the order of Unicode. */
const A_IN_1251 = 0xc0;

/** ASCII and the letters А to я (without Ё) as bytes. Throws RangeError for anything else. */
export function encodeWord(word: string, charset: ExchangeCharset): Uint8Array {
	if (charset === 'utf-8') return new TextEncoder().encode(word);
	return Uint8Array.from(word, (letter) => {
		const code = letter.charCodeAt(0);
		if (code < 128) return code;
		if (code < CYRILLIC_A || code > CYRILLIC_YA) throw new RangeError(`${letter} is no letter of the words of the exchange`);
		return code - CYRILLIC_A + A_IN_1251;
	});
}
