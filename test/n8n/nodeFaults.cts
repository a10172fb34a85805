import {
	NodeHelpers,
	isExpression,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

type Values = Record<string, unknown>;

/**
 * What is wrong with the version and the parameters of a node, measured by the description of its type.
 * @param notes what the workflow tells its user; a list that it tells to choose from may be left open
 */
export function nodeFaults(node: INode, description: INodeTypeDescription, notes = ''): string[] {
	const versions = [description.version].flat();
	if (!versions.includes(node.typeVersion))
		return [`its type has no version ${node.typeVersion}, only ${versions.join(', ')}`];
	const used =
		NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	return [
		...unknown(node.parameters, used, '').map(
			(path) => `its parameter "${path}" does not exist, or not in this combination`,
		),
		...missing(node, description, notes),
		...new Options(node, description, used).wrong(description.properties, used, ''),
		...texts(node.parameters).flatMap(suspicious),
	];
}

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** The paths of what n8n drops when it opens the node. */
function unknown(given: Values, used: Values, at: string): string[] {
	return Object.entries(given).flatMap(([key, value]) => {
		const path = at ? `${at}.${key}` : key;
		if (!(key in used)) return [path];
		const kept = used[key];
		return isObject(value) && isObject(kept) ? unknown(value, kept, path) : [];
	});
}

function missing(node: INode, description: INodeTypeDescription, notes: string): string[] {
	const issues = NodeHelpers.getNodeParametersIssues(description.properties, node, description)?.parameters ?? {};
	return Object.entries(issues).flatMap(([name, texts]) => {
		const { displayName = name } = description.properties.find((property) => property.name === name) ?? {};
		return isOpenList(node.parameters[name]) && notes.includes(`*${displayName}*`) ? [] : texts;
	});
}

/** A live list from which nothing was chosen yet. */
export const isOpenList = (value: unknown): boolean => isObject(value) && value.__rl === true && value.mode === 'list' && value.value === '';

/** Looks for values that are in no list of options, of which n8n itself says nothing. */
class Options {
	constructor(
		private readonly node: INode,
		private readonly description: INodeTypeDescription,
		private readonly root: INodeParameters,
	) {}

	wrong(properties: INodeProperties[], values: Values, at: string): string[] {
		return Object.entries(values).flatMap(([name, value]) => {
			const path = at ? `${at}.${name}` : name;
			const shown = properties.filter((property) => property.name === name && this.isShown(property, values));
			const closed = shown.filter(isClosed);
			const allowed = closed.flatMap(({ options = [] }) =>
				(options as INodePropertyOptions[]).map((option) => option.value),
			);
			const strange =
				closed.length < shown.length
					? []
					: [value].flat().filter((one) => !isExpression(one) && !allowed.includes(one as string));
			const here = strange.map(
				(one) => `its parameter "${path}" has the value "${one}", which is none of ${allowed.join(', ')}`,
			);
			return [...here, ...shown.flatMap((property) => this.inside(property, value, path))];
		});
	}

	private isShown(property: INodeProperties, values: Values): boolean {
		return NodeHelpers.displayParameter(values as INodeParameters, property, this.node, this.description, this.root);
	}

	private inside(property: INodeProperties, value: unknown, path: string): string[] {
		if (!isObject(value)) return [];
		if (property.type === 'collection') return this.wrong((property.options ?? []) as INodeProperties[], value, path);
		if (property.type !== 'fixedCollection') return [];
		return ((property.options ?? []) as INodePropertyCollection[]).flatMap(({ name, values }) =>
			[value[name] ?? []].flat().flatMap((row) => this.wrong(values, row as Values, `${path}.${name}`)),
		);
	}
}

/** Whether the property's values are all in its description: neither loaded nor made by an expression. */
const isClosed = ({ type, typeOptions }: INodeProperties): boolean =>
	(type === 'options' || type === 'multiOptions') && !typeOptions?.loadOptionsMethod && !typeOptions?.loadOptions;

function texts(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return isObject(value) ? Object.values(value).flatMap(texts) : [];
}

function suspicious(text: string): string[] {
	const found: string[] = [];
	if (/\$env\b/.test(text)) found.push(`it reads $env, which n8n blocks: ${text}`);
	// Their expressions know a variable of n8n only where something is taken of it: `...$input.item.json` is the same.
	if (/\.\.\.\$\w+(?![\w.?([])/.test(text)) found.push(`it spreads a variable of n8n itself, which is nothing on n8n 2.20 and older: ${text}`);
	if (/\{\{.*\$/.test(text) && !text.startsWith('=')) found.push(`an expression without "=" is only text: ${text}`);
	return found;
}
