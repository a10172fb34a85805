import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';
import { subWorkflowOption } from '../../../shared/subWorkflow';
import { failAfterAllOption } from '../../../shared/writeOutputs';
import { BITRIX_ID } from './target';

const OPTIONS: INodeProperties[] = [
	{
		displayName: 'Create Article and Barcode Properties',
		name: 'codedProperties',
		type: 'boolean',
		default: false,
		description: 'Whether the properties CML2_ARTICLE and CML2_BAR_CODE, which the 1C exchange uses too, are made when they are missing. When they are there they are always filled.',
	},
	{
		displayName: 'Currency of Documents',
		name: 'documentCurrency',
		type: 'string',
		default: 'RUB',
		description: 'Code in Bitrix of the currency that inventory documents have to name; they carry no sums',
	},
	failAfterAllOption,
	{
		displayName: 'Fewest Items to Stop For',
		name: 'fewestEmptied',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Below so many emptied items Largest Share to Empty does not stop the run, since of few items many may be sold out',
	},
	{
		displayName: 'Flow Name',
		name: 'flow',
		type: 'string',
		default: 'catalog',
		description: 'Name under which the links of this flow are kept, so that two flows over the same items do not mix their memories',
	},
	{
		displayName: 'Hide Sections Without a Folder',
		name: 'hideMissingSections',
		type: 'boolean',
		default: false,
		description: 'Whether sections with an XML_ID that none of the items has are deactivated. The items must be all folders of MoySklad.',
	},
	{
		displayName: 'Keep the MoySklad ID in Bitrix',
		name: 'keepIds',
		type: 'boolean',
		default: true,
		description: 'Whether the properties MOYSKLAD_ID and MOYSKLAD_HIDDEN are made when they are missing. Without them deleted items and changed keys are not found, and what was hidden is never shown again.',
	},
	{
		displayName: 'Largest Share to Empty, Percent',
		name: 'largestEmptied',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 30,
		description: 'When more of the items that can be bought now would be set to zero, nothing is written: then rather the stores are the wrong ones',
	},
	{
		displayName: 'Largest Share to Hide, Percent',
		name: 'largestShare',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		description: 'When more is missing, nothing is written: then the list of what is there is rather incomplete',
	},
	{
		displayName: 'Products That Get Variants',
		name: 'becameSku',
		type: 'options',
		options: [
			{ name: 'Report', value: 'report', description: 'Hand the product and its variants to Failed' },
			{ name: 'Replace by SKU', value: 'replace', description: 'Build a product with offers beside it, then hide the old one. All variants must be among the items.' },
		],
		default: 'report',
		description: 'What to do when a product that is in Bitrix without offers has variants in MoySklad now: Bitrix cannot turn one into the other',
	},
	{
		displayName: 'Re-Activate Sections',
		name: 'showSectionsAgain',
		type: 'boolean',
		default: false,
		description: 'Whether hidden sections are shown again when their folder is not archived',
	},
	locator({
		displayName: 'Section for Items Without a Folder',
		name: 'defaultSection',
		searchListMethod: 'sections',
		typed: BITRIX_ID,
	}),
	subWorkflowOption('Gets an item for each item with its key and the fields that would be compared, and gives them back, changed as you like. A field that is taken out is left alone.'),
	{
		displayName: 'Store Pairs From an Expression',
		name: 'storePairs',
		type: 'json',
		default: '',
		description: 'A list of pairs { from, to }, such as the wizard keeps them: IDs of stores in MoySklad and in Bitrix. With By Store it counts where no pair is added to the Store Map.',
	},
	{
		displayName: 'Take Over Changed Keys',
		name: 'takeOverKeys',
		type: 'boolean',
		default: false,
		description: 'Whether an item that is only found by its MoySklad ID gets the new key, instead of being handed to Failed',
	},
	{
		displayName: 'Unit Pairs From an Expression',
		name: 'unitPairs',
		type: 'json',
		default: '',
		description: 'A list of pairs { fromName, to }, such as the wizard keeps them: names of units in MoySklad, IDs of units in Bitrix. Other units go by their OKEI codes.',
	},
	{
		displayName: 'Unit of Weight in MoySklad',
		name: 'weightUnit',
		type: 'options',
		options: [
			{ name: 'Gram', value: 'gram' },
			{ name: 'Kilogram', value: 'kilogram' },
		],
		default: 'kilogram',
	},
];

/** Some of the options, in the order in which n8n wants them. */
export const optionsNamed = (...names: string[]): INodeProperties[] => OPTIONS.filter(({ name }) => names.includes(name));

/** The collection *Options* with those that an operation knows, in the order in which n8n wants them. */
export const optionsProperty = (...names: string[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: optionsNamed(...names),
});
