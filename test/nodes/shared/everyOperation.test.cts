import { NodeHelpers, type INode, type INodeParameters, type INodeTypeDescription, type OnError } from 'n8n-workflow';
import { CATALOGUE } from '../../../core';
import { Engine } from '../../n8n/engine.cts';
import { PACKAGE_NAME } from '../../n8n/repository.cts';
import type { NodeRun } from '../../n8n/runs.cts';

const UUID = '00000000-0000-4000-8000-000000000001';

let engine: Engine;
beforeAll(async () => (engine = await Engine.load()), 60_000);

interface Case {
	type: string;
	parameters: INodeParameters;
	description: INodeTypeDescription;
}

const asNode = ({ type, parameters }: Pick<Case, 'type' | 'parameters'>): INode => ({ id: 'n', name: 'n', type, typeVersion: 1, position: [0, 0], parameters });

/** The values of a drop-down that is shown beside the others. */
const optionsOf = (name: string, one: Case): string[] =>
	one.description.properties
		.filter((property) => property.name === name && NodeHelpers.displayParameter(one.parameters, property, asNode(one), one.description))
		.flatMap(({ options = [] }) => options.map((option) => String((option as { value?: unknown }).value)));

const divided = (name: string, one: Case): Case[] => {
	const values = optionsOf(name, one);
	return values.length === 0 ? [one] : values.map((value) => ({ ...one, parameters: { ...one.parameters, [name]: value } }));
};

/** What turns on operations that are off as long as nothing is chosen. */
const CHOICES: INodeParameters = { useMinimum: true };

/** With something in every parameter without which n8n does not start a node, or without which it has nothing to do. */
function filledIn(one: Case): Case {
	const { description } = one;
	const known = NodeHelpers.getNodeParameters(description.properties, one.parameters, true, false, asNode(one), description) ?? {};
	const parameters = { ...known, ...Object.fromEntries(Object.entries(CHOICES).filter(([name]) => name in known)) };
	for (const name of Object.keys(NodeHelpers.getNodeParametersIssues(description.properties, asNode({ ...one, parameters }), description)?.parameters ?? {})) {
		const shown = description.properties.find((property) => property.name === name && NodeHelpers.displayParameter(parameters, property, asNode(one), description));
		parameters[name] = shown?.type === 'resourceLocator' ? { __rl: true, mode: shown.modes?.[0]?.name ?? 'list', value: UUID } : shown?.type === 'multiOptions' ? ['x'] : UUID;
	}
	return { ...one, parameters };
}

/** Every operation of every node that works on items and needs a credential, by each of its connections. */
function cases(): Case[] {
	return engine.library
		.types()
		.filter((type) => type.startsWith(PACKAGE_NAME))
		.map((type) => ({ type, parameters: {}, description: engine.library.getByNameAndVersion(type).description }))
		// Sync Journal works on items alone: no credential of it can be missing.
		.filter(({ description }) => !description.group.includes('trigger') && description.credentials !== undefined)
		.flatMap((one) => divided('connection', one))
		.flatMap((one) => divided('resource', one))
		.flatMap((one) => divided('operation', one))
		.map(filledIn);
}

const titleOf = ({ description, parameters: { connection, resource, operation } }: Case): string => [description.displayName, connection, resource, operation].filter(Boolean).join(' · ');

/** With credentials that were deleted, so that whatever the operation is about it cannot be done. */
async function run({ type, parameters, description }: Case, onError?: OnError): Promise<NodeRun> {
	const known = (description.credentials ?? []).map(({ name }) => [name, { id: name, name }]);
	return await engine.runNode({
		type,
		parameters,
		items: [{ n: 0 }, { n: 1 }],
		node: { onError, credentials: Object.fromEntries(known) as INode['credentials'] },
	});
}

/** The codes with which a run ended, be it by an error or by items; what has none is named. */
function codesOf({ error, outputs }: NodeRun): string[] {
	if (error) return [/\((\w+)\)$/.exec(String(error.description))?.[1] ?? `without a code: ${error.message} / ${String(error.description)}`];
	return outputs.flat().flatMap(({ json }) => {
		const of = (value: unknown): string[] => {
			if (typeof value !== 'object' || value === null) return [];
			const { code } = value as { code?: unknown };
			return typeof code === 'string' ? [code] : Object.values(value).flatMap(of);
		};
		const codes = of(json);
		return codes.length > 0 ? codes : [`without a code: ${JSON.stringify(json).slice(0, 200)}`];
	});
}

/** What the operations of all nodes end with that is no code of the catalogue, or says that nobody foresaw it. */
async function uncoded(): Promise<Record<string, string[]>> {
	const found: Record<string, string[]> = {};
	for (const one of cases())
		for (const onError of [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const) {
			const codes = codesOf(await run(one, onError));
			const strange = codes.filter((code) => !(code in CATALOGUE) || code === 'UNEXPECTED');
			if (strange.length > 0 || codes.length === 0) found[`${titleOf(one)} (${onError ?? 'stop'})`] = codes;
		}
	return found;
}

describe('Every operation of every node ends with a code of the catalogue', () => {
	it('is looked at', () => {
		const nodes = new Set(cases().map(({ type }) => type));
		expect(nodes.size).toBe(8);
		expect(cases().length).toBeGreaterThan(80);
	});

	it('when its credential was deleted, whatever the user chose for errors', async () => expect(await uncoded()).toEqual({}), 60_000);
});
