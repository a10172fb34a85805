import { withResults, type Parameters } from '../../core';
import type { Batches, Command, Outcome } from './batch';

/** Writes of one batch: many heavy ones take longer than the cloud waits. */
const WRITES_IN_A_BATCH = 20;

/**
 * Carries out sequences of writes side by side, each in its order and in as many batches as it needs; later commands may use the results
 * of earlier ones. A sequence ends with the part in which a command failed: what follows has no outcome.
 */
export async function runSequences(batches: Batches, sequences: ReadonlyArray<readonly Command[]>, parallel = 2): Promise<Array<Array<Outcome | undefined>>> {
	const outcomes = sequences.map((): Array<Outcome | undefined> => []);
	for (let open = sequences.map((_, index) => index); ; ) {
		open = open.filter((index) => (outcomes[index]?.length ?? 0) < (sequences[index]?.length ?? 0) && !hasFailed(outcomes[index]));
		if (open.length === 0) return outcomes;
		const parts = open.map((index) => nextPart(sequences[index] ?? [], outcomes[index] ?? []));
		const answers = await batches.run(parts, { repeatable: false, most: WRITES_IN_A_BATCH, parallel });
		open.forEach((index, place) => outcomes[index]?.push(...(answers[place] ?? [])));
	}
}

const hasFailed = (outcomes: ReadonlyArray<Outcome | undefined> = []): boolean => outcomes.some((outcome) => outcome && 'error' in outcome);

/** Results of commands that have run take the place of references to them. */
function nextPart(sequence: readonly Command[], done: ReadonlyArray<Outcome | undefined>): Command[] {
	const resultOf = (key: string): unknown => {
		const outcome = done[sequence.findIndex((command) => command.key === key)];
		return outcome && 'result' in outcome ? outcome.result : undefined;
	};
	return sequence
		.slice(done.length, done.length + WRITES_IN_A_BATCH)
		.map((command) => ({ ...command, parameters: withResults(command.parameters, resultOf) as Parameters }));
}
