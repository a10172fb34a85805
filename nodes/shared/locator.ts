import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

interface LocatorSettings {
	displayName: string;
	name: string;
	/** The method of the node that lists what can be chosen. */
	searchListMethod: string;
	description?: string;
	required?: boolean;
	/** How the second mode calls what is typed in; ids by default. */
	typed?: { displayName: string; placeholder: string };
	displayOptions?: INodeProperties['displayOptions'];
	/** Further ways to choose. */
	moreModes?: INodePropertyMode[];
}

const AN_ID = { displayName: 'By ID', placeholder: 'e.g. 7944ef04-f831-11e5-7a69-971500188b19' };

/** A parameter whose value is chosen from a live list or typed in. Read it with `extractValue: true`. */
export function locator({ displayName, name, searchListMethod, description, required = false, typed = AN_ID, displayOptions, moreModes = [] }: LocatorSettings): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		modes: [
			{ displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
			{ ...typed, name: 'id', type: 'string' },
			...moreModes,
		],
		...(displayOptions && { displayOptions }),
	};
}

/** What a locator gives; an expression may make a plain text of it. */
export interface Located {
	value?: string | number;
	/** The way in which it was chosen. */
	mode?: string;
}

/** The value of a locator, which an expression may have made a plain text. */
export const textIn = (located: Located | string | number | undefined): string =>
	String((typeof located === 'object' ? located?.value : located) ?? '').trim();
