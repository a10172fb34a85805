import type { HttpRequest, HttpResponse, Send } from '../../transport';

/** An answer of the script: a response, or a failure to answer. */
export type Step = { status?: number; headers?: Record<string, string>; body?: unknown; text?: string } | Error;

/** Plays a server: one step a request, in order; remembers what it was sent. Unscripted requests fail the test. */
export function scripted(...steps: Step[]): { send: Send; requests: HttpRequest[] } {
	const requests: HttpRequest[] = [];
	const send: Send = async (request) => {
		requests.push(request);
		const step = steps[requests.length - 1];
		if (step === undefined) throw new Error(`Not in the script: ${request.method} ${request.url}`);
		if (step instanceof Error) throw step;
		return await Promise.resolve(toResponse(step));
	};
	return { send, requests };
}

function toResponse({ status = 200, headers = {}, body, text }: Exclude<Step, Error>): HttpResponse {
	const content = text ?? (body === undefined ? '' : JSON.stringify(body));
	return { status, headers, body: new TextEncoder().encode(content) };
}

/** A socket error as Node makes it. */
export const socketError = (code: string): Error => Object.assign(new Error(code), { cause: Object.assign(new Error(code), { code }) });
