import { randomUUID } from 'node:crypto';
import { ATTRIBUTE_TYPES, attributeHref, type AttributeDefinition } from '../engine/attributes.cts';
import { isObject, type Json } from '../engine/schema.cts';
import { namedId } from '../engine/writing.cts';
import { fieldRefusal, refusal } from '../errors.cts';
import { hrefPath } from '../hrefs.cts';
import { pageMeta, parsePage } from '../query/paging.cts';
import type { Session } from '../session.cts';
import { byMethod, done, eachByItself, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { found, requireAdmin } from './definitions.cts';

/** `/entity/<type>/metadata/attributes…`: definitions of additional fields. */

export function attributeCollection(entity: string, session: Session): Json {
	const definitions = session.account.attributesOf(entity);
	return {
		meta: {
			href: `${session.account.base}/entity/${entity}/metadata/attributes`,
			type: 'attributemetadata',
			mediaType: 'application/json',
			size: definitions.length,
			limit: 1000,
			offset: 0,
		},
		rows: definitions.map((one) => showDefinition(one, session)),
	};
}

function showDefinition(definition: AttributeDefinition, { account }: Session): Json {
	const { id, name, type, required, show, description, dictionary } = definition;
	return {
		meta: { href: attributeHref(definition, account.base), type: 'attributemetadata', mediaType: 'application/json' },
		id,
		name,
		type,
		required,
		show,
		...(description !== undefined && { description }),
		...(dictionary !== undefined && {
			customEntityMeta: {
				href: `${account.base}/context/companysettings/metadata/customEntities/${dictionary}`,
				type: 'customentitymetadata',
				mediaType: 'application/json',
			},
		}),
	};
}

export function attributeRoute(
	entity: string,
	key: string | undefined,
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	const { session, query, body } = request;
	const { account } = session;
	const all = account.attributesOf(entity);
	const save = (definition: AttributeDefinition): Json => {
		const known = account.attributesOf(entity);
		if (known.some(({ id, name }) => id !== definition.id && name === definition.name))
			throw fieldRefusal(3006, 'name', 'name');
		const place = known.findIndex(({ id }) => id === definition.id);
		account.setAttributes(entity, place < 0 ? [...known, definition] : known.with(place, definition));
		return showDefinition(definition, session);
	};
	const drop = (id: string): void =>
		account.setAttributes(
			entity,
			account
				.attributesOf(entity)
				.filter((one) => one !== found(account.attributesOf(entity), id, 'attributemetadata')),
		);
	if (key === undefined) {
		return byMethod(request, {
			GET: () => {
				const page = parsePage(query);
				return ok({
					meta: pageMeta(
						`${account.base}/entity/${entity}/metadata/attributes`,
						'attributemetadata',
						all.length,
						page,
						query,
					),
					rows: all.slice(page.offset, page.offset + page.limit).map((one) => showDefinition(one, session)),
				});
			},
			POST: () => {
				requireAdmin(session, 14010);
				const make = (input: unknown): Json => save(readDefinition(entity, input, undefined, session));
				return Array.isArray(body) ? eachByItself(body as unknown[], make) : ok(make(body));
			},
		});
	}
	if (key === 'delete') {
		requireAdmin(session, 14013);
		if (!Array.isArray(body)) throw refusal(2005);
		return eachByItself(body as unknown[], (one) => {
			drop((isObject(one) ? namedId(one) : undefined) ?? '');
			return { info: 'attributemetadata: удаление выполнено' };
		});
	}
	const definition = found(all, key, 'attributemetadata');
	return byMethod(request, {
		GET: () => ok(showDefinition(definition, session)),
		PUT: () => {
			requireAdmin(session, 14010);
			return ok(save(readDefinition(entity, body, definition, session)));
		},
		DELETE: () => {
			requireAdmin(session, 14013);
			drop(key);
			return done;
		},
	});
}

function readDefinition(
	entity: string,
	input: unknown,
	before: AttributeDefinition | undefined,
	session: Session,
): AttributeDefinition {
	const {
		name = before?.name,
		type = before?.type,
		required = before?.required ?? false,
		show = before?.show ?? true,
		description = before?.description,
		customEntityMeta,
	} = oneObject(input);
	if (typeof name !== 'string' || name === '') throw fieldRefusal(3000, 'name', 'name');
	if (typeof type !== 'string') throw fieldRefusal(3000, 'type', 'type');
	if (!ATTRIBUTE_TYPES.includes(type)) throw fieldRefusal(3005, 'type', type, 'type', ATTRIBUTE_TYPES.join(', '));
	if (before && before.type !== type) throw fieldRefusal(3001, 'type', 'type');
	const dictionary =
		isObject(customEntityMeta) && typeof customEntityMeta.href === 'string'
			? hrefPath(customEntityMeta.href, session.account.base)?.at(-1)
			: before?.dictionary;
	if (type === 'customentity' && (dictionary === undefined || !session.account.dictionaries.has(dictionary)))
		throw fieldRefusal(2013, 'customEntityMeta', 'customEntityMeta');
	return {
		id: before?.id ?? randomUUID(),
		entity,
		name,
		type,
		required: required === true,
		show: show === true,
		...(typeof description === 'string' && { description }),
		...(type === 'customentity' && dictionary !== undefined && { dictionary }),
	};
}
