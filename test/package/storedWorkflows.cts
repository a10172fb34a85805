import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { repositoryRoot } from '../n8n/repository.cts';

/** Where the workflows of each release lie as it had them: those that users imported then have to go on working. */
export const STORED_WORKFLOWS = path.join(repositoryRoot(), 'test', 'fixtures', 'workflows');

/** What a release promised of its nodes, beside its workflows. */
export const PROMISES = 'parameters.json';

/** The releases of which workflows are stored, the newest one last. */
export const storedReleases = (): string[] => readdirSync(STORED_WORKFLOWS).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));

/** By node and version, then by the path of the parameter: its types, and the values that it offers, where they are a fixed list. */
export type Promises = Record<string, Record<string, Promised>>;

interface Promised {
	types: string[];
	values?: Array<string | number | boolean>;
}

/** All parameters of all nodes that are loaded, as workflows can hold them. */
export function promisesOf(library: NodeLibrary): Promises {
	const found = library.types().flatMap((type) => {
		const { version, properties } = library.getByNameAndVersion(type).description;
		const parameters: Record<string, Promised> = {};
		collect(properties, '', parameters);
		return [version].flat().map((one) => [`${type.slice(type.indexOf('.') + 1)} ${one}`, parameters] as const);
	});
	return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function collect(properties: readonly INodeProperties[], at: string, into: Record<string, Promised>): void {
	for (const property of properties) {
		const place = `${at}${property.name}`;
		const before = into[place];
		const values = fixedValues(property);
		into[place] = {
			types: [...new Set([...(before?.types ?? []), property.type])].sort(),
			...((before?.values ?? values) && { values: [...new Set([...(before?.values ?? []), ...(values ?? [])])].sort() }),
		};
		if (property.type === 'collection') collect((property.options ?? []) as INodeProperties[], `${place}.`, into);
		if (property.type === 'fixedCollection') for (const { name, values: rows } of (property.options ?? []) as INodePropertyCollection[]) collect(rows, `${place}.${name}.`, into);
	}
}

const fixedValues = ({ type, typeOptions, options = [] }: INodeProperties): Promised['values'] =>
	(type === 'options' || type === 'multiOptions') && !typeOptions?.loadOptionsMethod ? (options as INodePropertyOptions[]).map(({ value }) => value) : undefined;

/** What a release promised and the present nodes do not keep. */
export function brokenPromises(promised: Promises, present: Promises): string[] {
	return Object.entries(promised).flatMap(([node, parameters]) => {
		const now = present[node];
		if (!now) return [`${node} is gone`];
		return Object.entries(parameters).flatMap(([name, { types, values = [] }]) => {
			const kept = now[name];
			if (!kept) return [`${node}: ${name} is gone`];
			return [
				...types.filter((type) => !kept.types.includes(type)).map((type) => `${node}: ${name} is no ${type} any more`),
				...(kept.values ? values.filter((value) => !kept.values?.includes(value)).map((value) => `${node}: ${name} has no ${String(value)} any more`) : []),
			];
		});
	});
}

/** What a release promised. */
export const readPromises = (release: string): Promises => JSON.parse(readFileSync(path.join(STORED_WORKFLOWS, release, PROMISES), 'utf8')) as Promises;
