import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../shared/locator';

/** Which part of the assortment belongs on the site (rule C3). */
export const scopeProperty: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'collection',
	placeholder: 'Add Condition',
	default: {},
	description: 'Which items belong on the site; all of them without a condition. What leaves the scope is treated like archived items.',
	options: [
		locator({
			displayName: 'Checkbox',
			name: 'checkbox',
			searchListMethod: 'moySkladCheckboxes',
			description: 'An additional field of the kind checkbox that has to be ticked, e.g. “On the site”',
		}),
		{
			displayName: 'Folders',
			name: 'folders',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Folder',
			description: 'Folders of MoySklad with everything below them',
			options: [
				{
					displayName: 'Folder',
					name: 'row',
					values: [locator({ displayName: 'Folder', name: 'folder', searchListMethod: 'productFolders' })],
				},
			],
		},
		{
			displayName: 'Kinds',
			name: 'kinds',
			type: 'multiOptions',
			options: [
				{ name: 'Bundle', value: 'bundle' },
				{ name: 'Product', value: 'product' },
				{ name: 'Service', value: 'service' },
				{ name: 'Variant', value: 'variant' },
			],
			default: [],
			description: 'Kinds of items; all of them when empty',
		},
		{
			displayName: 'With Price Only',
			name: 'pricedOnly',
			type: 'boolean',
			default: false,
			description: 'Whether items whose base price is 0 are out of scope; products with variants are judged by these',
		},
	],
};
