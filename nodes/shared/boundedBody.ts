import { joinedBytes, SyncError } from '../../core';
import { hostOf, type HttpRequest } from '../../transport';

/** The body of an answer while it still comes in. */
export interface IncomingBody extends AsyncIterable<Uint8Array> {
	destroy(): unknown;
}

const MEGABYTE = 1024 * 1024;

/** Takes a body in, as long as it is not longer and does not take longer than the request allows. Throws ANSWER_TOO_LARGE. */
export async function boundedBody(body: IncomingBody, request: HttpRequest): Promise<Uint8Array> {
	const deadline = AbortSignal.timeout(request.timeoutMilliseconds);
	try {
		return await gathered(body[Symbol.asyncIterator](), request, expiry(deadline));
	} finally {
		// Not awaited: a stream whose source is silent ends no sooner than that.
		body.destroy();
	}
}

/** Rejects when the deadline is over. */
async function expiry(deadline: AbortSignal): Promise<never> {
	return await new Promise((_, reject) => {
		deadline.addEventListener('abort', () => reject(Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' })), { once: true });
	});
}

async function gathered(pieces: AsyncIterator<Uint8Array>, { url, maxBytes = Infinity }: HttpRequest, expired: Promise<never>): Promise<Uint8Array> {
	const taken: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const { done, value } = await Promise.race([pieces.next(), expired]);
		if (done) return joinedBytes(taken, length);
		length += value.length;
		if (length > maxBytes) throw new SyncError('ANSWER_TOO_LARGE', { host: hostOf(url), megabytes: Math.ceil(maxBytes / MEGABYTE) });
		taken.push(value);
	}
}
