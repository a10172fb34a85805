import { ownParameters, ResultReference, type Parameter } from '../../core';
import { partFailure } from '../failure';
import type { Command, Outcome } from './batch';
import type { BitrixClient } from './client';

/**
 * The commands of a group, each in a call of its own, for groups that no batch can hold. A command that needs the result of one that
 * failed is not sent and fails with it.
 */
export async function runSingly(client: BitrixClient, group: readonly Command[], repeatable: boolean): Promise<Outcome[]> {
	const outcomes = new Map<string, Outcome>();
	for (const command of group) outcomes.set(command.key, lacking(command, outcomes) ?? (await run(client, command, outcomes, repeatable)));
	return group.map(({ key }) => outcomes.get(key) as Outcome);
}

async function run(client: BitrixClient, { method, parameters }: Command, outcomes: ReadonlyMap<string, Outcome>, repeatable: boolean): Promise<Outcome> {
	try {
		const { result, total, next } = await client.call(method, ownParameters(parameters, (key) => resultOf(outcomes.get(key))), { repeatable });
		return { result, total, next };
	} catch (error) {
		return { error: partFailure(error) };
	}
}

const resultOf = (outcome: Outcome | undefined): unknown => (outcome && 'result' in outcome ? outcome.result : undefined);

/** The failure of a command whose result is needed. */
function lacking({ parameters }: Command, outcomes: ReadonlyMap<string, Outcome>): Outcome | undefined {
	return commandsIn(parameters).flatMap((key) => outcomes.get(key) ?? []).find((outcome) => 'error' in outcome);
}

function commandsIn(parameter: Parameter): string[] {
	if (parameter instanceof ResultReference) return [parameter.command];
	return typeof parameter === 'object' && parameter !== null ? Object.values(parameter).flatMap(commandsIn) : [];
}
