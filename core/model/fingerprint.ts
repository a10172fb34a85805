/** A short name for a text (FNV-1a and the length), to tell texts apart without keeping them. Not for secrets. */
export function fingerprint(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return `${(hash >>> 0).toString(36)}-${text.length}`;
}
