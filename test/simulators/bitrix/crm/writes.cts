import { DROPPED, internalize } from '../fields/values.cts';
import type { Portal } from '../portal.cts';
import type { Change } from '../store/changes.cts';
import { startOfDay } from '../wire/dates.cts';
import { asInteger, asList, isEmpty, type Params } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import {
	bindingsOf,
	companiesOfContact,
	contactsOf,
	contactsOfCompany,
	forgetCompany,
	forgetContact,
	withPrimary,
	type Binding,
} from './bindings.cts';
import { blankRow } from './blankRow.cts';
import { CONTACT, COMPANY, fieldsOf, ownerKey, type CrmEntity } from './entities.cts';
import { tableOf, type Form, type FormField } from './fields.cts';
import { forgetOwner } from './forget.cts';
import { cutTexts, OBJECT_LENGTHS } from './lengths.cts';
import { keepMultifields, readItemMultifields, readLegacyMultifields, type MultifieldDraft } from './multifields.cts';
import { recalculate } from './productRows.cts';
import { ENTITY_TYPE, MULTIFIELD_TYPES, type CrmRow } from './rows.cts';
import { hasCategory, semanticsOf, stagesOf } from './statuses.cts';
import { readUserValue } from './userFields.cts';

/** Who writes, and in which form he names the fields. */
export interface Author {
	portal: Portal;
	userId: number;
	source: Change['source'];
	form: Form;
	/** In `crm.item.*`: user fields have their own names, not those of the form. */
	originalUfNames?: boolean;
}

/** What a write asks for. */
interface Wish {
	/** By the keys of the row. */
	values: Params;
	contactId?: number;
	contactIds?: number[];
	companyIds?: number[];
	multifields: MultifieldDraft[];
}

/** Adds an object. Unknown and read-only fields are dropped without a word. Throws for values that cannot be. */
export function addObject(author: Author, entity: CrmEntity, fields: Params): CrmRow {
	const { portal, userId } = author;
	const wish = readWish(author, entity, fields, 'add');
	const values = { ...blankRow(portal, entity, userId), ...wish.values };
	check(author, entity, values, wish);
	const table = entity.table(portal);
	const made = table.add(values as Omit<CrmRow, 'id'>);
	const row = table.update(made.id, autoName(entity, made));
	follow(author, entity, row, wish);
	portal.announce(entity.announced, 'add', row.id, author.source);
	return row;
}

/**
 * Changes an object. `crm.item.update` saves and announces nothing where nothing differs; the older form always does.
 */
export function updateObject(author: Author, entity: CrmEntity, row: CrmRow, fields: Params): CrmRow {
	const { portal, userId } = author;
	const wish = readWish(author, entity, fields, 'update');
	const values: Params = { ...wish.values };
	check(author, entity, values, wish, row);
	if (author.form === 'item' && !differs(portal, entity, row, values, wish)) return row;
	const now = portal.now();
	const table = entity.table(portal);
	const updated = table.update(row.id, {
		...values,
		...moved(author, entity, row, values),
		updatedTime: now,
		updatedBy: userId,
	});
	follow(author, entity, updated, wish);
	if (values.isManualOpportunity !== undefined || values.opportunity !== undefined) recalculate(portal, entity, row.id);
	portal.announce(entity.announced, 'update', row.id, author.source);
	return table.get(row.id) ?? updated;
}

/** Deletes an object and what hangs on it. */
export function deleteObject({ portal, source }: Pick<Author, 'portal' | 'source'>, entity: CrmEntity, row: CrmRow): void {
	forgetOwner(portal, entity, row.id, source);
	if (entity === CONTACT) forgetContact(portal, row.id);
	if (entity === COMPANY) forgetCompany(portal, row.id);
	contactsOf(entity.entityTypeId).set(portal, row.id, []);
	entity.table(portal).remove(row.id);
	portal.announce(entity.announced, 'delete', row.id, source);
}

/** Moves the time of change, and tells of it: what belongs to the object was changed. */
export function touchObject(author: Pick<Author, 'portal' | 'userId' | 'source'>, entity: CrmEntity, id: number): void {
	const { portal, userId, source } = author;
	entity.table(portal).update(id, { updatedTime: portal.now(), updatedBy: userId });
	portal.announce(entity.announced, 'update', id, source);
}

