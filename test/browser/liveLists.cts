import type { INodeParameters, INodeProperties, INodePropertyCollection, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { combinations, SELECTORS } from './combinations.cts';

/** A step from a panel to a parameter: its title and, when it lies in a row of a group, that group's name and the row's place. */
export interface Place {
	title: string;
	row?: { group: string; index: number };
}

export interface LiveList {
	/** Of the method that loads it. */
	method: string;
	kind: 'locator' | 'options' | 'fields';
	/** From the outside in; the last one is the list's own. */
	places: Place[];
}

/** A panel in which some lists can be opened, with one row or option for each. */
export interface ListPanel {
	name: string;
	parameters: INodeParameters;
	lists: LiveList[];
}

type Values = Record<string, unknown>;

/** A list within its chain of collections and groups of rows. */
interface Found {
	method: string;
	kind: LiveList['kind'];
	chain: Step[];
}

interface Step {
	property: INodeProperties;
	/** The properties beside it. */
	siblings: INodeProperties[];
	/** Of a group of rows, that in which the next step lies. */
	group?: INodePropertyCollection;
}

/**
 * All lists of a node, each once for a connection and a resource; those of fields for every operation.
 * @param choices what is chosen where a panel asks for it, so that lists that depend on it have entries
 * @throws Error for a list that no panel can show
 */
export function listPanels(description: INodeTypeDescription, choices: INodeParameters): ListPanel[] {
	const lists = listsIn(description.properties);
	const seen = new Set<string>();
	const shown = new Set<string>();
	const panels = combinations(description).flatMap(({ name, parameters }) => {
		const ofCombination: ListPanel[] = [];
		for (const found of lists) {
			if (!belongs((found.chain[0] as Step).property, parameters)) continue;
			const mark = [parameters.connection, parameters.resource, found.kind === 'fields' && parameters.operation, ...namesOf(found)].join(' ');
			if (seen.has(mark)) continue;
			seen.add(mark);
			const fresh = { name, parameters: { ...parameters, ...fitting(choices, parameters, description) }, lists: [] };
			if (reveal(found, ofCombination, fresh, description)) shown.add(namesOf(found).join('.'));
		}
		return ofCombination;
	});
	const forgotten = lists.map((found) => namesOf(found).join('.')).filter((name) => !shown.has(name));
	if (forgotten.length > 0) throw new Error(`No panel of ${description.name} shows ${forgotten.join(', ')}`);
	return panels;
}

const namesOf = ({ chain, method }: Found): string[] => [...chain.map(({ property }) => property.name), method];

function listsIn(properties: INodeProperties[]): Found[] {
	return properties.flatMap((property): Found[] => {
		const step = { property, siblings: properties };
		const method = methodOf(property);
		if (method) return [{ ...method, chain: [step] }];
		if (property.type === 'collection') return listsIn(property.options as INodeProperties[]).map((found) => ({ ...found, chain: [step, ...found.chain] }));
		if (property.type !== 'fixedCollection') return [];
		const groups = property.options as INodePropertyCollection[];
		return groups.flatMap((group) => listsIn(group.values).map((found) => ({ ...found, chain: [{ ...step, group }, ...found.chain] })));
	});
}

function methodOf({ typeOptions, modes = [] }: INodeProperties): Pick<Found, 'method' | 'kind'> | undefined {
	const search = modes.flatMap((mode) => mode.typeOptions?.searchListMethod ?? [])[0];
	if (search) return { method: search, kind: 'locator' };
	if (typeOptions?.loadOptionsMethod) return { method: typeOptions.loadOptionsMethod, kind: 'options' };
	const fields = typeOptions?.resourceMapper?.resourceMapperMethod;
	return fields ? { method: fields, kind: 'fields' } : undefined;
}

/** Whether a parameter of the panel itself is for what is chosen there. */
function belongs({ displayOptions }: INodeProperties, chosen: INodeParameters): boolean {
	const shown = SELECTORS.every((name) => !displayOptions?.show?.[name] || displayOptions.show[name].includes(chosen[name] as string));
	return shown && SELECTORS.every((name) => !displayOptions?.hide?.[name]?.includes(chosen[name] as string));
}

const fitting = (choices: INodeParameters, parameters: INodeParameters, { properties }: INodeTypeDescription): INodeParameters =>
	Object.fromEntries(Object.entries(choices).filter(([name]) => properties.some((property) => property.name === name && belongs(property, parameters))));

/** Puts a list into the first panel where it can stand beside the others, else into one of its own. */
function reveal(found: Found, panels: ListPanel[], fresh: ListPanel, description: INodeTypeDescription): boolean {
	for (const [index, panel] of panels.entries()) {
		const more = withList(found, panel, description);
		if (!more) continue;
		panels[index] = more;
		return true;
	}
	const own = withList(found, { ...fresh, name: `${fresh.name} ${panels.length + 1}`.trim() }, description);
	if (own) panels.push(own);
	return own !== undefined;
}

function withList({ chain, method, kind }: Found, panel: ListPanel, { properties }: INodeTypeDescription): ListPanel | undefined {
	const parameters = structuredClone(panel.parameters);
	const places = enter(chain, parameters, { values: parameters, properties });
	return places && { ...panel, parameters, lists: [...panel.lists, { method, kind, places }] };
}

interface Root {
	values: Values;
	properties: INodeProperties[];
}

/** Makes the rows and options that lead to a list, and what its conditions ask for; undefined when something else stands there already. */
function enter([step, ...rest]: Step[], values: Values, root: Root): Place[] | undefined {
	if (!step || !meet(step, values, root)) return undefined;
	const { property, group } = step;
	if (rest.length === 0) {
		values[property.name] ??= property.type === 'resourceLocator' ? { __rl: true, ...(property.default as Values) } : structuredClone(property.default);
		return [{ title: property.displayName }];
	}
	const inside = (values[property.name] ??= {}) as Values;
	if (!group) return ahead({ title: property.displayName }, enter(rest, inside, root));
	if (!property.typeOptions?.multipleValues) return ahead({ title: property.displayName, row: { group: property.name, index: 0 } }, enter(rest, (inside[group.name] ??= {}) as Values, root));
	const rows = (inside[group.name] ??= []) as Values[];
	for (let index = 0; index <= rows.length; index++) {
		const row = structuredClone(rows[index] ?? {});
		const places = enter(rest, row, root);
		if (!places) continue;
		rows[index] = row;
		return ahead({ title: property.displayName, row: { group: property.name, index } }, places);
	}
	return undefined;
}

const ahead = (place: Place, places: Place[] | undefined): Place[] | undefined => places && [place, ...places];

/** Makes the conditions of a property true by what is beside it or, for names with a slash, in the panel itself. */
function meet({ property: { displayOptions }, siblings }: Step, values: Values, root: Root): boolean {
	const asked = Object.entries(displayOptions?.show ?? {}).filter(([name]) => !name.startsWith('@'));
	const shown = asked.every(([name, allowed]) => decide(name, (value) => (allowed as unknown[]).includes(value), siblings, values, root));
	return shown && Object.entries(displayOptions?.hide ?? {}).every(([name, refused]) => decide(name, (value) => !(refused as unknown[]).includes(value), siblings, values, root));
}

function decide(asked: string, fits: (value: unknown) => boolean, siblings: INodeProperties[], values: Values, root: Root): boolean {
	const name = asked.replace(/^\//, '');
	const [where, properties] = asked.startsWith('/') ? [root.values, root.properties] : [values, siblings];
	if (where[name] !== undefined) return [where[name]].flat().some(fits);
	const property = properties.find((one) => one.name === name && (where !== root.values || belongs(one, where as INodeParameters)));
	if (!property) return false;
	const value = [property.default, ...((property.options ?? []) as INodePropertyOptions[]).map((option) => option.value)].find((one) => [one].flat().some(fits));
	if (value === undefined || !meet({ property, siblings: properties }, where, root)) return false;
	where[name] = property.type === 'multiOptions' && !Array.isArray(value) ? [value] : value;
	return true;
}
