import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { conflictPolicyProperty, type Sides } from '../../../../shared/fieldPolicies';
import { locator } from '../../../../shared/locator';
import { rowsProperty } from '../../../../shared/rowsProperty';

/** How the sides of these flows are called. */
export const INTO_STORE: Sides = { source: 'MoySklad', target: 'the store' };

/** How positions become lines. */
export const linesProperties = {
	policy: conflictPolicyProperty({
		name: 'lines',
		displayName: 'Lines',
		sides: INTO_STORE,
		default: 'off',
		more: [{ name: 'Off', value: 'off', description: 'Lines are left alone' }],
		description: 'Whether changed positions of the customer order become lines of the order, and by which conflict policy when both sides changed them since the last run. Orders that are paid, shipped or cancelled keep their lines.',
	}),
	more: (displayOptions: IDisplayOptions): INodeProperties[] => [
		{
			displayName: 'Unknown Goods',
			name: 'unknownGoods',
			type: 'options',
			options: [
				{ name: 'Free Line', value: 'free', description: 'A line that is only a name and a price' },
				{ name: 'Leave Lines', value: 'stop', description: 'The lines of the order are left alone, and a new order is not made' },
			],
			default: 'stop',
			description: 'What to do with goods that the store does not have',
			displayOptions,
		},
		rowsProperty({
			displayName: 'Delivery as Service',
			name: 'deliveryServices',
			row: 'Service',
			description: 'Services of MoySklad that stand for the delivery: their sum is the price of the delivery, and they are no lines',
			values: [locator({ displayName: 'Service', name: 'one', searchListMethod: 'services' })],
		}),
	],
};
