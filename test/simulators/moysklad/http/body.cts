import type { IncomingCall } from '../../kernel/simulator.cts';
import { detailedRefusal, refusal } from '../errors.cts';
import { header } from './gate.cts';

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_DEPTH = 10;
const MOST_ELEMENTS = 1000;

/**
 * The JSON of a request, or undefined when there is none.
 * Throws 1044 (size), 1037 (content type), 2001 and 2005 (not JSON), 2004, 2006, 2007 (shape).
 */
export function readBody(call: IncomingCall): unknown {
	if (call.body.length > MOST_BYTES) throw refusal(1044);
	if (call.body.length === 0) return undefined;
	const type = header(call, 'content-type')?.split(';')[0]?.trim().toLowerCase();
	if (type !== 'application/json') throw refusal(1037);
	const value = parse(call.body.toString('utf8').replace(/^\uFEFF/, ''));
	if (typeof value !== 'object' || value === null) throw refusal(2005);
	checkShape(value, 1, '');
	return value;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch (error) {
		throw detailedRefusal(2001, position(text, error));
	}
}

/** Where the JSON breaks, as line and column from 1. */
function position(text: string, error: unknown): { line: number; column: number } {
	const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** `name` is the field that holds the value; undefined for an element of an array. */
function checkShape(value: unknown, depth: number, name: string | undefined): void {
	if (typeof value !== 'object' || value === null) return;
	if (depth > MOST_DEPTH) throw refusal(2006);
	if (!Array.isArray(value)) {
		for (const [inner, held] of Object.entries(value)) checkShape(held, depth + 1, inner);
		return;
	}
	if (name === undefined) throw refusal(2004);
	if (value.length > MOST_ELEMENTS) throw name === '' ? refusal(2007) : refusal(2022, name);
	for (const element of value as unknown[]) checkShape(element, depth + 1, undefined);
}
