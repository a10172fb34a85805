import { showState } from '../engine/documentKinds.cts';
import { showCharacteristic } from '../engine/goodKinds.cts';
import type { Json, Resource } from '../engine/schema.cts';
import { fieldRefusal, refusal } from '../errors.cts';
import { parseFilter } from '../query/filterGrammar.cts';
import { servedResource } from '../resources/registry.cts';
import type { Session } from '../session.cts';
import { byMethod, eachByItself, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { attributeCollection, attributeRoute } from './attributeRoutes.cts';
import { stateRoute } from './stateRoutes.cts';

/** `/entity/metadata` and `/entity/<type>/metadata…`: attributes, states, characteristics. */

/** Links to the metadata of all entities, or of those that the filter names. */
export function allMetadata({ query, session }: ApiRequest): ApiAnswer {
	const { base } = session.account;
	const named = parseFilter(query.filter()).map(({ field, value }) => {
		if (field !== 'type') throw refusal(1034, field);
		if (!servedResource(value)) throw refusal(1005, value);
		return value;
	});
	const types =
		named.length > 0
			? named
			: [
					'product',
					'service',
					'bundle',
					'variant',
					'counterparty',
					'organization',
					'store',
					'project',
					'contract',
					'employee',
					'customerorder',
					'demand',
					'invoiceout',
					'paymentin',
					'cashin',
					'paymentout',
					'cashout',
					'salesreturn',
					'enter',
				];
	return ok(
		Object.fromEntries(
			types.map((type) => [
				type,
				{
					meta: {
						href: `${base}/entity/${servedResource(type)?.metadataOf ?? type}/metadata`,
						mediaType: 'application/json',
					},
				},
			]),
		),
	);
}

export function metadataRoute(
	resource: Resource,
	rest: readonly string[],
	request: ApiRequest,
): ApiAnswer | Promise<ApiAnswer> {
	const [word, key] = rest;
	if (word === undefined) return byMethod(request, { GET: () => ok(metadata(resource, request.session)) });
	if (word === 'attributes' && resource.attributesOf !== undefined)
		return attributeRoute(resource.attributesOf, key, request);
	if (word === 'states' && resource.states) return stateRoute(resource.type, key, request);
	if (word === 'characteristics' && resource.type === 'variant') return characteristicRoute(key, request);
	throw refusal(1002, request.path.join('/'));
}

function metadata(resource: Resource, session: Session): Json {
	const { account } = session;
	const { type, attributesOf, states } = resource;
	return {
		meta: { href: `${account.base}/entity/${type}/metadata`, mediaType: 'application/json' },
		...(attributesOf !== undefined && { attributes: attributeCollection(attributesOf, session) }),
		...(states && { states: account.statesOf(type).map((state) => showState(state, account.id, account.base)) }),
		...(type === 'variant' && { characteristics: characteristicsOf(session) }),
		createShared: false,
	};
}

const characteristicsOf = (session: Session): Json[] =>
	[...session.account.characteristics.keys()].map((id) => ({
		...showCharacteristic(id, session),
		type: 'string',
		required: false,
	}));

function characteristicRoute(key: string | undefined, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session, body } = request;
	const { account } = session;
	if (key !== undefined) {
		const one = characteristicsOf(session).find(({ id }) => id === key);
		if (!one) throw refusal(1021, 'attributemetadata', key);
		return byMethod(request, { GET: () => ok(one) });
	}
	return byMethod(request, {
		GET: () =>
			ok({
				meta: { href: `${account.base}/entity/variant/metadata`, mediaType: 'application/json' },
				characteristics: characteristicsOf(session),
			}),
		POST: () => {
			session.require('update', 'product');
			const make = (input: unknown): Json => {
				const { name } = oneObject(input);
				if (typeof name !== 'string' || name === '') throw fieldRefusal(3000, 'name', 'name');
				if (account.characteristicNamed(name) !== undefined) throw fieldRefusal(10002, 'name', name);
				return { ...showCharacteristic(account.addCharacteristic(name), session), type: 'string', required: false };
			};
			return Array.isArray(body) ? eachByItself(body as unknown[], make) : ok(make(body));
		},
	});
}