function readWish(author: Author, entity: CrmEntity, given: Params, mode: 'add' | 'update'): Wish {
	const { portal, form, originalUfNames = false } = author;
	const known = fieldsOf(portal, entity, form, originalUfNames);
	const wish: Wish = { values: {}, multifields: [] };
	for (const [name, value] of Object.entries(internalize(tableOf(known), given, mode))) {
		const field = known.get(name);
		if (field) readField(author, entity, wish, field, field.userType ? given[name] : value);
	}
	return { ...wish, values: cutTexts(wish.values, OBJECT_LENGTHS) };
}

function readField({ portal, form }: Author, entity: CrmEntity, wish: Wish, field: FormField, value: unknown): void {
	const { key } = field;
	if (field.userType) {
		const kept = readUserValue(portal, entity.userFieldsOf, field, value);
		if (kept !== DROPPED) wish.values[key] = kept;
	} else if (key === 'fm') wish.multifields.push(...readItemMultifields(value));
	else if (field.type === 'crm_multifield') {
		const typeId = MULTIFIELD_TYPES.find((type) => type === key);
		if (typeId) wish.multifields.push(...readLegacyMultifields(typeId, value));
	} else if (field.multiple) readIds(form, wish, key, value);
	else if (key === 'contactId') wish.contactId = asInteger(value);
	// Whether an object is closed follows from its stage.
	else if (key !== 'closed') wish.values[key] = value;
}

function readIds(form: Form, wish: Wish, key: string, value: unknown): void {
	const list = asList(value);
	if (!list && form === 'item' && value !== null) {
		throw new RestError(100, `Expected iterable value for multiple field, but got ${typeof value} instead`);
	}
	const ids = (list ?? []).map(asInteger).filter((id) => id > 0);
	if (key === 'contactIds') wish.contactIds = ids;
	else if (key === 'companyIds') wish.companyIds = ids;
	else wish.values[key] = ids;
}

/** Adjusts what is to be kept, or refuses it. `current` is there for updates. */
function check(author: Author, entity: CrmEntity, values: Params, wish: Wish, current?: CrmRow): void {
	const { portal, form } = author;
	if (values.currencyId !== undefined && values.currencyId !== null && !portal.store.hasCurrency(values.currencyId)) {
		throw form === 'item' ? notValid('Валюта') : plainError('Некорректное значение поля «Валюта».');
	}
	if (entity.hasStages) checkStage(author, entity, values, current);
	checkReferences(author, entity, values, wish);
}

/**
 * The sheet does not say what becomes of a stage that is not in the object's pipeline. Here the older form takes the
 * first stage for a new object and leaves a known one where it is; `crm.item.*` refuses.
 */
function checkStage({ portal, form }: Author, entity: CrmEntity, values: Params, current?: CrmRow): void {
	const given = values.categoryId;
	if (given !== undefined && given !== current?.categoryId && !isCategory(portal, entity, given)) {
		if (form === 'item') throw notValid('Воронка');
		values.categoryId = current?.categoryId ?? 0;
	}
	const categoryId = Number(values.categoryId ?? current?.categoryId ?? 0);
	const stages = stagesOf(portal, entity, categoryId);
	const first = stages[0]?.statusId ?? '';
	const isMoved = current !== undefined && categoryId !== current.categoryId;
	if (values.stageId === undefined && !isMoved && current) return;
	if (stages.some(({ statusId }) => statusId === values.stageId)) return;
	const isGiven = values.stageId !== undefined && values.stageId !== null && values.stageId !== '';
	if (isGiven && form === 'item') throw notValid('Стадия');
	if (current && !isMoved) delete values.stageId;
	else values.stageId = first;
}

const isCategory = (portal: Portal, entity: CrmEntity, id: unknown): boolean =>
	entity.entityTypeId !== ENTITY_TYPE.lead && hasCategory(portal, entity, Number(id));

