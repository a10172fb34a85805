import { NodeApiError, NodeOperationError, type IDataObject, type INodeProperties, type JsonObject, type OnError } from 'n8n-workflow';
import { z } from 'zod';
import { CATALOGUE, SyncError } from '../../../core';
import { MoySkladApi } from '../../../credentials/MoySkladApi.credentials';
import { runOperations } from '../../../nodes/shared/dispatcher';
import type { Operation } from '../../../nodes/shared/operation';
import { PROBE, PROBE_TOOL, ProbeEngine } from '../../n8n/probe.cts';
import type { NodeRun } from '../../n8n/runs.cts';

const properties: INodeProperties[] = [{ displayName: 'Operation', name: 'operation', type: 'string', default: 'op' }];
const base = { value: 'op', name: 'Op', action: 'Op', description: '', properties: [] };

let engine: ProbeEngine;
beforeAll(async () => (engine = await ProbeEngine.with(new MoySkladApi(), [], properties)), 60_000);

async function run(operation: Operation, onError: OnError | undefined, parameters = {}, type = PROBE): Promise<NodeRun> {
	engine.does(async (context) => await runOperations([operation]).call(context));
	const credentials = { moySkladApi: {} };
	return await engine.runNode({ type, parameters: { operation: 'op', ...parameters }, credentials, items: [{ n: 0 }, { n: 1 }], node: { onError } });
}

/** The code at the end of what n8n shows. */
const codeOf = ({ error }: NodeRun): string | undefined => /\((\w+)\)$/.exec(String(error?.description))?.[1];

const node = { id: 'x', name: 'x', type: PROBE, typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };

const THROWN: Array<[string, () => unknown, string]> = [
	['an error of the catalogue', () => new SyncError('MOYSKLAD_NO_RIGHT', { call: 'GET x', reason: 'y' }), 'MOYSKLAD_NO_RIGHT'],
	['a defect', () => new TypeError('x is not a function'), 'UNEXPECTED'],
	['any error', () => new Error('Boom'), 'UNEXPECTED'],
	['an error without words', () => new Error(), 'UNEXPECTED'],
	['a failed fetch', () => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) }), 'UNEXPECTED'],
	['a schema that was not met', () => z.object({ id: z.string() }).safeParse({}).error, 'UNEXPECTED'],
	['a text', () => 'Boom', 'UNEXPECTED'],
	['nothing', () => undefined, 'UNEXPECTED'],
	['what n8n says of the node', () => new NodeOperationError(node, 'No credential', { description: 'Choose one.' }), 'N8N_REFUSED'],
	['what n8n says of a call', () => new NodeApiError(node, { message: 'No', httpCode: '500' } as JsonObject), 'N8N_REFUSED'],
];

const rejecting = async (thrown: () => unknown): Promise<never> => {
	await Promise.resolve();
	throw thrown();
};

describe.each<[string, (thrown: () => unknown) => Operation]>([
	['for each item', (thrown) => ({ ...base, item: async () => await rejecting(thrown) })],
	['for all items', (thrown) => ({ ...base, all: async () => await rejecting(thrown) })],
])('What an operation %s throws', (_how, operationOf) => {
	it.each(THROWN)('leaves the node with a code: %s', async (_what, thrown, code) => {
		const stopped = await run(operationOf(thrown), undefined);
		expect(stopped).toMatchObject({ status: 'error', outputs: [] });
		expect(codeOf(stopped)).toBe(code);
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const { outputs, status } = await run(operationOf(thrown), onError);
			expect(status).toBe('success');
			const [items = [], none = []] = onError === 'continueErrorOutput' ? [...outputs].reverse() : outputs;
			expect(none).toEqual([]);
			// Nothing of the input goes on as if it had been done.
			expect(items.map(({ json }) => Object.keys(json))).toEqual([['error'], ['error']]);
			for (const { json } of items) expect(json.error).toMatchObject({ code, kind: CATALOGUE[code as 'UNEXPECTED'].kind, message: expect.any(String) as string, advice: expect.any(String) as string });
		}
	});
});

it('keeps what n8n says, and its own advice in front', async () => {
	const { error } = await run({ ...base, all: async () => await rejecting(() => new NodeOperationError(node, 'No credential', { description: 'Choose one.' })) }, undefined);
	expect(error).toMatchObject({ message: 'No credential', description: expect.stringMatching(/^Choose one\. Look at what n8n says.*\(N8N_REFUSED\)$/) as string });
});

it('names a parameter that n8n cannot evaluate', async () => {
	const reading: Operation = {
		...base,
		async item(item) {
			return await Promise.resolve([{ json: { value: this.getNodeParameter('operation', item) } as IDataObject }]);
		},
	};
	const parameters = { operation: "={{ $itemIndex === 1 ? $('Nowhere').item.json.x : 'op' }}" };
	const stopped = await run(reading, undefined, parameters);
	expect(codeOf(stopped)).toBe('N8N_REFUSED');
	const going = await run(reading, 'continueRegularOutput', parameters);
	expect(going.json()).toMatchObject([{ value: 'op' }, { error: { code: 'N8N_REFUSED', message: 'The node was stopped by n8n: Referenced node doesn\'t exist' } }]);
});

it('says that an operation is not known', async () => {
	expect(codeOf(await run({ ...base, item: async () => await Promise.resolve([]) }, undefined, { operation: 'of a later version' }))).toBe('OPERATION_UNKNOWN');
});

it('ends a stopped execution, whatever the user chose for errors', async () => {
	const stopping: Operation = { ...base, all: async () => await rejecting(() => new SyncError('STOPPED', { call: 'GET x' })) };
	expect((await run(stopping, 'continueRegularOutput')).error?.message).toContain('canceled');
});

it('gives an agent whose tool it is all that comes out at its first output, which is all that n8n hands on', async () => {
	const writing: Operation = { ...base, all: async () => await Promise.resolve([[{ json: { status: 'updated' } }], [{ json: { status: 'failed' } }]]) };
	expect((await run(writing, undefined)).json(0)).toEqual([{ status: 'updated' }]);
	expect((await run(writing, undefined, {}, PROBE_TOOL)).json(0)).toEqual([{ status: 'updated' }, { status: 'failed' }]);
});

it.each<[string, Operation]>([
	['for each item', { ...base, item: async () => await rejecting(() => new SyncError('MOYSKLAD_NO_RIGHT', { call: 'GET x', reason: 'y' })) }],
	['for all items', { ...base, all: async () => await rejecting(() => new SyncError('MOYSKLAD_NO_RIGHT', { call: 'GET x', reason: 'y' })) }],
])('tells an agent the code of what is thrown %s', async (_how, operation) => {
	const { status, outputs } = await run(operation, undefined, {}, PROBE_TOOL);
	expect(status).toBe('success');
	expect(outputs[0]?.map(({ json }) => json)).toMatchObject(Array(2).fill({ error: { code: 'MOYSKLAD_NO_RIGHT' } }));
});
