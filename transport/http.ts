/** One HTTP call. Header names in lower case; a body is text or bytes; redirects are never followed by `send`. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** An absolute address, or a path below the address that the credential holds (Bitrix webhooks: the address itself is secret). */
	url: string;
	headers: Record<string, string>;
	body?: string | Uint8Array;
	timeoutMilliseconds: number;
	/** A longer answer is not taken in: `send` rejects with ANSWER_TOO_LARGE. Without limit when left out. */
	maxBytes?: number;
	/** False for a storage that must not see the account's Authorization. */
	authorize: boolean;
	signal?: AbortSignal;
}

/** An answer of whatever status, complete. */
export interface HttpResponse {
	status: number;
	/** Names in lower case; repeated headers joined by ", ". */
	headers: Record<string, string>;
	/** Decompressed. */
	body: Uint8Array;
}

/**
 * Sends a request and gives the answer of whatever status; rejects only when there is no complete answer
 * (DNS, TLS, connection broken, time over). Nodes bring it: n8n's HTTP helper, or fetch where connections must be kept.
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Time, so that waiting can be tested without waiting. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** Rejects when the signal fires. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The body as UTF-8, without a byte order mark; bytes that are none become U+FFFD. */
export const bodyText = (response: HttpResponse): string => new TextDecoder('utf-8').decode(response.body);

/** The parsed body, or undefined when it is not JSON (a page of a proxy, a body cut in the middle). */
export function bodyJson(response: HttpResponse): unknown {
	try {
		return JSON.parse(bodyText(response)) as unknown;
	} catch {
		return undefined;
	}
}

/** The host without user, path and query. A relative address has the host of its credential. */
export function hostOf(url: string): string {
	return /^https?:\/\/([^/?#@]*@)?([^/?#]+)/i.exec(url)?.[2] ?? 'the server';
}
