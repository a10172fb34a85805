import type { N8nApi } from '../n8n/api.cts';

type Run = () => ReturnType<N8nApi['run']>;

/** Of two first runs that start at once, when nothing is there yet, at most one works; the other one says that it has not, and nothing is left undone. */
export async function expectOneFirstRun(run: Run): Promise<void> {
	const outcomes = await Promise.all([run(), run()]);
	const worked = outcomes.filter(({ run: { executed } }) => executed.includes('Next Page'));
	const others = outcomes.filter((outcome) => !worked.includes(outcome)).map(({ run: done }) => (done.executed.includes('Another Run Works') ? done.node('Another Run Works').json()[0]?.message : done.error?.message));
	expect(worked.length).toBeLessThanOrEqual(1);
	expect(others).toHaveLength(2 - worked.length);
	// Or n8n says that a Data Table of the same name has just been made.
	for (const said of others) expect(said).toMatch(/Another run|already exists|data_table/);
	// Two first runs may both give way, but only once.
	if (worked.length === 0) expect((await run()).run.error).toBeUndefined();
}

/** Of two later runs that start at once exactly one works, and the other one says so. */
export async function expectOneRun(run: Run): Promise<void> {
	const outcomes = await Promise.all([run(), run()]);
	expect(outcomes.filter(({ run: { executed } }) => executed.includes('Next Page'))).toHaveLength(1);
	expect(outcomes.filter(({ run: { executed } }) => executed.includes('Another Run Works'))).toHaveLength(1);
}
