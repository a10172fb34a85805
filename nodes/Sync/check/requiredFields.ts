import { checkFinding, CRM_RECORDS, hasDefault, readCrmFields, requiredOrderProperties, requiredRecordFields, type Catalog, type CheckFinding, type CrmRecordKind } from '../../../core';
import { readAllRows, readAttributeDefinitions, type Batches, type BitrixClient, type MoySkladClient } from '../../../transport';
import { readSaleBooks } from '../../Bitrix/orders/books';

/** Properties of goods and offers that have to be filled. One with a default is filled by Bitrix itself. */
export async function ofCatalogs(batches: Batches, catalogs: readonly Catalog[]): Promise<CheckFinding[]> {
	const found: CheckFinding[] = [];
	for (const { iblockId, name: catalog } of catalogs) {
		const rows = await readAllRows(batches, { method: 'catalog.productProperty.list', rows: 'productProperties', parameters: { filter: { iblockId } } }, 1);
		const required = rows.filter(({ isRequired, active, defaultValue }) => isRequired === 'Y' && active !== 'N' && !hasDefault(defaultValue));
		found.push(...required.map(({ name }) => checkFinding('bitrix', 'warning', 'CHECK_REQUIRED_PROPERTY', { catalog, property: String(name) })));
	}
	return found;
}

/** Properties of orders that have to be filled, of the payer types that are in use. */
export async function ofOrders(batches: Batches): Promise<CheckFinding[]> {
	const read = async (method: string, rows: string, filter: Record<string, string>) => await readAllRows(batches, { method, rows, parameters: { filter } }, 1);
	const required = await read('sale.property.list', 'properties', { '=required': 'Y' });
	if (required.length === 0) return [];
	const unused = await read('sale.persontype.list', 'personTypes', { '=active': 'N' });
	return requiredOrderProperties(await readSaleBooks(batches), required, unused);
}

/** Whose additional fields fill the user fields of a kind of records. */
const SOURCES: Record<CrmRecordKind, string> = { deal: 'customerorder', contact: 'counterparty', company: 'counterparty' };

/** User fields of the CRM that have to be filled. `moySklad`: undefined where nobody looks at it. */
export async function ofRecords(client: BitrixClient, moySklad: MoySkladClient | undefined): Promise<CheckFinding[]> {
	const found: CheckFinding[] = [];
	for (const record of Object.keys(CRM_RECORDS) as CrmRecordKind[]) {
		const fields = readCrmFields(await client.read(`crm.${record}.fields`));
		const attributes = moySklad ? await readAttributeDefinitions(moySklad, SOURCES[record]) : [];
		found.push(...requiredRecordFields(record, fields, attributes));
	}
	return found;
}
