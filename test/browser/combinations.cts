import { NodeHelpers, type INodeParameters, type INodeProperties, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';

/** Parameters that decide what else a panel shows. */
export const SELECTORS = ['connection', 'source', 'resource', 'operation'];

/** n8n adds this choice to nodes by itself; it leads to its HTTP Request node. */
const ADDED_BY_N8N = '__CUSTOM_API_CALL__';

/** n8n's own, of every mapping of fields. */
const TITLE_OF_FIELDS = 'Mapping Column Mode';

/** A panel of a node, by what is chosen in it. */
export interface Combination {
	/** The values of the choices, e.g. `customerOrder get`; empty for a node without choices. */
	name: string;
	parameters: INodeParameters;
}

/** Every connection, source, resource and operation of a node, each with all that can be chosen together with it. */
export function combinations(description: INodeTypeDescription): Combination[] {
	const complete = (chosen: INodeParameters): INodeParameters[] => {
		const next = shownProperties(chosen, description).find(({ name, type }) => SELECTORS.includes(name) && type === 'options' && !(name in chosen));
		if (!next) return [chosen];
		const values = (next.options as INodePropertyOptions[]).map(({ value }) => value).filter((value) => value !== ADDED_BY_N8N);
		return values.flatMap((value) => complete({ ...chosen, [next.name]: value }));
	};
	return complete({}).map((parameters) => ({ name: Object.values(parameters).join(' '), parameters }));
}

/** What a panel with these parameters shows, all others having their defaults. */
export function shownProperties(parameters: INodeParameters, description: INodeTypeDescription): INodeProperties[] {
	const node = { typeVersion: [description.version].flat()[0] as number };
	const complete = NodeHelpers.getNodeParameters(description.properties, parameters, true, false, node, description) ?? {};
	return description.properties.filter((property) => NodeHelpers.displayParameter(complete, property, node, description));
}

/** The titles of what a panel shows, from top to bottom. */
export function shownTitles(parameters: INodeParameters, description: INodeTypeDescription): string[] {
	const partOfTheCredential = authenticationOf(description);
	return shownProperties(parameters, description)
		.filter(({ type, name }) => type !== 'hidden' && type !== 'notice' && name !== partOfTheCredential)
		.map(({ type, displayName }) => (type === 'resourceMapper' ? TITLE_OF_FIELDS : displayName));
}

/** The one parameter that the editor shows as a choice of credentials. */
const authenticationOf = ({ credentials = [] }: INodeTypeDescription): string | undefined => (credentials.some(({ displayOptions }) => displayOptions?.show?.authentication) ? 'authentication' : undefined);
