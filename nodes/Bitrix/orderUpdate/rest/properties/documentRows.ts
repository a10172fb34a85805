import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../../../shared/locator';

interface DocumentRow {
	/** What is looked at: a payment, a shipment. */
	what: string;
	/** The live list of its additional fields, and an example of one. */
	attributes: string;
	example: string;
	/** What fits documents get: how it is called, and its live list. */
	target: string;
	targets: string;
}

/** The columns of a row by which documents of MoySklad get something of the store. */
export const documentRow = ({ what, attributes, example, target, targets }: DocumentRow): INodeProperties[] => [
	locator({
		displayName: 'Additional Field',
		name: 'attribute',
		searchListMethod: attributes,
		description: `An additional field of the ${what}; any ${what} when empty`,
		typed: { displayName: 'By ID or Name', placeholder: `e.g. ${example}` },
	}),
	{ displayName: 'Value of the Field', name: 'value', type: 'string', default: '', description: 'What the additional field says; anything when empty' },
	{
		displayName: `${target} Name or ID`,
		name: 'target',
		type: 'options',
		typeOptions: { loadOptionsMethod: targets },
		default: '',
		description: 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
];
