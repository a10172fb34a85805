import type { RunningBitrix } from './start.cts';

/** The parts of an answer that tests look at. */
export interface RestAnswer {
	status: number;
	/** The whole body. */
	body: Record<string, unknown>;
	// The shape depends on the method; tests say what they expect.
	result: Json;
	error: unknown;
	total: number | undefined;
	next: number | undefined;
}

/** JSON whose parts can be named without asking whether they are there: a test fails where they are not. */
export interface Json {
	[key: string]: Json;
}

export type Rest = (method: string, params?: Record<string, unknown>) => Promise<RestAnswer>;

/** Calls methods with JSON over the administrator's webhook, or over the given one. */
export const connect =
	(running: Pick<RunningBitrix, 'webhookUrl'>, base = running.webhookUrl): Rest =>
	async (method, params = {}) =>
		await readAnswer(
			await fetch(base + method, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(params),
			}),
		);

export async function readAnswer(answer: Response): Promise<RestAnswer> {
	const body = (await answer.json()) as Record<string, unknown>;
	const { result, error, total, next } = body;
	return {
		status: answer.status,
		body,
		result: result as Json,
		error,
		total: total as number | undefined,
		next: next as number | undefined,
	};
}

/** The result of a call that has to succeed. */
export async function must(answer: Promise<RestAnswer>): Promise<Json> {
	const { status, body, result } = await answer;
	if (status !== 200) throw new Error(`HTTP ${status}: ${JSON.stringify(body)}`);
	return result;
}

/** Calls the control interface. */
export async function control(running: RunningBitrix, action: string, body?: unknown): Promise<Json> {
	const [method = 'GET', path = ''] = action.split(' ');
	const answer = await fetch(`${running.url}/_simulator/${path}`, {
		method,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(await answer.text());
	return (await answer.json()) as Json;
}
