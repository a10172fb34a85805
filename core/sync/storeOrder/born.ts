import { syncId, type Sha1 } from '../syncId';

/** A store and how ids are derived from its own. */
export interface StoreIds {
	siteKey: string;
	sha1: Sha1;
}

/** A document of MoySklad as far as it can say where it comes from. */
interface Sourced {
	kind: string;
	externalCode: string | null;
	syncId: string | null;
}

/**
 * What of the store a document was made from: `order`, or the id of its payment or shipment; null for documents that were born in MoySklad.
 * Its external code says so, and its derived syncId, where it has one, must agree (rule I5).
 */
export function bornIn({ kind, externalCode, syncId: given }: Sourced, { siteKey, sha1 }: StoreIds): string | null {
	const prefix = `bitrix:${siteKey}:`;
	if (!externalCode?.startsWith(prefix)) return null;
	const [, entity = '', sourceId = ''] = /^(order|payment|shipment):(.+?)(?::withdrawn)?$/.exec(externalCode.slice(prefix.length)) ?? [];
	if (sourceId === '') return null;
	if (given !== null && given !== syncId(sha1, { siteKey, documentType: kind, sourceEntity: entity, sourceId })) return null;
	return entity === 'order' ? entity : (sourceId.split('/', 1)[0] ?? sourceId);
}
