/** Maps with at most `width` calls under way; results in the order of the items. Throws the first failure, when all have settled. */
export async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
	const results: R[] = new Array<R>(items.length);
	let next = 0;
	const lane = async (): Promise<void> => {
		for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T, index);
	};
	const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, lane));
	const failed = lanes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason;
	return results;
}

/** Cuts a list into pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
