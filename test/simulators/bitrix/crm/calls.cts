import type { MethodCall } from '../methods/method.cts';
import { asInteger, asText, isMap, type Params } from '../wire/params.cts';
import { plainError, RestError } from '../wire/restError.cts';
import type { CrmEntity } from './entities.cts';
import type { Form } from './fields.cts';
import type { CrmRow } from './rows.cts';
import type { Author } from './writes.cts';

/** What calls of CRM's methods have in common. */

/** Parameters of the older form may be written in any case: `fields`, `FIELDS`. */
export const legacyParams = (params: Params): Params =>
	Object.fromEntries(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));

/** The map of fields of a write. Throws when it is none. */
export function legacyFields({ params }: MethodCall): Params {
	const { fields } = legacyParams(params);
	if (Array.isArray(fields) && fields.length === 0) return {};
	if (!isMap(fields)) throw plainError("Parameter 'fields' must be array.");
	return fields;
}

/** The object whose id a call names. Throws when there is no id, or no such object. */
export function legacyObject(
	{ portal, params }: MethodCall,
	entity: CrmEntity,
	noId = 'ID is not defined or invalid.',
): CrmRow {
	const id = asInteger(legacyParams(params).id);
	if (id <= 0) throw plainError(noId);
	const row = entity.table(portal).get(id);
	if (!row) throw plainError(entity.notFound);
	return row;
}

export function authorOf({ portal, caller, params }: MethodCall, form: Form): Author {
	return {
		portal,
		userId: caller.user.id,
		source: 'rest',
		form,
		originalUfNames: form === 'item' && /^(y|1|true)$/i.test(asText(params.useOriginalUfNames)),
	};
}

/** How the two forms say that a user may not do something. */
export const deniedLegacy = (): RestError => plainError('Access denied.');
export const deniedItem = (): RestError => new RestError('ACCESS_DENIED', 'Доступ запрещён', 403);
