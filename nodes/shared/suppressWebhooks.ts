import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { invalidValue } from '../../core';
import { locator } from './locator';
import type { MoySkladOptions } from './moySklad';

/** The option of nodes that write to MoySklad by which they do not start their own trigger (rule W4). Its list is `webhooks` of `moySkladLists`. */
export const suppressWebhooksOption: INodeProperties = locator({
	displayName: 'Do Not Trigger Webhooks Below',
	name: 'suppressWebhooks',
	searchListMethod: 'webhooks',
	description: 'Webhooks whose address begins with this one are not called for what this node writes. Choose the trigger of this very flow, so that it does not start itself; other flows still hear of the change.',
	typed: { displayName: 'By Address', placeholder: 'e.g. https://n8n.example.com/webhook/1f6c…' },
});

/** What that option says. Throws MOYSKLAD_VALUE_INVALID. Nodes that write many items in one call ask for the first one's. */
export function suppressedBy(context: IExecuteFunctions, item = 0): MoySkladOptions {
	const address = String(context.getNodeParameter('options.suppressWebhooks', item, '', { extractValue: true })).trim();
	if (address === '') return {};
	// MoySklad wants a scheme and a host; a header takes no other letters.
	if (!/^https?:\/\/[\x21-\x7e]+$/i.test(address)) throw invalidValue(suppressWebhooksOption.displayName, 'an address', address);
	return { disableByPrefix: address };
}
