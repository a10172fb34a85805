/** What came of some work: its value, or the error with which it ended. */
export type Outcome<T> = { value: T } | { error: unknown };

/** Does the work and gives what came of it; never throws. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { error };
	}
}
