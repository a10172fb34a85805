import { hasScope } from '../methods/commonMethods.cts';
import { ok, type Method, type MethodCall } from '../methods/method.cts';
import { asInteger, asText, isEmpty, type Params } from '../wire/params.cts';
import { administratorsOnly, missingParameter, RestError, wrongArgument } from '../wire/restError.cts';
import { rulesOf, upperName, type EventRule } from './catalogue.cts';
import { isOffline, type HandlerRow } from './handlers.cts';

const free = { scope: '', right: 'any', application: true } as const;

/** Registration of handlers: for applications only. */
export const eventMethods: Method[] = [
	{ ...free, name: 'events', run: listEvents },
	{ ...free, name: 'event.bind', run: bind },
	{ ...free, name: 'event.get', run: (call) => ok(own(call).map(shown)) },
	{ ...free, name: 'event.unbind', run: unbind },
];

/** Names of parameters in upper case: they may be written in any. */
export const upperKeys = (params: Params): Params =>
	Object.fromEntries(Object.entries(params).map(([name, value]) => [name.toUpperCase(), value]));

/** The application's client id and the channel by which it calls. */
export const channelOf = ({ caller: { hit } }: MethodCall): { clientId: string; connector: string } => ({
	clientId: hit.application ?? '',
	connector: hit.connector ?? '',
});

const isWithin = (scopes: readonly string[], { scope }: EventRule): boolean => scope === '' || hasScope(scopes, scope);

function listEvents({ portal, caller, params }: MethodCall): ReturnType<Method['run']> {
	const { SCOPE, FULL } = upperKeys(params);
	const wanted = (rule: EventRule): boolean => {
		if (!isEmpty(SCOPE)) return rule.scope === asText(SCOPE);
		return !isEmpty(FULL) || isWithin(caller.scopes, rule);
	};
	return ok(rulesOf(portal).filter(wanted).map(upperName));
}

function bind(call: MethodCall): ReturnType<Method['run']> {
	const { portal, caller } = call;
	const { EVENT, HANDLER, EVENT_TYPE, AUTH_TYPE } = upperKeys(call.params);
	const offline = readType(EVENT_TYPE) === 'offline';
	if (offline && !caller.user.admin) throw administratorsOnly();
	if (asInteger(AUTH_TYPE) > 0 && !caller.user.admin && asInteger(AUTH_TYPE) !== caller.user.id) throw administratorsOnly();
	const event = readEvent(EVENT);
	const url = offline ? '' : readHandler(HANDLER);
	if (!rulesOf(portal).some((rule) => upperName(rule) === event && isWithin(caller.scopes, rule)))
		throw new RestError('ERROR_EVENT_NOT_FOUND', 'Event not found');
	const { clientId, connector } = channelOf(call);
	const user = offline ? 0 : asInteger(AUTH_TYPE) || (caller.user.admin ? 0 : caller.user.id);
	const added = portal.events.handlers.add({ event, url, clientId, user, connector: offline ? connector : '', token: undefined });
	if (!added) throw new RestError('ERROR_CORE', 'Unable to set event handler: Handler already binded');
	return ok(true);
}

function unbind(call: MethodCall): ReturnType<Method['run']> {
	const { portal, caller, params } = call;
	const { EVENT, HANDLER, EVENT_TYPE, AUTH_TYPE } = upperKeys(params);
	if (!caller.user.admin) throw administratorsOnly();
	const event = readEvent(EVENT);
	const offline = readType(EVENT_TYPE) === 'offline';
	const url = offline ? '' : asText(HANDLER);
	if (!offline && url === '') throw missingParameter('HANDLER');
	const rows = own(call).filter((row) => {
		if (row.event !== event || row.url !== url) return false;
		if (offline) return row.connector === channelOf(call).connector;
		return AUTH_TYPE === undefined || row.user === asInteger(AUTH_TYPE);
	});
	return ok({ count: portal.events.handlers.remove(rows) });
}

/** Others than administrators see only what is authorized as themselves. */
function own(call: MethodCall): HandlerRow[] {
	const { user } = call.caller;
	const rows = call.portal.events.handlers.of(channelOf(call).clientId);
	return user.admin ? rows : rows.filter((row) => row.user === user.id);
}

const shown = (row: HandlerRow): Params =>
	isOffline(row)
		? { event: row.event, connector_id: row.connector, offline: 1 }
		: { event: row.event, handler: row.url, auth_type: String(row.user), offline: 0 };

function readEvent(value: unknown): string {
	const event = asText(value).toUpperCase();
	if (event === '') throw missingParameter('EVENT');
	return event;
}

function readType(value: unknown): 'online' | 'offline' {
	const type = asText(value).toLowerCase();
	if (type === '' || type === 'online') return 'online';
	if (type === 'offline') return 'offline';
	throw wrongArgument('Value must be one of {online|offline}');
}

/** A host without a dot is none. */
function readHandler(value: unknown): string {
	const url = asText(value);
	if (url === '') throw missingParameter('HANDLER');
	if (!URL.canParse(url) || !new URL(url).hostname.includes('.')) throw new RestError('ERROR_WRONG_HANDLER_URL', 'Wrong handler URL');
	if (!/^https?:$/.test(new URL(url).protocol)) throw new RestError('ERROR_UNSUPPORTED_PROTOCOL', 'Unsupported handler protocol');
	return url;
}
