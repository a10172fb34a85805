import type { HttpRequest, HttpResponse, Send } from '../../transport';
import type { Egress } from './egress';

/**
 * Sends with `fetch`, whose connections are kept open between calls. n8n's own helper opens one for each call,
 * and MoySklad bans clients that do. n8n's rules on which addresses may be called are asked all the same.
 */
export function fetchSend(authorization: Record<string, string>, egress: Egress): Send {
	return async (request) => {
		const allowed = await egress.validateUrl(request.url);
		if (!allowed.ok) throw allowed.error;
		const response = await fetch(request.url, {
			method: request.method,
			headers: { ...request.headers, ...(request.authorize ? authorization : {}) },
			body: request.body as BodyInit | undefined,
			redirect: 'manual',
			signal: deadline(request),
		});
		return await toResponse(response);
	};
}

function deadline({ timeoutMilliseconds, signal }: HttpRequest): AbortSignal {
	const timeout = AbortSignal.timeout(timeoutMilliseconds);
	return signal ? AbortSignal.any([timeout, signal]) : timeout;
}

async function toResponse(response: Response): Promise<HttpResponse> {
	return {
		status: response.status,
		headers: Object.fromEntries(response.headers),
		body: new Uint8Array(await response.arrayBuffer()),
	};
}
