import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

type Shown = NonNullable<IDisplayOptions['show']>;

/** The parameters *Resource*, *Operation* and all of the operations' own, each shown where it belongs. */
export function resourceProperties(resources: readonly Resource[]): INodeProperties[] {
	const choices = resources.map(({ value, name }) => ({ value, name }));
	const merged: Merged[] = [];
	for (const { value, operations } of resources) merge(merged, value, operationProperties(operations));
	const properties = merged.flatMap(({ property, values }) => showFor([property], { resource: values }));
	return [selector('Resource', 'resource', choices), ...properties];
}

interface Merged {
	property: INodeProperties;
	/** The property in words, to know it again. */
	words: string;
	/** The resources that have it. */
	values: string[];
}

/**
 * Adds the properties of a resource. Those that another resource has word for word are one property for both, so that n8n
 * does not load the same text for each of them; new ones follow what they follow in their own resource.
 */
function merge(merged: Merged[], resource: string, properties: readonly INodeProperties[]): void {
	let place = -1;
	for (const property of properties) {
		const words = JSON.stringify(property);
		const known = merged.findIndex((one) => one.words === words);
		if (known >= 0) merged[known]?.values.push(resource);
		else merged.splice(place + 1, 0, { property, words, values: [resource] });
		place = Math.max(place, known >= 0 ? known : place + 1);
	}
}

/**
 * The parameter *Operation* and the operations' own parameters, for nodes with one resource or for one resource of several.
 * @param shared what all operations have, or several: it comes before their own
 */
export function operationProperties(operations: readonly Operation[], show: Shown = {}, shared: readonly INodeProperties[] = []): INodeProperties[] {
	const choices = operations.map(({ value, name, action, description }) => ({ value, name, action, description }));
	return [
		...showFor([selector('Operation', 'operation', choices), ...shared], show),
		...operations.flatMap(({ value, properties }) => showFor(properties, { ...show, operation: [value] })),
	];
}

/** A drop-down without expressions that begins with its first choice. */
const selector = (displayName: string, name: string, options: INodePropertyOptions[]): INodeProperties =>
	Object.assign({ displayName, name, noDataExpression: true, options, default: options[0]?.value ?? '' }, { type: 'options' as const });

/** Adds conditions under which properties are shown to those that they have. */
export const showFor = (properties: readonly INodeProperties[], show: Shown): INodeProperties[] =>
	properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, ...show } },
	}));

/** The collection *Options*, from which users pick what they need. */
export const optionsProperty = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options,
});
