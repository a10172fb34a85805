import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { attributesByName, simplified } from '../../../../core';
import { Related, type Entity, type Include, type MoySkladClient } from '../../../../transport';
import { optionsProperty } from '../../../shared/properties';
import type { EntityKind } from '../entityKind';

const INCLUDE_NAMES: Record<Include, { name: string; description?: string }> = {
	agent: { name: 'Counterparty' },
	components: { name: 'Components', description: 'The list of a bundle with its products; 100 bundles a call' },
	country: { name: 'Country' },
	images: { name: 'Pictures', description: 'The list of pictures, without their contents; 100 objects a call' },
	positions: { name: 'Positions', description: 'The lines of the document with their products; 100 documents a call' },
	product: { name: 'Product of Variant', description: 'With its own folder, unit and so on, as far as they are chosen here' },
	productFolder: { name: 'Product Folder', description: 'With all folders above it' },
	state: { name: 'State' },
	supplier: { name: 'Supplier' },
	uom: { name: 'Unit of Measure' },
};

/** Which links are replaced by the objects they lead to. */
export function includeProperty({ includes }: EntityKind): INodeProperties[] {
	const options = includes.map((value) => ({ value, ...INCLUDE_NAMES[value] })).sort((one, other) => one.name.localeCompare(other.name));
	if (options.length === 0) return [];
	const property: Omit<INodeProperties, 'type'> = {
		displayName: 'Include',
		name: 'include',
		options,
		default: [],
		description: 'What is put in the place of links, where MoySklad itself would expand it. Read in bulk: a few calls, however many objects there are.',
	};
	return [{ ...property, type: 'multiOptions' }];
}

export const simplifyOption: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data. Other nodes of this package need the raw data.',
};

export const attributesByNameOption: INodeProperties = {
	displayName: 'Attributes by Name',
	name: 'attributesByName',
	type: 'boolean',
	default: false,
	description: 'Whether to add attributesByName: the values of additional fields under their names',
};

/** The options of reads that have no others. */
export const outputOptionsProperty: INodeProperties = optionsProperty([attributesByNameOption, simplifyOption]);

/** How objects leave the node. */
export interface OutputOptions {
	include: Include[];
	simplify?: boolean;
	attributesByName?: boolean;
}

/** What an item's parameters say about it, with the other options of the operation. */
export const readOptions = <Options>(context: IExecuteFunctions, item: number): Options & OutputOptions => ({
	...(context.getNodeParameter('options', item, {}) as Options),
	include: context.getNodeParameter('include', item, []) as Include[],
});

/** Objects on their way out: what they are to include is read once for all items of a run. */
export class Output {
	private readonly related: Related;

	constructor(client: MoySkladClient) {
		this.related = new Related(client);
	}

	/** The rows are changed in place: they were read for this. */
	async of(rows: Entity[], { include, simplify = false, attributesByName: byName = false }: OutputOptions): Promise<IDataObject[]> {
		await this.related.attach(rows, include);
		if (simplify) return rows.map(simplified) as IDataObject[];
		return (byName ? rows.map((row) => ({ ...row, attributesByName: attributesByName(row.attributes) })) : rows) as IDataObject[];
	}
}
