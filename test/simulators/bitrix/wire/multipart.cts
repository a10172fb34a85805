import { assign } from './phpQuery.cts';
import type { Params } from './params.cts';

/** Reads the text fields of a multipart form; files come as their text, since REST takes files as base64 only. */
export function parseMultipart(body: Buffer, contentType: string): Params {
	const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
	const params: Params = {};
	if (boundary === undefined) return params;
	for (const part of body.toString('utf8').split(`--${boundary}`).slice(1, -1)) {
		const end = part.indexOf('\r\n\r\n');
		const name = /\bname="([^"]*)"/i.exec(part.slice(0, end))?.[1];
		if (end >= 0 && name !== undefined) assign(params, name, part.slice(end + 4).replace(/\r\n$/, ''));
	}
	return params;
}
