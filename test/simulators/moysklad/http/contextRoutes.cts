import { randomUUID } from 'node:crypto';
import { DISCOUNT_STRATEGIES, type DiscountStrategy } from '../account.cts';
import { fieldRefusal, refusal } from '../errors.cts';
import { create, namedId } from '../engine/writing.cts';
import { list, oneRow } from '../engine/lists.cts';
import { showPriceType, type PriceType } from '../engine/priceKinds.cts';
import { isObject, type Json, type Resource } from '../engine/schema.cts';
import { showRef, showRow } from '../engine/showing.cts';
import { RESOURCES } from '../resources/registry.cts';
import { newExternalCode } from '../resources/common.cts';
import type { Session } from '../session.cts';
import { ACTIONS } from '../users.cts';
import { byMethod, eachByItself, oneObject, ok, type ApiAnswer, type ApiRequest } from './api.cts';
import { deleteMany, entityRoute } from './entityRoutes.cts';

/** `/context/…`: who asks, and what holds for the whole account. */

const MOST_PRICE_TYPES = 100;

export function contextRoute([word, ...rest]: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session } = request;
	if (word === 'employee' && rest.length === 0) return byMethod(request, { GET: () => ok(employee(session)) });
	if (word === 'application' && rest.length === 0) return byMethod(request, { GET: () => ok(application(session)) });
	if (word !== 'companysettings') throw refusal(1002, request.path.join('/'));
	const [part, key] = rest;
	if (part === undefined)
		return byMethod(request, {
			GET: () => ok(companySettings(session)),
			PUT: () => ok(changeCompanySettings(request)),
		});
	if (part === 'pricetype') return priceTypeRoute(key, request);
	if (part === 'metadata') return byMethod(request, { GET: () => ok(dictionariesOf(session)) });
	throw refusal(1002, request.path.join('/'));
}

function employee(session: Session): Json {
	const { user, account } = session;
	if (user.kind === 'solution') throw refusal(55006);
	const resource = RESOURCES.get('employee') as Resource;
	const row = oneRow(resource, user.ref.id, session);
	const right = (allowed: boolean): string => (allowed ? 'ALL' : 'NO');
	const rights = (test: (action: (typeof ACTIONS)[number]) => boolean): Json =>
		Object.fromEntries(ACTIONS.map((action) => [action, right(test(action))]));
	const permissions = Object.fromEntries(
		[...RESOURCES.keys()].map((type) => [type, rights((action) => session.may(action, type))]),
	);
	return {
		...showRow(row, resource, session),
		permissions: { ...permissions, webhook: rights(() => user.webhooks), admin: { view: right(user.admin) } },
		accountId: account.id,
	};
}

function application(session: Session): Json {
	const { user, account } = session;
	if (user.kind === 'user') throw refusal(55005);
	return {
		meta: { href: `${account.base}/context/application`, type: 'application', mediaType: 'application/json' },
		id: user.ref.id,
		accountId: account.id,
		name: user.login.split('@')[0],
		appUid: user.login,
	};
}

function companySettings(session: Session): Json {
	const { account } = session;
	return {
		meta: {
			href: `${account.base}/context/companysettings`,
			metadataHref: `${account.base}/context/companysettings/metadata`,
			type: 'companysettings',
			mediaType: 'application/json',
		},
		currency: showRef({ type: 'currency', id: account.defaultCurrency }, session, undefined),
		priceTypes: account.priceTypes.map((one) => showPriceType(one, session)),
		discountStrategy: account.discountStrategy,
		globalOperationNumbering: true,
		checkShippingStock: false,
		checkMinPrice: account.settings.checkMinPrice,
		useRecycleBin: account.settings.useRecycleBin,
		useCompanyAddress: false,
	};
}

function changeCompanySettings({ session, body }: ApiRequest): Json {
	if (!session.user.admin) throw refusal(1017);
	const { account } = session;
	const { useRecycleBin, checkMinPrice, discountStrategy } = oneObject(body);
	if (typeof useRecycleBin === 'boolean') account.settings.useRecycleBin = useRecycleBin;
	if (typeof checkMinPrice === 'boolean') account.settings.checkMinPrice = checkMinPrice;
	if (discountStrategy !== undefined) account.discountStrategy = strategyOf(discountStrategy);
	return companySettings(session);
}

function strategyOf(given: unknown): DiscountStrategy {
	const strategy = DISCOUNT_STRATEGIES.find((one) => one === given);
	if (!strategy) throw fieldRefusal(3005, 'discountStrategy', String(given), 'discountStrategy', DISCOUNT_STRATEGIES.join(', '));
	return strategy;
}

