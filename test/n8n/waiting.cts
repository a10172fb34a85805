/**
 * Asks until there is an answer.
 * @param what is waited for, for the error's message
 * @param ask gives undefined as long as it has not come
 * @throws Error when it has not come in time
 */
export async function waitFor<Answer>(
	what: string,
	withinMs: number,
	ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
		await new Promise((waited) => setTimeout(waited, 100));
	}
}
