/** Cuts a stream of bytes into parts of `size`, the last one of what is left. Each part has a buffer of its own, exactly as long. */
export async function* partsOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array, void, undefined> {
	let part = new Uint8Array(size);
	let filled = 0;
	for await (const bytes of source) {
		for (let taken = 0; taken < bytes.length; ) {
			const piece = bytes.subarray(taken, taken + size - filled);
			part.set(piece, filled);
			filled += piece.length;
			taken += piece.length;
			if (filled < size) continue;
			yield part;
			part = new Uint8Array(size);
			filled = 0;
		}
	}
	if (filled > 0) yield part.slice(0, filled);
}
