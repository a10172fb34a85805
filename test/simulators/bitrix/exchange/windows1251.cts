const decoder = new TextDecoder('windows-1251');
const LOST = 0x3f;

const codes = new Map<string, number>(
	Array.from({ length: 128 }, (_, index) => [decoder.decode(Uint8Array.of(128 + index)), 128 + index] as const),
);

export const decodeWindows1251 = (bytes: Uint8Array): string => decoder.decode(bytes);

/** What the code page does not have is lost: a question mark stands for it. */
export function encodeWindows1251(text: string): Buffer {
	const characters = Array.from(text);
	const bytes = Buffer.allocUnsafe(characters.length);
	for (const [index, character] of characters.entries()) {
		const code = character.codePointAt(0) ?? LOST;
		bytes[index] = code < 128 ? code : (codes.get(character) ?? LOST);
	}
	return bytes;
}
