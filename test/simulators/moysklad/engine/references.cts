import { ApiError, detailedRefusal, fieldRefusal, refusal } from '../errors.cts';
import { entityAddress, hrefPath } from '../hrefs.cts';
import type { Session } from '../session.cts';
import { EQUALITY, wrongType } from './kinds.cts';
import { asRef, isObject, type Json, type Kind, type Place, type Ref } from './schema.cts';
import { showMeta, showRef } from './showing.cts';

/** A reference to a row of one of the given types, written and shown as `{meta: {…}}`. */
export const reference = (...types: string[]): Kind => ({
	label: 'Object',
	targets: types,
	parse: (value, place) => readReference(value, place, types),
	show: (stored, { session, expand }) => {
		const ref = asRef(stored);
		return ref && showRef(ref, session, expand);
	},
	filter: {
		operators: EQUALITY,
		literal: (literal, name, session) => readHref(literal, name, types, session).id,
		comparable: (stored) => asRef(stored)?.id ?? [],
	},
});

/** Reads `{meta}`; the row must exist (2013) and the caller must be allowed to see it (3046). */
export function readReference(value: unknown, place: Place, types: readonly string[]): Ref {
	if (!isObject(value)) throw wrongType(place, 'Object');
	if (value.meta === undefined || value.meta === null) throw fieldRefusal(2014, place.field, place.field);
	const ref = readMeta(value.meta, place, types);
	if (!place.session.exists(ref)) throw fieldRefusal(2013, place.field, place.field);
	if (!place.session.may('view', ref.type)) throw fieldRefusal(3046, place.field, place.field);
	return ref;
}

/** Checks a `meta`: href and type present, right host, right and matching types. Whether the row exists is not looked at. */
function readMeta(
	meta: unknown,
	place: Pick<Place, 'field' | 'session' | 'resource'>,
	types: readonly string[],
): Ref {
	const { field, session, resource } = place;
	if (!isObject(meta) || typeof meta.href !== 'string') throw fieldRefusal(2010, field, field);
	if (typeof meta.type !== 'string') throw fieldRefusal(2011, field, field);
	if (!session.account.knows(meta.type)) throw fieldRefusal(2012, field, field);
	if (!types.includes(meta.type)) throw fieldRefusal(2021, field, resource.type, field, meta.type);
	const address = entityAddress(hrefPath(meta.href, session.account.base));
	if (!address) throw fieldRefusal(2013, field, field);
	if (address.type !== meta.type) throw fieldRefusal(1060, field, field);
	return { type: meta.type, id: address.id.toLowerCase() };
}

/** The right side of `filter=agent=<href>`. */
export function readHref(literal: string, name: string, types: readonly string[], session: Session): Ref {
	const address = entityAddress(hrefPath(literal, session.account.base));
	if (!address) throw refusal(1014, literal, name);
	if (!types.includes(address.type)) throw refusal(1041, literal, name, types.join(', '));
	return { type: address.type, id: address.id.toLowerCase() };
}

/** The objects that an array of `{meta}` names, e.g. in a bulk deletion. */
export function readMetas(
	body: unknown,
	place: Pick<Place, 'field' | 'session' | 'resource'>,
	types: readonly string[],
): Array<Ref | ApiError> {
	if (!Array.isArray(body)) throw refusal(2005);
	return body.map((one: unknown) => {
		try {
			if (!isObject(one) || one.meta === undefined) throw fieldRefusal(2014, 'meta', 'meta');
			return readMeta(one.meta, place, types);
		} catch (error) {
			if (error instanceof ApiError) return error;
			throw error;
		}
	});
}

/** 1028 with the list of those that use the object. */
export const inUse = (users: Ref[], session: Session): ApiError =>
	detailedRefusal(1028, { dependencies: users.map((user): Json => ({ ...showMeta(user, session) })) });
