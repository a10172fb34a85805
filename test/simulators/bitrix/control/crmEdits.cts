import { COMPANY, CONTACT, DEAL, ownerKey, type CrmEntity } from '../crm/entities.cts';
import { multifieldsOf } from '../crm/multifields.cts';
import { setRows, type ProductRowDraft } from '../crm/productRows.cts';
import type { CrmRow, MultifieldType } from '../crm/rows.cts';
import { addObject, deleteObject, updateObject, type Author } from '../crm/writes.cts';
import type { Portal } from '../portal.cts';
import type { Params } from '../wire/params.cts';

/** What a person does to a deal in CRM's own pages. Without `id` a new deal is made. */
export interface DealEdit {
	id?: number;
	delete?: boolean;
	stageId?: string;
	title?: string;
	comments?: string;
	/** Roubles: from now on the sum is kept by hand. */
	opportunity?: number;
	categoryId?: number;
	companyId?: number;
	contactIds?: number[];
	responsible?: number;
	/** All lines; prices in roubles with VAT. */
	rows?: Array<{ productId?: number; name?: string; price: number; quantity?: number; taxRate?: number }>;
}

/** What a person does to a contact or company. */
export interface CustomerEdit {
	contact?: number;
	company?: number;
	/** Instead of the first one that is there; empty = it is deleted. */
	phone?: string;
	email?: string;
	name?: string;
	lastName?: string;
	/** Of a company. */
	title?: string;
	delete?: boolean;
}

const MANAGER = 2;

const authorOf = (portal: Portal): Author => ({ portal, userId: MANAGER, source: 'person', form: 'legacy' });

/** One hit, however much it changes. Throws when there is no such deal. Returns the deal as it is (or was). */
export const editDeal = (portal: Portal, edit: DealEdit): CrmRow =>
	portal.changes.during({ user: MANAGER }, () => editedDeal(portal, edit));

/** Likewise. Throws when there is no such contact or company. */
export const editCustomer = (portal: Portal, edit: CustomerEdit): CrmRow =>
	portal.changes.during({ user: MANAGER }, () => editedCustomer(portal, edit));

function editedDeal(portal: Portal, edit: DealEdit): CrmRow {
	const author = authorOf(portal);
	const known = edit.id === undefined ? undefined : rowOf(portal, DEAL, edit.id);
	if (known && edit.delete) {
		deleteObject(author, DEAL, known);
		return known;
	}
	const fields = given(dealFields(edit));
	const rows = edit.rows?.map(readRow);
	if (known) {
		if (rows) setRows(portal, DEAL, known, rows);
		return updateObject(author, DEAL, known, fields);
	}
	const made = addObject(author, DEAL, fields);
	if (rows) setRows(portal, DEAL, made, rows);
	return rowOf(portal, DEAL, made.id);
}

function dealFields(edit: DealEdit): Params {
	const { stageId, title, comments, opportunity, categoryId, companyId, contactIds, responsible } = edit;
	return {
		STAGE_ID: stageId,
		TITLE: title,
		COMMENTS: comments,
		CATEGORY_ID: categoryId,
		COMPANY_ID: companyId,
		CONTACT_IDS: contactIds,
		ASSIGNED_BY_ID: responsible,
		...(opportunity !== undefined && { OPPORTUNITY: opportunity, IS_MANUAL_OPPORTUNITY: 'Y' }),
	};
}

const readRow = (row: NonNullable<DealEdit['rows']>[number], index: number): ProductRowDraft => ({
	productId: row.productId ?? 0,
	...(row.name !== undefined && { productName: row.name }),
	price: row.price,
	quantity: row.quantity ?? 1,
	discountTypeId: 2,
	discountRate: 0,
	discountSum: 0,
	taxRate: row.taxRate ?? null,
	taxIncluded: 'Y',
	sort: (index + 1) * 10,
});

function editedCustomer(portal: Portal, edit: CustomerEdit): CrmRow {
	const author = authorOf(portal);
	const [entity, id] =
		edit.contact === undefined ? ([COMPANY, edit.company ?? 0] as const) : ([CONTACT, edit.contact] as const);
	const row = rowOf(portal, entity, id);
	if (edit.delete) {
		deleteObject(author, entity, row);
		return row;
	}
	const instead = (typeId: MultifieldType, value: string | undefined): Params => {
		const first = multifieldsOf(portal, ownerKey(entity, id)).find((known) => known.typeId === typeId);
		return value === undefined
			? {}
			: { [typeId]: [{ VALUE: value, ...(first && { ID: first.id, VALUE_TYPE: first.valueType }) }] };
	};
	const names = given({ NAME: edit.name, LAST_NAME: edit.lastName, TITLE: edit.title });
	return updateObject(author, entity, row, { ...instead('PHONE', edit.phone), ...instead('EMAIL', edit.email), ...names });
}

const given = (fields: Params): Params =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function rowOf(portal: Portal, entity: CrmEntity, id: number): CrmRow {
	const row = entity.table(portal).get(id);
	if (!row) throw new RangeError(`There is no ${entity.announced} ${id}`);
	return row;
}
