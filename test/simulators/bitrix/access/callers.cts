import type { Portal } from '../portal.cts';
import type { RestCall } from '../wire/restCall.cts';
import { RestError } from '../wire/restError.cts';
import type { User } from './people.cts';

/** On whose behalf a call runs. */
export interface Caller {
	user: User;
	scopes: readonly string[];
	kind: 'webhook' | 'application';
	/** Operating time is counted by app or webhook. */
	key: string;
	/** Goes into download addresses: the hook's part of the path, or the token. */
	access: { path: string } | { token: string };
}

/** Finds out who calls. Throws the refusals of wrong, missing and expired credentials. */
export function authorize(portal: Portal, call: RestCall): Caller {
	if (call.hook) return byWebhook(portal, call.hook);
	if (call.token !== undefined) return byToken(portal, call.token);
	throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
}

function byWebhook(portal: Portal, { user: userId, secret }: { user: string; secret: string }): Caller {
	const hook = portal.webhooks.find((candidate) => String(candidate.user) === userId && candidate.secret === secret);
	const user = hook && portal.users.find(({ id }) => id === hook.user);
	if (!hook || !user?.active) throw new RestError('INVALID_CREDENTIALS', 'Invalid request credentials', 403);
	return {
		user,
		scopes: hook.scopes,
		kind: 'webhook',
		key: `hook ${userId} ${secret}`,
		access: { path: `${userId}/${secret}` },
	};
}

function byToken(portal: Portal, token: string): Caller {
	const grant = portal.oauth.findAccess(token);
	if (!grant) throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
	if (grant.revoked) throw new RestError('invalid_token', 'Unable to get application by token', 401);
	if (grant.expires <= portal.clock.now())
		throw new RestError('expired_token', 'The access token provided has expired.', 401);
	const user = portal.users.find(({ id }) => id === grant.user);
	if (!user?.active) throw new RestError('user_access_error', 'The user does not have access to the application.', 403);
	return { user, scopes: grant.scopes, kind: 'application', key: `app ${grant.clientId}`, access: { token } };
}
