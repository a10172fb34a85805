import { USER_FIELD_PREFIX, userFieldNamed, type CrmFields, type NewUserField } from '../../bitrix/crm/field';
import { wantedCrmValue } from '../../bitrix/crm/value';
import type { Parameters } from '../../bitrix/query';
import type { Rule } from '../mapping';

/** When a record was last written from MoySklad. */
const SYNCED = `${USER_FIELD_PREFIX}MS_SYNCED`;

/** Where it is in MoySklad. */
const PAGE = `${USER_FIELD_PREFIX}MS_PAGE`;

/** The user fields by which people see what the exchange does with a record (R153). */
export const SERVICE_FIELDS: readonly NewUserField[] = [
	userFieldNamed(SYNCED, 'МойСклад: записано', 'time'),
	userFieldNamed(PAGE, 'МойСклад: страница', 'link'),
];

/** Fill SERVICE_FIELDS, but for the moment: see `stampOf`. */
export const SERVICE_RULES: readonly Rule[] = [{ target: PAGE, source: { field: 'page' }, policy: 'always' }];

/**
 * What goes along with a write, `now` in milliseconds since 1970. The moment alone is never a reason to write, or each run would
 * write everything.
 */
export function stampOf(fields: CrmFields, now: number): Parameters {
	const field = fields.get(SYNCED);
	const wanted = field && !field.readOnly ? wantedCrmValue(field, new Date(now).toISOString()) : undefined;
	return wanted ? { [SYNCED]: wanted.parameter } : {};
}
