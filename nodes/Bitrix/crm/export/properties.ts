import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { ownerPropertiesFor } from '../../orders/readingProperties';
import { cursorProperty, startDateProperty } from '../../orders/exportProperties';
import { bitrixId } from '../parameters/common';
import { idIn, reader } from '../settings';

/** A list of several entries; their description is fixed by n8n's rules, so hints stand beside it. */
const several = (displayName: string, name: string, loadOptionsMethod: string): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod },
	default: [],
	description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
});

const pipelines = (hint: string): INodeProperties => ({ ...several('Pipeline Names or IDs', 'pipelines', 'getPipelines'), hint });

const stages = (hint: string): INodeProperties => ({ ...several('Stage Names or IDs', 'stages', 'getStages'), hint });

export const dealOwnerProperties = ownerPropertiesFor('deals');

export const exportProperties: INodeProperties[] = [
	...dealOwnerProperties,
	cursorProperty,
	startDateProperty,
	stages('Only deals that are in one of these stages are exported; in all of them when empty. Choose the later ones too: a deal that has passed through a stage between two runs is seen where it is.'),
	pipelines('Only deals of these pipelines are exported; of all of them when empty.'),
	locator({
		displayName: 'Catalog',
		name: 'catalog',
		searchListMethod: 'catalogs',
		description: 'The catalog of goods in which the XML_IDs of rows are looked up. Lines have no keys when empty, and their goods are not found.',
		typed: bitrixId('17'),
	}),
	{
		displayName: 'Deals per Page',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: 200,
		description: 'How many deals one run exports at most',
	},
	{
		displayName: 'First Import',
		name: 'firstImport',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		description: 'What is different until the first pass over the deals is done. It ends with a statistic in the item of the output Cursor.',
		options: [
			{
				displayName: 'Days Back',
				name: 'daysBack',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 3650 },
				default: 30,
				description: 'Deals that were made in the last so many days are exported; takes the place of Start Date',
			},
			pipelines('Pipelines of the first import, if others than afterwards.'),
			stages('Stages of the first import, if others than afterwards.'),
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Include Deals Born Elsewhere',
				name: 'bornElsewhere',
				type: 'boolean',
				default: false,
				description: 'Whether deals are exported that came from another system. Those that came from MoySklad never are.',
			},
			{
				displayName: 'Include Deals of Store Orders',
				name: 'storeOrders',
				type: 'boolean',
				default: false,
				description: 'Whether deals are exported that belong to an order of the store. Bitrix Order Export exports that order: with both there would be two customer orders.',
			},
			{
				displayName: 'Origin',
				name: 'originator',
				type: 'string',
				default: 'MOYSKLAD',
				description: 'The ORIGINATOR_ID of deals that came from MoySklad; the same as where they are written',
			},
			{
				displayName: 'Overlap (Minutes)',
				name: 'overlap',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: 10,
				description: 'How far each export reaches back behind the one before, for changes that become visible late. What was exported already is left out.',
			},
		],
	},
];

/** In which pipelines and stages; all when empty. */
export interface Places {
	pipelines: number[];
	stages: string[];
}

export interface ExportSettings extends Places {
	catalog: number | undefined;
	first: Places & { daysBack: number | undefined };
	bornElsewhere: boolean;
	storeOrders: boolean;
	originator: string;
}

interface Chosen {
	pipelines?: Array<string | number>;
	stages?: string[];
	daysBack?: number;
}

export function readExportSettings(context: IExecuteFunctions): ExportSettings {
	const read = reader(context);
	const options = read<{ bornElsewhere?: boolean; storeOrders?: boolean; originator?: string }>('options', {});
	const places = placesOf({ pipelines: read('pipelines', []), stages: read('stages', []) });
	const first = read<Chosen>('firstImport', {});
	const firstPlaces = placesOf(first);
	return {
		...places,
		catalog: idIn(read('catalog', '')),
		first: {
			daysBack: first.daysBack,
			pipelines: firstPlaces.pipelines.length > 0 ? firstPlaces.pipelines : places.pipelines,
			stages: firstPlaces.stages.length > 0 ? firstPlaces.stages : places.stages,
		},
		bornElsewhere: options.bornElsewhere ?? false,
		storeOrders: options.storeOrders ?? false,
		originator: options.originator?.trim() || 'MOYSKLAD',
	};
}

const placesOf = ({ pipelines: some = [], stages: others = [] }: Chosen): Places => ({ pipelines: some.map(Number), stages: others.map(String) });
