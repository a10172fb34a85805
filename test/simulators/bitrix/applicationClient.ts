import { readAnswer, type Rest } from './restClient';
import type { RunningBitrix } from './start.cts';

/** What a portal says of itself together with tokens. */
export type Tokens = Record<string, unknown> & { access_token: string; refresh_token: string };

/** The administrator agrees to the application, which gets its tokens. */
export async function signIn({ oauth }: RunningBitrix): Promise<Tokens> {
	const { clientId, clientSecret, authorizeUrl, tokenUrl } = oauth;
	const redirect = await fetch(`${authorizeUrl}?client_id=${clientId}&state=x`, { redirect: 'manual' });
	const code = new URL(redirect.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const query = new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, code });
	return (await (await fetch(`${tokenUrl}?${query.toString()}`)).json()) as Tokens;
}

/** Calls methods as the application, by a channel of its own when `connector` is given. */
export async function asApplication(bitrix: RunningBitrix, connector?: string): Promise<Rest> {
	const { access_token: auth } = await signIn(bitrix);
	return async (method, params = {}) =>
		await readAnswer(
			await fetch(`${bitrix.url}/rest/${method}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ...params, auth, ...(connector !== undefined && { auth_connector: connector }) }),
			}),
		);
}
