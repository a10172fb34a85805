import type { INodeProperties } from 'n8n-workflow';
import { exchangeOptions } from '../../../../shared/exchangeProperties';
import { locator } from '../../../../shared/locator';
import { optionsNamed } from '../../parameters/options';

const anId = (displayName: string, name: string, description: string): INodeProperties => ({ displayName, name, type: 'string', default: '', description });

const OWN: INodeProperties[] = [
	{
		displayName: 'Catalog IDs',
		name: 'catalogIds',
		type: 'fixedCollection',
		default: {},
		placeholder: 'Enter IDs',
		description: 'Under which external codes (XML_ID) and names the catalog lies on the site. What stays empty is as in the exchange of MoySklad itself, so that a site that was fed by it keeps its goods. Never change them later: everything would be made anew.',
		options: [
			{
				displayName: 'IDs',
				name: 'row',
				values: [
					anId('Catalog ID', 'catalogId', 'External code of the block of goods'),
					anId('Catalog Name', 'catalogName', 'The site gives the block this name on every import'),
					anId('Classifier ID', 'classifierId', 'That of the catalog when empty'),
					anId('Classifier Name', 'classifierName', 'Shown nowhere on most sites'),
					anId('Offers ID', 'packageId', 'External code of the block of offers; that of the catalog with # when empty'),
					anId('Offers Name', 'packageName', 'The site gives the block of offers this name on every import'),
				],
			},
		],
	},
	{
		displayName: 'Directories on the Site',
		name: 'directories',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Brand',
		description: 'Additional fields and characteristics of MoySklad, by name or ID, one a line, whose property on the site has its values in a directory (highload block). The ID of an element in MoySklad has to be its UF_XML_ID there: new directories and new values of them are made on the site. Other fields with values to choose from become list properties.',
	},
	{
		displayName: 'Hidden on the Site',
		name: 'hidden',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. a key or MoySklad ID on each line',
		description: 'What somebody hid on the site by hand, as keys or IDs of MoySklad, one a line or as a list that an expression gives. It is not sent, because the site shows again whatever is sent.',
	},
	locator({
		displayName: 'Hidden on the Site: Checkbox',
		name: 'hiddenCheckbox',
		searchListMethod: 'moySkladCheckboxes',
		description: 'An additional field of the kind checkbox in MoySklad that says the same of a product and its variants',
	}),
	{
		displayName: 'Days of Orders That Reserve',
		name: 'reserveDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 90,
		description: 'How far back open orders of Sales Channel of This Store are looked for',
	},
	{
		displayName: 'Flow of Upsert Items',
		name: 'itemFlow',
		type: 'string',
		default: 'catalog',
		description: 'Flow Name of the node whose links tell the keys of the items',
	},
	{
		displayName: 'Keep Files',
		name: 'keepFiles',
		type: 'boolean',
		default: false,
		description: 'Whether the XML that was sent is added to the first item as binary data, to look what went wrong',
	},
	{
		displayName: 'Send Everything Again',
		name: 'resend',
		type: 'boolean',
		default: false,
		description: 'Whether everything is sent, and taken in by the site, although its link says that it has not changed: after somebody edited the site, or its data was restored',
	},
	{
		displayName: 'Zip',
		name: 'zip',
		type: 'boolean',
		default: true,
		description: 'Whether files go as an archive when the site asks for one. A site that asks takes nothing else, so that the run fails without it.',
	},
];

const COMMON = ['catalogIds', 'keepFiles', 'resend', 'zip'];

/** *Options* of an operation over the exchange: those that all have, and some of its own or of REST. */
export function exchangeOptionsProperty(...names: string[]): INodeProperties {
	const options = [...optionsNamed(...names), ...exchangeOptions, ...OWN.filter(({ name }) => COMMON.includes(name) || names.includes(name))];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: options.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}
