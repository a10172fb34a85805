/** What came of some work: its value, or the error with which it ended. */
export type Outcome<T> = { value: T } | { error: unknown };

export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { error };
	}
}
