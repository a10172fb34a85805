import { control, readAnswer, type RestAnswer } from './restClient';
import { startBitrix, type RunningBitrix } from './start.cts';

let bitrix: RunningBitrix;

beforeEach(async () => {
	bitrix = await startBitrix();
});
afterEach(async () => await bitrix.close());

type Tokens = Record<string, unknown> & { access_token: string; refresh_token: string };

async function redirect(query: string): Promise<Response> {
	return await fetch(`${bitrix.oauth.authorizeUrl}?${query}`, { redirect: 'manual' });
}

async function newCode(): Promise<string> {
	const location = (await redirect(`client_id=${bitrix.oauth.clientId}&state=s1`)).headers.get('location') ?? '';
	return new URL(location).searchParams.get('code') ?? '';
}

const ask = async (params: Record<string, string>, changes: Record<string, string> = {}): Promise<Response> => {
	const { clientId, clientSecret, tokenUrl } = bitrix.oauth;
	const query = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...params, ...changes });
	return await fetch(`${tokenUrl}?${query.toString()}`);
};

async function tokens(): Promise<Tokens> {
	return (await (await ask({ grant_type: 'authorization_code', code: await newCode() })).json()) as Tokens;
}

const refresh = async (token: string): Promise<Response> => await ask({ grant_type: 'refresh_token', refresh_token: token });

const call = async (method: string, token: string): Promise<RestAnswer> =>
	await readAnswer(await fetch(`${bitrix.url}/rest/${method}?auth=${token}`));

it('the user comes back with a code and what belongs to the portal', async () => {
	const answer = await redirect(`client_id=${bitrix.oauth.clientId}&state=a%20b`);
	const location = new URL(answer.headers.get('location') ?? '');
	expect(answer.status).toBe(302);
	expect(location.href.startsWith(bitrix.oauth.redirectUri)).toBe(true);
	expect(Object.fromEntries(location.searchParams)).toEqual({
		code: expect.any(String),
		state: 'a b',
		domain: new URL(bitrix.url).host,
		member_id: bitrix.oauth.memberId,
		scope: expect.stringContaining('catalog,sale'),
		server_domain: expect.any(String),
	});
});

it('a failed authorization never goes back', async () => {
	const answer = await redirect('client_id=nonsense');
	expect(answer.status).toBe(400);
	expect(answer.headers.get('location')).toBeNull();
});

it('a code gives tokens: no token type, scopes with commas, the address for calls', async () => {
	const given = await tokens();
	expect(given).toEqual({
		access_token: expect.any(String),
		refresh_token: expect.any(String),
		expires_in: 3600,
		expires: expect.any(Number),
		scope: expect.stringMatching(/^catalog,sale,/),
		domain: expect.any(String),
		server_endpoint: `${bitrix.oauth.serverEndpoint}/rest/`,
		client_endpoint: `${bitrix.url}/rest/`,
		status: 'L',
		user_id: 1,
		member_id: bitrix.oauth.memberId,
	});
});

it('tokens can be had by POST of a form as well', async () => {
	const { clientId, clientSecret, tokenUrl } = bitrix.oauth;
	const body = new URLSearchParams({
		grant_type: 'authorization_code',
		client_id: clientId,
		client_secret: clientSecret,
		code: await newCode(),
	});
	expect((await fetch(tokenUrl, { method: 'POST', body })).status).toBe(200);
});

it('a code lives 30 seconds and works once', async () => {
	const late = await newCode();
	bitrix.clock.advance(30_001);
	expect(await (await ask({ grant_type: 'authorization_code', code: late })).json()).toMatchObject({
		error: 'invalid_grant',
	});
	const code = await newCode();
	expect((await ask({ grant_type: 'authorization_code', code })).status).toBe(200);
	expect((await ask({ grant_type: 'authorization_code', code })).status).toBe(400);
});

it.each([
	['a wrong secret', { client_secret: 'nonsense' }, 401, 'invalid_client'],
	['an unknown grant', { grant_type: 'password' }, 400, 'invalid_request'],
	['no code', { code: '' }, 400, 'invalid_request'],
	['an invented code', { code: 'nonsense' }, 400, 'invalid_grant'],
])('refuses %s', async (_case, changes, status, error) => {
	const answer = await ask({ grant_type: 'authorization_code', code: 'x' }, changes);
	expect(answer.status).toBe(status);
	expect(await answer.json()).toMatchObject({ error });
});

it('an application without a licence is refused', async () => {
	const code = await newCode();
	await control(bitrix, 'PUT application', { unpaid: true });
	expect(await (await ask({ grant_type: 'authorization_code', code })).json()).toMatchObject({ error: 'PAYMENT_REQUIRED' });
});

it('a token works in the query, in the body and in the header', async () => {
	const { access_token: token } = await tokens();
	expect((await call('scope', token)).status).toBe(200);
	const body = JSON.stringify({ auth: token });
	expect(
		(await fetch(`${bitrix.url}/rest/scope`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
			.status,
	).toBe(200);
	expect((await fetch(`${bitrix.url}/rest/scope`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
	expect(await call('app.info', token)).toMatchObject({ status: 200, result: { STATUS: 'L' } });
});

it('after an hour the token has expired; the refresh token gives a new pair, and only once', async () => {
	const first = await tokens();
	bitrix.clock.advance(3600_000);
	expect(await call('scope', first.access_token)).toMatchObject({ status: 401, error: 'expired_token' });
	const second = (await (await refresh(first.refresh_token)).json()) as Tokens;
	expect((await call('scope', second.access_token)).status).toBe(200);
	expect(await (await refresh(first.refresh_token)).json()).toMatchObject({ error: 'invalid_grant' });
	expect((await refresh(second.refresh_token)).status).toBe(200);
});

it('refreshes while the token is still good are noted', async () => {
	const { refresh_token: token } = await tokens();
	const second = (await (await refresh(token)).json()) as Tokens;
	bitrix.clock.advance(3600_000);
	await refresh(second.refresh_token);
	expect(await control(bitrix, 'GET state')).toMatchObject({ earlyRefreshes: 1 });
});

it('a refresh token lives 180 days', async () => {
	const { refresh_token: token } = await tokens();
	bitrix.clock.advance(180 * 86_400_000);
	expect((await refresh(token)).status).toBe(400);
});

it('tokens can be ended by the control interface', async () => {
	const expired = await tokens();
	await control(bitrix, 'POST tokens/expire');
	expect(await call('scope', expired.access_token)).toMatchObject({ error: 'expired_token' });
	const revoked = (await (await refresh(expired.refresh_token)).json()) as Tokens;
	await control(bitrix, 'POST tokens/revoke');
	expect(await call('scope', revoked.access_token)).toMatchObject({ status: 401, error: 'invalid_token' });
	expect((await refresh(revoked.refresh_token)).status).toBe(400);
});

it('a dismissed employee gets nothing, neither by a token nor by a webhook', async () => {
	const { access_token: token } = await tokens();
	const employee = bitrix.portal.users.find(({ id }) => id === 1);
	if (!employee) throw new Error('nobody is there');
	employee.active = false;
	try {
		expect(await call('scope', token)).toMatchObject({ status: 403, error: 'user_access_error' });
		const hooked = await fetch(`${bitrix.webhookUrl}scope`);
		expect([hooked.status, await hooked.json()]).toEqual([403, expect.objectContaining({ error: 'INVALID_CREDENTIALS' })]);
	} finally {
		employee.active = true;
	}
});
