/** Lets work that must not overlap take turns, in the order in which it comes. */
export class Turns {
	private last: Promise<unknown> = Promise.resolve();

	/** Waits until all work before it has ended, whether well or not. Rejects as the work does. */
	async take<Result>(work: () => Promise<Result>): Promise<Result> {
		const own = this.last.then(work);
		this.last = own.catch(() => undefined);
		return await own;
	}
}
