import { hasFeature } from '../events/features.cts';
import type { Portal } from '../portal.cts';
import type { Hit } from '../store/changes.cts';
import { asText } from '../wire/params.cts';
import type { RestCall } from '../wire/restCall.cts';
import { RestError, wrongLicense } from '../wire/restError.cts';
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
	/** The request, with all the commands of a batch. */
	hit: Hit;
}

/** Finds out who calls. Throws the refusals of wrong, missing and expired credentials. */
export function authorize(portal: Portal, call: RestCall): Caller {
	if (call.hook) return byWebhook(portal, call.hook);
	if (call.token !== undefined) return byToken(portal, call.token, asText(call.params.auth_connector));
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
		hit: { user: user.id },
	};
}

/** `connector`: names the channel by which an application exchanges data. Webhooks have none. */
function byToken(portal: Portal, token: string, connector: string): Caller {
	const grant = portal.oauth.findAccess(token);
	if (!grant) throw new RestError('NO_AUTH_FOUND', 'Wrong authorization data', 401);
	if (grant.revoked) throw new RestError('invalid_token', 'Unable to get application by token', 401);
	if (grant.expires <= portal.clock.now())
		throw new RestError('expired_token', 'The access token provided has expired.', 401);
	const user = portal.users.find(({ id }) => id === grant.user);
	if (!user?.active) throw new RestError('user_access_error', 'The user does not have access to the application.', 403);
	if (connector !== '' && !hasFeature(portal, 'rest_auth_connector')) throw wrongLicense('auth_connector');
	const hit = { user: user.id, application: grant.clientId, connector };
	return { user, scopes: grant.scopes, kind: 'application', key: `app ${grant.clientId}`, access: { token }, hit };
}
