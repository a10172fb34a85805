import type { Answer } from '../../kernel/simulator.cts';
import { formatMoment } from './dates.cts';
import { phpJson } from './phpJson.cts';
import type { RestError } from './restError.cts';
import { toXml } from './xml.cts';

/** What a method gives back: its result, and for lists how many rows there are and where the next page starts. */
export interface MethodResult {
	result: unknown;
	total?: number;
	next?: number;
	/** Seconds of work on top of what every call of the method costs. */
	work?: number;
}

/** A method may also send a file instead of an answer. */
export class FileResult {
	constructor(
		readonly contentType: string,
		readonly bytes: Buffer,
		readonly name: string,
	) {}
}

/** Seconds. `operating` is there only where the portal counts it. */
export interface Timing {
	start: number;
	finish: number;
	processing: number;
	operating?: { seconds: number; resetAt: number };
}

/** The `time` object of an answer. `start` and `finish` are milliseconds since 1970. */
export function timeObject({ start, finish, processing, operating }: Timing): Record<string, unknown> {
	return {
		start: start / 1000,
		finish: finish / 1000,
		duration: (finish - start) / 1000,
		processing,
		date_start: formatMoment(start),
		date_finish: formatMoment(finish),
		...(operating && { operating_reset_at: operating.resetAt, operating: operating.seconds }),
	};
}

export type Format = 'json' | 'xml';

export function okAnswer(format: Format, { result, total, next }: MethodResult, timing: Timing): Answer {
	return answer(200, format, {
		result,
		...(next !== undefined && { next }),
		...(total !== undefined && { total }),
		time: timeObject(timing),
	});
}

export const errorAnswer = (format: Format, error: RestError): Answer =>
	answer(error.status, format, { error: error.code, error_description: error.message });

export function fileAnswer({ contentType, bytes, name }: FileResult): Answer {
	const disposition = `attachment; filename*=utf-8''${encodeURIComponent(name)}`;
	return { status: 200, headers: { 'content-type': contentType, 'content-disposition': disposition }, body: bytes };
}

export const htmlAnswer = (status: number, title: string): Answer => ({
	status,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

function answer(status: number, format: Format, body: Record<string, unknown>): Answer {
	const xml = format === 'xml';
	return {
		status,
		headers: { 'content-type': xml ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8' },
		body: xml ? toXml(body) : phpJson(body),
	};
}
