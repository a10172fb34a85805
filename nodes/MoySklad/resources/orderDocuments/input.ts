import type { IExecuteFunctions } from 'n8n-workflow';
import { readDocumentsLink, readOrderLink, type DocumentsLink, type OrderLink, type WriteResult } from '../../../../core';
import { caught } from '../../../shared/errors';
import { sha1 } from '../../../shared/sha1';
import { unreadable } from '../customerOrderFromBitrix/input';
import { orderKey, type Identified } from '../customerOrderFromBitrix/task';
import { documentsKey } from './task';

/** The memories that come with an order: of its documents, and of the customer order itself. */
export interface Links {
	link: DocumentsLink | undefined;
	orderLink: OrderLink | undefined;
}

/** An item as a task, or its result when it is no order or has a link that is not its own. */
export function readTask<Subject extends Identified, Task>(
	context: IExecuteFunctions,
	item: number,
	readOrder: () => Subject,
	make: (order: Subject, links: Links) => Task,
): Task | WriteResult {
	let order: Subject | undefined;
	try {
		order = readOrder();
		return make(order, linksOf(context, item, order));
	} catch (error) {
		return unreadable(caught(error), order ? documentsKey(sha1, order) : '', order?.id ?? null);
	}
}

/** Throws ORDER_LINK_INVALID. */
function linksOf(context: IExecuteFunctions, item: number, order: Identified): Links {
	const json = context.getInputData()[item]?.json ?? {};
	const { flow } = order.source;
	const link: unknown = context.getNodeParameter('options.link', item, json.documentsLink ?? null);
	const orderLink: unknown = context.getNodeParameter('options.orderLink', item, json.link ?? null);
	return {
		link: readDocumentsLink(link, { key: documentsKey(sha1, order), flow }),
		orderLink: readOrderLink(orderLink, { key: orderKey(sha1, order), flow }),
	};
}
