import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { entityFields, FIELD_TARGETS, GOODS_SOURCES, ORDER_FIELDS } from '../../core';
import { PACKAGE_NAME, repositoryRoot } from '../n8n/repository.cts';
import { NodeLibrary } from '../n8n/nodeLibrary.cts';
import { templates } from '../n8n/templates.cts';

/** A node with the operations of its drop-downs, in which those of several resources may have the same name. */
export interface DocumentedNode {
	name: string;
	/** That of its class, as its picture and its file are called. */
	className: string;
	operations: string[];
	resources: string[];
}

/** The nodes of this package as they are built. */
export async function documentedNodes(): Promise<DocumentedNode[]> {
	const library = await NodeLibrary.load([repositoryRoot()]);
	return library
		.types()
		.map((type) => library.description(type))
		.map((description) => ({ name: description.displayName, className: upper(description.name.replace(`${PACKAGE_NAME}.`, '')), operations: choicesOf(description, 'operation'), resources: choicesOf(description, 'resource') }));
}

const upper = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const choicesOf = ({ properties }: INodeTypeDescription, name: string): string[] => [
	...new Set(properties.filter((one) => one.name === name).flatMap(({ options = [] }) => options.map((option) => option.name))),
];

/** Credentials of this package, as they are built. */
export function credentials(): ICredentialType[] {
	const { n8n } = JSON.parse(readFileSync(path.join(repositoryRoot(), 'package.json'), 'utf8')) as { n8n: { credentials: string[] } };
	return n8n.credentials.flatMap((file) => {
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- as n8n loads them
		const loaded = require(path.join(repositoryRoot(), file)) as Record<string, new () => ICredentialType>;
		return Object.values(loaded).map((Credential) => new Credential());
	});
}

type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** All that is written on a property and its choices, however deep. */
function namesIn(part: Part): string[] {
	const deeper = 'values' in part ? part.values : 'options' in part ? (part.options ?? []) : [];
	return [('displayName' in part && part.displayName) || '', 'name' in part ? part.name : '', ...deeper.flatMap(namesIn)];
}

/** Every name that a user can read in the nodes, credentials and templates of this package. */
export async function shownNames(): Promise<Set<string>> {
	const library = await NodeLibrary.load([repositoryRoot()]);
	const descriptions = library.types().map((type) => library.description(type));
	const outputs = descriptions.flatMap(({ outputs, outputNames }) => [...(outputNames ?? []), ...(typeof outputs === 'string' ? [...outputs.matchAll(/"displayName":"([^"]+)"/g)].map(([, name]) => name ?? '') : [])]);
	const properties = [...descriptions, ...credentials()].flatMap((one) => [one.displayName, ...one.properties.flatMap(namesIn)]);
	const flows = [...templates().values()].flatMap(({ name, nodes }) => [name ?? '', ...nodes.map((node) => node.name), ...nodes.flatMap(({ parameters }) => textsIn(parameters))]);
	const fields = [...[...GOODS_SOURCES, ...FIELD_TARGETS].map(({ label }) => label), ...Object.values(ORDER_FIELDS).map(({ name }) => name), ...ENTITIES.flatMap(entityFields).map(({ label }) => label)];
	return new Set([...outputs, ...properties, ...flows, ...fields].flatMap((name) => [name, ...shortened(name)]).map((name) => name.trim()).filter(Boolean));
}

const ENTITIES = ['product', 'variant', 'bundle', 'service', 'productfolder', 'customerorder', 'demand', 'paymentin', 'cashin', 'invoiceout', 'salesreturn', 'counterparty'];

/** As people say it, without the unit in parentheses or what n8n wants behind a list. */
const shortened = (name: string): string[] => [name.replace(/ \([^)]*\)$/, ''), name.replace(/ Names? or IDs?$/, ''), name.replace(/ Names? or IDs?$/, 's')];

/** Short texts among parameters, also in expressions: fields of forms and their choices, names of flows. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.length <= 60 ? [value] : [...value.matchAll(/'([A-Z][^'\n]{1,60})'/g)].map(([, text]) => text ?? '');
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
