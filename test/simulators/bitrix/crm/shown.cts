import type { Portal } from '../portal.cts';
import { formatMoment } from '../wire/dates.cts';
import type { Params } from '../wire/params.cts';
import { companiesOfContact, contactsOf, contactsOfCompany, primaryOf } from './bindings.cts';
import { ownerKey, type CrmEntity } from './entities.cts';
import type { Form, FormField } from './fields.cts';
import { hasMultifield, multifieldsOf, showItemMultifields, showLegacyMultifield } from './multifields.cts';
import { ENTITY_TYPE, MULTIFIELD_TYPES, type CrmRow, type MultifieldType } from './rows.cts';
import { semanticsOf, stagesOf } from './statuses.cts';
import { showUserValue } from './userFields.cts';

/** What an object's fields hold: those of its row, and those that follow from the rest of the portal. */
export function valueOf(portal: Portal, entity: CrmEntity, row: CrmRow, key: string): unknown {
	const owner = ownerKey(entity, row.id);
	const isContact = entity.entityTypeId === ENTITY_TYPE.contact;
	switch (key) {
		case 'contactId':
			return primaryOf(contactsOf(entity.entityTypeId).list(portal, row.id)) ?? null;
		case 'contactIds':
			return contactIds(portal, entity, row);
		case 'companyIds':
			return companiesOfContact.list(portal, row.id).map(({ id }) => id);
		case 'companyId':
			return isContact ? (primaryOf(companiesOfContact.list(portal, row.id)) ?? 0) : row.companyId;
		case 'stageSemanticId':
			return semanticsOf(portal, entity, row);
		case 'closed':
			return semanticsOf(portal, entity, row) === 'P' ? 'N' : 'Y';
		case 'isNew':
			return stagesOf(portal, entity, row.categoryId)[0]?.statusId === row.stageId ? 'Y' : 'N';
		case 'hasPhone':
			return hasMultifield(portal, owner, 'PHONE') ? 'Y' : 'N';
		case 'hasEmail':
			return hasMultifield(portal, owner, 'EMAIL') ? 'Y' : 'N';
		case 'hasImol':
			return 'N';
		default:
			return isMultifield(key)
				? multifieldsOf(portal, owner)
						.filter(({ typeId }) => typeId === key)
						.map(({ value }) => value)
				: row[key];
	}
}

function contactIds(portal: Portal, { entityTypeId }: CrmEntity, { id }: CrmRow): number[] {
	const store = entityTypeId === ENTITY_TYPE.company ? contactsOfCompany : contactsOf(entityTypeId);
	return store.list(portal, id).map((binding) => binding.id);
}

const isMultifield = (key: string): key is MultifieldType => MULTIFIELD_TYPES.some((type) => type === key);

/** The named fields as a form shows them. Phones and the like are left out of the older form where there are none. */
export function showFields(
	portal: Portal,
	entity: CrmEntity,
	row: CrmRow,
	form: Form,
	fields: ReadonlyMap<string, FormField>,
	names: Iterable<string>,
): Params {
	const shown: Params = {};
	for (const name of names) {
		const field = fields.get(name);
		if (!field || field.hidden) continue;
		if (form === 'legacy' && isMultifield(field.key)) {
			const values = multifieldsOf(portal, ownerKey(entity, row.id)).filter(({ typeId }) => typeId === field.key);
			if (values.length > 0) shown[name] = values.map(showLegacyMultifield);
			continue;
		}
		if (field.key === 'fm') {
			Object.assign(shown, showItemMultifields(multifieldsOf(portal, ownerKey(entity, row.id))));
			continue;
		}
		shown[name] = showValue(field, valueOf(portal, entity, row, field.key), form);
	}
	return shown;
}

function showValue(field: FormField, value: unknown, form: Form): unknown {
	if (field.userType) return showUserValue(field, value, form);
	if (value === null || value === undefined) return field.multiple ? [] : null;
	if (Array.isArray(value)) return form === 'item' ? value : value.map(String);
	switch (field.type) {
		case 'money':
			return form === 'item' ? Number(value) / 100 : (Number(value) / 100).toFixed(2);
		case 'date':
		case 'datetime':
			return formatMoment(value as number);
		default:
			return form === 'item' ? value : String(value as number | string);
	}
}
