import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.cts';
import type { Answer, IncomingCall } from '../../kernel/simulator.cts';
import type { Params } from '../wire/params.cts';
import { parsePhpQuery } from '../wire/phpQuery.cts';
import { htmlAnswer } from '../wire/envelope.cts';
import type { Scope } from './people.cts';

export interface Application {
	clientId: string;
	clientSecret: string;
	/** From the app's card; it is never sent. */
	redirectUri: string;
	scopes: readonly Scope[];
	/** Its licence ran out. */
	unpaid: boolean;
	/** Proves to the application's handlers that an event comes from the portal. */
	token: string;
}

export interface AccessGrant {
	clientId: string;
	user: number;
	scopes: readonly Scope[];
	/** Milliseconds since 1970. */
	expires: number;
	revoked: boolean;
}

const CODE_LIFE = 30_000;
const ACCESS_LIFE = 3600_000;
const REFRESH_LIFE = 180 * 86_400_000;

/** Paths of the authorization server. It is another host in reality: only what answers say about it may be relied on. */
export const AUTHORIZE_PATH = '/oauth/authorize/';
export const TOKEN_PATH = '/authorization-server/oauth/token/';
const SERVER_REST_PATH = '/authorization-server/rest/';

/** OAuth 2.0 of local applications: codes live 30 seconds, access tokens an hour, refresh tokens 180 days and only once. */
export class AuthorizationServer {
	private readonly codes = new Map<string, AccessGrant>();
	private readonly access = new Map<string, AccessGrant>();
	/** Tokens that came with events. They say nothing of whether the application's own is still good. */
	private readonly eventAccess = new Map<string, AccessGrant>();
	private readonly refresh = new Map<string, AccessGrant>();
	private issued = 0;
	readonly memberId: string;
	/** Refreshes while the access token was still good: an application that does this may be blocked. */
	earlyRefreshes = 0;

	constructor(
		private readonly clock: Clock,
		readonly application: Application,
		private readonly seed: number,
		private readonly portalUrl: () => string,
	) {
		this.memberId = this.secret('member').slice(0, 32);
	}

	findAccess(token: string): AccessGrant | undefined {
		return this.access.get(token) ?? this.eventAccess.get(token);
	}

	/** What an event tells an application of its portal; with a token of the user who caused it, unless there was none. */
	eventAuth(user: number | undefined): Params {
		const { scope, ...about } = this.about();
		const known = { ...about, ...this.endpoints(), application_token: this.application.token };
		if (user === undefined) return known;
		const token = this.secret('event');
		this.eventAccess.set(token, { ...this.grant(ACCESS_LIFE), user });
		return { ...known, access_token: token, expires_in: ACCESS_LIFE / 1000, scope, status: 'L' };
	}

	/** Ends the life of all access tokens; refresh tokens go on. */
	expireAccess(): void {
		for (const grant of [...this.access.values(), ...this.eventAccess.values()]) grant.expires = this.clock.now();
	}

	/** The application was removed: no token works any more. */
	revoke(): void {
		for (const grant of [...this.access.values(), ...this.eventAccess.values()]) grant.revoked = true;
		this.refresh.clear();
	}

	/** `GET /oauth/authorize/`: the user (always the administrator) agrees, and goes back to the application. */
	authorize({ query }: IncomingCall): Answer {
		const { client_id: clientId, state } = parsePhpQuery(query);
		const { application } = this;
		if (clientId !== application.clientId) return htmlAnswer(400, 'Приложение не установлено');
		const code = this.secret('code');
		this.codes.set(code, this.grant(CODE_LIFE));
		const back = new URL(application.redirectUri);
		const parameters = { code, state, ...this.about(), server_domain: this.serverDomain() };
		for (const [name, value] of Object.entries(parameters))
			if (typeof value === 'string') back.searchParams.set(name, value);
		return { status: 302, headers: { location: back.href }, body: '' };
	}

	/** `GET` or `POST` of the token address; parameters in the query or in a form. */
	token(call: IncomingCall): Answer {
		const params: Params = { ...parsePhpQuery(call.query), ...parsePhpQuery(call.body.toString('utf8')) };
		const { clientId, clientSecret, unpaid } = this.application;
		if (params.client_id !== clientId || params.client_secret !== clientSecret)
			return refuse(401, 'invalid_client', 'Invalid client credentials');
		if (unpaid) return refuse(402, 'PAYMENT_REQUIRED', 'Payment required');
		switch (params.grant_type) {
			case 'authorization_code':
				return this.exchange(this.codes, params.code);
			case 'refresh_token':
				if (this.hasGoodAccess()) this.earlyRefreshes += 1;
				return this.exchange(this.refresh, params.refresh_token);
			default:
				return refuse(400, 'invalid_request', 'Unsupported grant type');
		}
	}

	/** Codes and refresh tokens work once. */
	private exchange(known: Map<string, AccessGrant>, given: unknown): Answer {
		if (typeof given !== 'string' || given === '') return refuse(400, 'invalid_request', 'A required parameter is missing');
		const grant = known.get(given);
		known.delete(given);
		if (!grant || grant.expires <= this.clock.now()) return refuse(400, 'invalid_grant', 'Invalid or expired code');
		return json(200, this.issue());
	}

	private issue(): Params {
		const accessToken = this.secret('access');
		const refreshToken = this.secret('refresh');
		const access = this.grant(ACCESS_LIFE);
		this.access.set(accessToken, access);
		this.refresh.set(refreshToken, this.grant(REFRESH_LIFE));
		return {
			access_token: accessToken,
			expires: Math.floor(access.expires / 1000),
			expires_in: ACCESS_LIFE / 1000,
			...this.about(),
			...this.endpoints(),
			domain: this.serverDomain(),
			status: 'L',
			user_id: access.user,
			refresh_token: refreshToken,
		};
	}

	private hasGoodAccess(): boolean {
		return [...this.access.values()].some(({ expires, revoked }) => !revoked && expires > this.clock.now());
	}

	/** Where the authorization server and the portal take calls. */
	endpoints(): { server_endpoint: string; client_endpoint: string } {
		const origin = this.portalUrl();
		return { server_endpoint: `${origin}${SERVER_REST_PATH}`, client_endpoint: `${origin}/rest/` };
	}

	private about(): { domain: string; member_id: string; scope: string } {
		return { domain: new URL(this.portalUrl()).host, member_id: this.memberId, scope: this.application.scopes.join(',') };
	}

	private serverDomain(): string {
		return `${new URL(this.portalUrl()).host}/authorization-server`;
	}

	private grant(life: number): AccessGrant {
		const { clientId, scopes } = this.application;
		return { clientId, user: 1, scopes, expires: this.clock.now() + life, revoked: false };
	}

	private secret(kind: string): string {
		this.issued += 1;
		return (
			createHash('sha256').update(`${kind} ${this.seed} ${this.issued}`).digest('hex') +
			this.issued.toString(16).padStart(6, '0')
		);
	}
}

const refuse = (status: number, error: string, description: string): Answer =>
	json(status, { error, error_description: description });

const json = (status: number, body: Params): Answer => ({
	status,
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(body),
});
