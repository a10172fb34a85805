import { checkFinding, type CheckFinding } from './finding';

const ADMINISTRATOR = 'administrator';

/**
 * Whom the documentation of Bitrix lets write. Nothing tells over REST whether a user has such a right, and a call that tries it may
 * leave something behind: `*.add` with nothing makes an empty record in CRM, and an id that is nobody's is refused before rights are looked at.
 */
const WRITERS: Record<string, string> = {
	'catalog.product.add': ADMINISTRATOR,
	'catalog.product.update': ADMINISTRATOR,
	'catalog.section.add': ADMINISTRATOR,
	'catalog.price.add': 'to change the sale price of goods',
	'catalog.price.update': 'to change the sale price of goods',
	'catalog.document.add': 'to make and edit inventory documents',
	'catalog.document.element.add': 'to make and edit inventory documents',
	'catalog.document.conduct': 'to conduct inventory documents, and to see their stores',
	'sale.order.update': ADMINISTRATOR,
	'crm.deal.add': 'to add deals',
	'crm.deal.update': 'to change deals',
	'crm.contact.add': 'to add contacts',
	'crm.contact.update': 'to change contacts',
	'crm.company.add': 'to add companies',
	'crm.company.update': 'to change companies',
};

/** What a user who is no administrator may not be able to write. `methods`: those that the flows write with, and that are there. */
export function writeFindings(methods: readonly string[], admin: boolean): CheckFinding[] {
	if (admin) return [];
	const reserved = methods.filter((method) => WRITERS[method] === ADMINISTRATOR);
	const rights = [...new Set(methods.flatMap((method) => WRITERS[method] ?? []))].filter((right) => right !== ADMINISTRATOR);
	return [
		...(reserved.length > 0 ? [checkFinding('bitrix', 'warning', 'CHECK_WRITE_ADMIN', { methods: reserved.join(', ') })] : []),
		...(rights.length > 0 ? [checkFinding('bitrix', 'warning', 'CHECK_WRITE_UNSEEN', { rights: rights.join('; ') })] : []),
	];
}