/** Companies and contacts that do not exist: the older form leaves them out, `crm.item.*` refuses. */
function checkReferences({ portal, form }: Author, entity: CrmEntity, values: Params, wish: Wish): void {
	const { companies, contacts } = portal.store;
	const known = (ids: number[] | undefined, table: typeof companies, title: string): number[] | undefined => {
		const found = ids?.filter((id) => table.get(id) !== undefined);
		if (form === 'item' && found && found.length !== ids?.length) throw notValid(title);
		return found;
	};
	const contactIds = known(wish.contactIds, contacts, 'Контакты');
	const companyIds = known(wish.companyIds, companies, 'Компании');
	if (contactIds) wish.contactIds = contactIds;
	if (companyIds) wish.companyIds = companyIds;
	const companyId = asInteger(values.companyId);
	if (companyId > 0 && known([companyId], companies, 'Компания')?.length === 0) values.companyId = 0;
	if (wish.contactId !== undefined && wish.contactId > 0 && known([wish.contactId], contacts, 'Контакт')?.length === 0)
		delete wish.contactId;
	if (entity === CONTACT && values.companyId === null) values.companyId = 0;
}

const notValid = (title: string): RestError =>
	new RestError('CRM_FIELD_ERROR_VALUE_NOT_VALID', `Некорректное значение поля "${title}"`);

/** A deal that is won or lost gets the day as its end (the sheet is silent on this: so does the portal's own page). */
function moved({ portal, userId }: Author, entity: CrmEntity, row: CrmRow, values: Params): Partial<CrmRow> {
	if (values.stageId === undefined || values.stageId === row.stageId) return {};
	const now = portal.now();
	const after = { ...row, ...values } as CrmRow;
	const ends = semanticsOf(portal, entity, after) !== 'P' && semanticsOf(portal, entity, row) === 'P';
	return {
		previousStageId: row.stageId,
		movedBy: userId,
		movedTime: now,
		...(ends && entity.entityTypeId === ENTITY_TYPE.deal && { closedate: startOfDay(now) }),
		...(entity.entityTypeId === ENTITY_TYPE.lead && { dateClosed: ends ? now : null }),
	};
}

function differs(portal: Portal, entity: CrmEntity, row: CrmRow, values: Params, wish: Wish): boolean {
	if (wish.multifields.length > 0) return true;
	if (Object.entries(values).some(([key, value]) => JSON.stringify(row[key] ?? null) !== JSON.stringify(value ?? null)))
		return true;
	const bound = (store: { list(portal: Portal, owner: number): Binding[] }, ids: number[] | undefined): boolean =>
		ids !== undefined && JSON.stringify(store.list(portal, row.id).map(({ id }) => id)) !== JSON.stringify(ids);
	return (
		wish.contactId !== undefined ||
		bound(entity === COMPANY ? contactsOfCompany : contactsOf(entity.entityTypeId), wish.contactIds) ||
		bound(companiesOfContact, wish.companyIds)
	);
}

/** What is kept in other tables. */
function follow({ portal }: Author, entity: CrmEntity, row: CrmRow, wish: Wish): void {
	const { contactId, contactIds, companyIds, multifields, values } = wish;
	if (entity.hasMultifields) keepMultifields(portal, ownerKey(entity, row.id), multifields);
	if (entity === CONTACT) {
		if (companyIds) companiesOfContact.set(portal, row.id, bindingsOf(companyIds));
		if (values.companyId !== undefined) {
			const others = companiesOfContact.list(portal, row.id);
			companiesOfContact.set(portal, row.id, withPrimary(others, asInteger(values.companyId)));
		}
		return;
	}
	const store = entity === COMPANY ? contactsOfCompany : contactsOf(entity.entityTypeId);
	if (contactIds) store.set(portal, row.id, bindingsOf(contactIds));
	if (contactId !== undefined) store.set(portal, row.id, withPrimary(store.list(portal, row.id), contactId));
}

/** `Сделка #12` */
function autoName({ noun, entityTypeId }: CrmEntity, { id, title, ...row }: CrmRow): Partial<CrmRow> {
	const name = `${noun} #${id}`;
	if (entityTypeId !== ENTITY_TYPE.contact) return isEmpty(title) ? { title: name } : {};
	const isNamed = [row.name, row.lastName].some((part) => typeof part === 'string' && part !== '');
	return isNamed ? {} : { lastName: name };
}