function priceTypeRoute(key: string | undefined, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session, body } = request;
	const { account } = session;
	if (key !== undefined) {
		const one =
			key === 'default' ? account.priceTypes[0] : account.priceTypes.find(({ id }) => id === key.toLowerCase());
		if (!one) throw refusal(1021, 'pricetype', key);
		return byMethod(request, { GET: () => ok(showPriceType(one, session)) });
	}
	return byMethod(request, {
		GET: () => ok(account.priceTypes.map((one) => showPriceType(one, session))),
		POST: () => {
			if (!session.user.admin) throw refusal(1017);
			if (!Array.isArray(body) || body.length === 0 || body.length > MOST_PRICE_TYPES)
				throw refusal(3036, 'priceTypes', String(MOST_PRICE_TYPES));
			account.priceTypes = (body as unknown[]).map((one) => readPriceType(one, account.priceTypes));
			return ok(account.priceTypes.map((one) => showPriceType(one, session)));
		},
	});
}

/** One that names a known price type by `id` or `meta` changes it. */
function readPriceType(value: unknown, known: readonly PriceType[]): PriceType {
	const body = oneObject(value);
	const before = known.find(({ id }) => id === namedId(body));
	const { name = before?.name, externalCode = before?.externalCode ?? newExternalCode() } = body;
	if (typeof name !== 'string' || name === '') throw fieldRefusal(3000, 'name', 'name');
	return { id: before?.id ?? randomUUID(), name, externalCode: String(externalCode) };
}

function dictionariesOf({ account }: Session): Json {
	return {
		meta: { href: `${account.base}/context/companysettings/metadata`, mediaType: 'application/json' },
		customEntities: [...account.dictionaries].map(([id, name]) => ({
			meta: {
				href: `${account.base}/context/companysettings/metadata/customEntities/${id}`,
				type: 'customentitymetadata',
				mediaType: 'application/json',
			},
			entityMeta: {
				href: `${account.base}/entity/customentity/${id}`,
				type: 'customentity',
				mediaType: 'application/json',
			},
			name,
			createShared: false,
		})),
		createShared: false,
	};
}

/** `/entity/customentity/<dictionary>[/<element>]`. */
export function customEntityRoute(rest: readonly string[], request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session, body } = request;
	const { account } = session;
	const [dictionary, element] = rest;
	const resource = RESOURCES.get('customentity') as Resource;
	if (dictionary === undefined) return byMethod(request, { POST: () => ok(newDictionary(body, session)) });
	if (!account.dictionaries.has(dictionary)) throw refusal(1021, 'customentity', dictionary);
	if (element === 'delete') return byMethod(request, { POST: (one) => deleteMany(resource, ['customentity'], one) });
	if (element !== undefined) return entityRoute(resource, element, request);
	const url = `${account.base}/entity/customentity/${dictionary}`;
	const make = (input: unknown): Json => showRow(create(resource, input, session, { dictionary }), resource, session);
	return byMethod(request, {
		GET: ({ query }) => ok(list(resource, query, session, { url, contains: (row) => row.dictionary === dictionary })),
		POST: () => (Array.isArray(body) ? eachByItself(body as unknown[], make) : ok(make(oneObject(body)))),
	});
}

function newDictionary(body: unknown, session: Session): Json {
	if (!session.user.admin) throw refusal(1045);
	const { name } = oneObject(body);
	if (typeof name !== 'string' || name === '') throw fieldRefusal(3000, 'name', 'name');
	const id = randomUUID();
	session.account.dictionaries.set(id, name);
	return {
		meta: {
			href: `${session.account.base}/entity/customentity/${id}`,
			type: 'customentitymetadata',
			mediaType: 'application/json',
		},
		id,
		name,
	};
}

/** `/entity/assortment/settings`, `/entity/counterparty/settings`: rules for codes. */
export function codeSettingsRoute(type: string, request: ApiRequest): ApiAnswer | Promise<ApiAnswer> {
	const { session } = request;
	const { account } = session;
	const show = (): ApiAnswer =>
		ok({
			meta: { href: `${account.base}/entity/${type}/settings`, type: `${type}settings`, mediaType: 'application/json' },
			...(type === 'assortment' && { barcodeRules: { fillEAN13Barcode: account.settings.fillEAN13Barcode } }),
			uniqueCodeRules: { checkUniqueCode: account.settings.checkUniqueCode, fillUniqueCode: false },
			createdShared: false,
		});
	return byMethod(request, {
		GET: show,
		PUT: ({ body }) => {
			if (!session.user.admin) throw refusal(1017);
			const { uniqueCodeRules, barcodeRules } = oneObject(body);
			if (isObject(uniqueCodeRules) && typeof uniqueCodeRules.checkUniqueCode === 'boolean')
				account.settings.checkUniqueCode = uniqueCodeRules.checkUniqueCode;
			if (isObject(barcodeRules) && typeof barcodeRules.fillEAN13Barcode === 'boolean')
				account.settings.fillEAN13Barcode = barcodeRules.fillEAN13Barcode;
			return show();
		},
	});
}
