import type { INodeExecutionData } from 'n8n-workflow';

const placeOf = (paired: unknown): number => (paired as { item?: number } | undefined)?.item ?? 0;

/** What a node gave on all its outputs, in the order of the items that it was given; throws the node's error. */
export function resultsInOrder<Result>({ error, outputs }: { error?: unknown; outputs: INodeExecutionData[][] }): Result[] {
	if (error) throw error;
	return outputs
		.flat()
		.sort((one, other) => placeOf(one.pairedItem) - placeOf(other.pairedItem))
		.map(({ json }) => json as unknown as Result);
}
