import type { INodeProperties } from 'n8n-workflow';
import type { Include } from '../../../transport';

/** A list inside an object that is entered row by row, e.g. prices or positions. */
export interface Rows {
	/** MoySklad's field that is written. */
	field: string;
	property: INodeProperties;
	/** The rows as MoySklad takes them. Throws MOYSKLAD_VALUE_INVALID. */
	toBody(rows: Array<Record<string, unknown>>): unknown[];
}

/** What is particular to one kind of object. */
export interface EntityKind {
	/** Stored in workflows: never to be changed. */
	value: string;
	/** MoySklad's keyword. */
	entity: string;
	/** In title case, as MoySklad's English interface calls one of them. */
	name: string;
	/** In sentence case. */
	plural: string;
	/** What can be put in the place of links. */
	includes: Include[];
	rows?: Rows[];
	/** Entities whose events are taken and whose changes are listed; the kind's own by default. */
	entities?: string[];
}

export const entitiesOf = ({ entity, entities }: EntityKind): string[] => entities ?? [entity];

export const singular = ({ name }: EntityKind): string => name.toLowerCase();
