import type { Owner } from './environment.cts';

/** What n8n answers to a call: its envelope is opened. */
export type RestCall = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

/** A user of n8n who is logged in. */
export interface RestSession {
	call: RestCall;
	/** A page for people below `/rest`: its HTML. */
	page(path: string): Promise<string>;
	/** What proves to n8n who calls: the value of its cookie `n8n-auth`. */
	readonly pass: string;
}

/** An answer that is no success. */
export class RestError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * Logs in as the editor does, and gives the functions by which n8n's internal REST interface is called.
 * Paths begin behind `/rest`. An answer that is no success is thrown as a RestError, with n8n's own message.
 */
export async function logIn(url: string, { email, password }: Owner): Promise<RestSession> {
	let cookie: string | undefined;
	const call: RestCall = async <Answer,>(method: string, path: string, body?: unknown): Promise<Answer> => {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			// An n8n that was busy for seconds resets connections which it kept open for longer than it wants to.
			headers: { 'content-type': 'application/json', connection: 'close', ...(cookie && { cookie }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		cookie ??= response.headers
			.getSetCookie()
			.find((entry) => entry.startsWith('n8n-auth='))
			?.split(';')[0];
		const text = await response.text();
		if (!response.ok)
			throw new RestError(response.status, `${method} /rest${path} was answered with ${response.status}: ${messageIn(text)}`);
		return (JSON.parse(text || '{}') as { data: Answer }).data;
	};
	await makeOwner(call, email, password);
	await call('POST', '/login', { emailOrLdapLoginId: email, password });
	const page = async (path: string): Promise<string> => await (await fetch(`${url}/rest${path}`, { headers: { cookie: cookie ?? '' } })).text();
	return { call, page, pass: cookie?.slice(cookie.indexOf('=') + 1) ?? '' };
}

/** An n8n that does not take its owner from the environment, such as 2.6, waits for the first who comes. */
async function makeOwner(call: RestCall, email: string, password: string): Promise<void> {
	const { userManagement } = await call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>('GET', '/settings');
	if (userManagement.showSetupOnFirstLoad)
		await call('POST', '/owner/setup', { email, password, firstName: 'Olga', lastName: 'Owner' });
}

function messageIn(text: string): string {
	try {
		return (JSON.parse(text) as { message?: string }).message ?? text;
	} catch {
		return text;
	}
}
