import type { Portal } from '../portal.cts';
import { plainError, RestError } from '../wire/restError.cts';
import { moveAmount, roundQuantity, storeProductOf } from './stock.cts';
import { ITEM_TYPE, type DocumentElementRow, type DocumentRow } from './rows.cts';

/** The documents of inventory management, and which stores their lines name. */
export const DOCUMENT_TYPES: Record<string, { name: string; takes: boolean; gives: boolean }> = {
	A: { name: 'Приход', takes: false, gives: true },
	S: { name: 'Оприходование', takes: false, gives: true },
	M: { name: 'Перемещение', takes: true, gives: true },
	R: { name: 'Возврат', takes: false, gives: true },
	D: { name: 'Списание', takes: true, gives: false },
};

/** Books a draft: from now on the amounts in the stores are changed. Throws, and changes nothing, when a line is wrong. */
export function conduct(portal: Portal, document: DocumentRow, userId: number): void {
	if (portal.inventory !== 'Y') throw plainError('Inventory management is not enabled');
	if (document.status === 'Y') throw plainError('Document is already conducted');
	if (document.docType === 'A' && document.contractorId === null && portal.edition !== 'site')
		throw refusal('no supplier is given');
	const lines = linesOf(portal, document);
	if (lines.length === 0) throw refusal('there are no products');
	for (const line of lines) checkLine(portal, document, line);
	for (const line of lines) if (DOCUMENT_TYPES[document.docType]?.takes) checkEnough(portal, line.storeFrom, line, lines);
	for (const line of lines) apply(portal, document, line, 1);
	setStatus(portal, document, 'Y', userId);
}

/** Takes a booked document back. Throws when what it brought is gone. */
export function cancel(portal: Portal, document: DocumentRow, userId: number): void {
	if (portal.inventory !== 'Y') throw plainError('Inventory management is not enabled');
	if (document.status !== 'Y') throw plainError('Document is not conducted');
	const lines = linesOf(portal, document);
	for (const line of lines) if (DOCUMENT_TYPES[document.docType]?.gives) checkEnough(portal, line.storeTo, line, lines);
	for (const line of lines) apply(portal, document, line, -1);
	setStatus(portal, document, 'N', userId);
}

export const linesOf = (portal: Portal, { id }: DocumentRow): DocumentElementRow[] =>
	portal.store.documentElements.where('docId', id);

function checkLine(portal: Portal, { docType }: DocumentRow, line: DocumentElementRow): void {
	const { elements, stores } = portal.store;
	const type = DOCUMENT_TYPES[docType];
	const element = elements.get(line.elementId);
	if (!element) throw refusal(`product ${line.elementId} is not found`);
	if (element.type === ITEM_TYPE.service) throw refusal('services are not allowed');
	if (element.type === ITEM_TYPE.skuParent || element.type === ITEM_TYPE.emptySkuParent)
		throw refusal('a product with variations has no stock');
	if (!(line.amount > 0)) throw refusal('the amount is not above zero');
	if (type?.takes && !stores.get(line.storeFrom ?? 0)) throw refusal('the outgoing store is not given');
	if (type?.gives && !stores.get(line.storeTo ?? 0)) throw refusal('the incoming store is not given');
}

function checkEnough(
	portal: Portal,
	storeId: number | null,
	{ elementId }: DocumentElementRow,
	lines: readonly DocumentElementRow[],
): void {
	const same = lines.filter(
		(line) => line.elementId === elementId && (line.storeFrom === storeId || line.storeTo === storeId),
	);
	const needed = roundQuantity(same.reduce((sum, { amount }) => sum + amount, 0));
	if (storeProductOf(portal, elementId, storeId ?? 0).amount < needed)
		throw refusal(`there is not enough of product ${elementId} in store ${storeId}`);
}

function apply(portal: Portal, document: DocumentRow, line: DocumentElementRow, sign: 1 | -1): void {
	const type = DOCUMENT_TYPES[document.docType];
	if (type?.takes && line.storeFrom !== null) moveAmount(portal, line.elementId, line.storeFrom, -sign * line.amount);
	if (type?.gives && line.storeTo !== null) moveAmount(portal, line.elementId, line.storeTo, sign * line.amount);
	const setsPrice = sign === 1 && !type?.takes && line.purchasingPrice !== null;
	if (setsPrice)
		portal.store.elements.update(line.elementId, {
			purchasingPrice: line.purchasingPrice,
			purchasingCurrency: document.currency,
		});
}

function setStatus(portal: Portal, { id }: DocumentRow, status: 'Y' | 'N', statusBy: number): void {
	const now = portal.now();
	portal.store.documents.update(id, {
		status,
		statusBy,
		dateStatus: now,
		dateModify: now,
		wasCancelled: status === 'N' ? 'Y' : 'N',
	});
}

const refusal = (reason: string): RestError => plainError(`Error of conducting document: ${reason}`);
