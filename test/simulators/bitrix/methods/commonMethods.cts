import { ALL_SCOPES } from '../access/people.cts';
import { formatMoment } from '../wire/dates.cts';
import { asText, isEmpty, type Params } from '../wire/params.cts';
import { ok, type Method, type MethodCall } from './method.cts';

/** What feature.get knows: `Y` where the plan has it. */
const FEATURES = ['rest_offline_extended', 'rest_auth_connector'];

/** Methods about the portal itself. `known` finds the other methods, for the probes. */
export function commonMethods(known: (call: MethodCall) => Method[]): Method[] {
	const free = { scope: '', right: 'any' } as const;
	const methods: Method[] = [
		{ ...free, name: 'scope', run: ({ params, caller }) => ok(isEmpty(params.full) ? caller.scopes : ALL_SCOPES) },
		{
			...free,
			name: 'methods',
			run: (call) =>
				ok(
					known(call)
						.filter((method) => isAvailable(method, call))
						.map(({ name }) => name.toLowerCase()),
				),
		},
		{ ...free, name: 'method.get', parameters: { name: 'text' }, run: (call) => ok(probe(known(call), call)) },
		{
			...free,
			name: 'feature.get',
			parameters: { CODE: 'text' },
			run: ({ params }) => ok({ value: FEATURES.includes(asText(params.CODE)) ? 'Y' : 'N' }),
		},
		{ ...free, name: 'server.time', run: ({ portal }) => ok(formatMoment(portal.clock.now())) },
		{ ...free, name: 'profile', run: profile },
		{ ...free, name: 'app.info', application: true, run: applicationInfo },
		{ ...free, name: 'events', application: true, run: () => ok([]) },
	];
	return methods;
}

/** Names are compared as they are stored: in lower case. */
function probe(methods: Method[], call: MethodCall): Params {
	const method = methods.find(({ name }) => name.toLowerCase() === call.params.name);
	return { isExisting: method !== undefined, isAvailable: method !== undefined && isAvailable(method, call) };
}

const isAvailable = ({ scope }: Method, { caller }: MethodCall): boolean => scope === '' || hasScope(caller.scopes, scope);

/** The narrow scopes of users contain what these methods need. */
export const hasScope = (scopes: readonly string[], scope: string): boolean =>
	scopes.includes(scope) || (scope === 'user' && (scopes.includes('user_basic') || scopes.includes('user_brief')));

function profile({ caller }: MethodCall): ReturnType<Method['run']> {
	const { id, admin, name, lastName } = caller.user;
	return ok({
		ID: String(id),
		ADMIN: admin,
		NAME: name,
		LAST_NAME: lastName,
		PERSONAL_GENDER: '',
		PERSONAL_PHOTO: '',
		TIME_ZONE: '',
		TIME_ZONE_OFFSET: 0,
	});
}

function applicationInfo({ portal, caller }: MethodCall): ReturnType<Method['run']> {
	const { clientId, unpaid } = portal.oauth.application;
	return ok({
		ID: 1,
		CODE: clientId,
		VERSION: 1,
		STATUS: 'L',
		INSTALLED: true,
		PAYMENT_EXPIRED: unpaid ? 'Y' : 'N',
		DAYS: null,
		LANGUAGE_ID: 'ru',
		LICENSE: portal.edition === 'cloud' ? 'ru_pro100' : 'ru_selfhosted',
		LICENSE_FAMILY: 'pro',
		SCOPE: caller.scopes,
	});
}
