import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { siteTime, type Happened, type OrderWish } from '../../../../core';
import { systemClock } from '../../../shared/clock';
import { givenFlag, givenText } from '../given';

/** What can be told of an order. */
export const changesProperty: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'collection',
	default: {},
	placeholder: 'Add Change',
	description: 'What is not chosen here, or comes out empty, stays as it is',
	options: [
		{ displayName: 'Cancellation Reason', name: 'cancelReason', type: 'string', default: '', description: 'The site takes it for the comment of its manager, too' },
		{ displayName: 'Cancelled', name: 'canceled', type: 'boolean', default: false, description: 'Whether the order is cancelled; a cancelled one stays so unless this says otherwise' },
		{ displayName: 'Number in MoySklad', name: 'number1c', type: 'string', default: '={{ $json.name }}', description: 'The site shows it as the number in 1C' },
		{ displayName: 'Paid', name: 'paid', type: 'boolean', default: false, description: 'Whether the order is paid. The exchange cannot take a payment back, nor tell of a part: where an expression gives <code>part</code>, this is only a warning. Where it gives <code>more</code>, the order is paid, and what is too much a warning.' },
		{ displayName: 'Payment Date', name: 'paymentDate', type: 'dateTime', default: '', description: 'The moment of the run when empty' },
		{ displayName: 'Payment Number', name: 'paymentNumber', type: 'string', default: '', description: 'Number of the document of the payment' },
		{ displayName: 'Shipment Date', name: 'shipmentDate', type: 'dateTime', default: '', description: 'The moment of the run when empty' },
		{ displayName: 'Shipment Number', name: 'shipmentNumber', type: 'string', default: '', description: 'Number of the document of the shipment' },
		{
			displayName: 'Shipped',
			name: 'shipped',
			type: 'options',
			options: [
				{ name: 'All of It', value: 'all', description: 'The site allows the delivery, and sets the status that its settings name for it' },
				{ name: 'Nothing', value: 'no' },
				{ name: 'Only a Part', value: 'part', description: 'The exchange cannot tell the site: this is only a warning' },
			],
			default: 'all',
			description: 'How much of the order has been shipped',
		},
		{
			displayName: 'Status Name or ID',
			name: 'status',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getExchangeStatuses' },
			default: '',
			description:
				'Sites take it only where their settings of the exchange allow it. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
	],
};

interface Changes {
	canceled?: unknown;
	cancelReason?: unknown;
	number1c?: unknown;
	paid?: unknown;
	paymentDate?: unknown;
	paymentNumber?: unknown;
	shipped?: unknown;
	shipmentDate?: unknown;
	shipmentNumber?: unknown;
	status?: unknown;
}

/** What the user wishes of the order of an item. Throws ORDER_UPDATE_INVALID. */
export function wishOf(context: IExecuteFunctions, item: number, zone: string): OrderWish {
	const changes = context.getNodeParameter('changes', item, {}) as Changes;
	const overpaid = changes.paid === 'more';
	const paid = changes.paid === 'part' ? 'part' : overpaid || givenFlag(changes.paid);
	const canceled = givenFlag(changes.canceled);
	const shipped = givenText(changes.shipped);
	const [status, cancelReason, number1c] = [givenText(changes.status), givenText(changes.cancelReason), givenText(changes.number1c)];
	return {
		...(status !== '' && { status }),
		...(cancelReason !== '' && { cancelReason }),
		...(number1c !== '' && { number1c }),
		...(canceled !== undefined && { canceled }),
		...(paid !== undefined && { paid: paid === true ? happened(zone, changes.paymentDate, changes.paymentNumber) : paid || 'no' }),
		...(overpaid && { overpaid }),
		...(shipped !== '' && { shipped: shipped === 'all' ? happened(zone, changes.shipmentDate, changes.shipmentNumber) : shipped === 'part' ? 'part' : 'no' }),
	};
}

function happened(zone: string, at: unknown, number: unknown): Happened {
	const { day, time } = siteTime(zone, givenText(at), systemClock.now());
	return { at: `${day}T${time}`, number: givenText(number) };
}

