import type { Caller } from '../access/callers.cts';
import { timeObject } from '../wire/envelope.cts';
import { FileResult } from '../wire/envelope.cts';
import { asList, asText, isEmpty, isMap, type Params } from '../wire/params.cts';
import { parsePhpQuery } from '../wire/phpQuery.cts';
import { RestError } from '../wire/restError.cts';
import type { Outcome, Runner } from './runner.cts';

const MOST_COMMANDS = 50;

/** What a batch gathers, key by key. */
interface Gathered {
	result: Params;
	result_error: Params;
	result_total: Params;
	result_next: Params;
	result_time: Params;
}

interface Command {
	method: string;
	params: Params;
}

/**
 * Runs up to fifty commands one after another. Later ones may use earlier results (`$result[key][path][0]`). With
 * `halt` the first failure ends it. The answer is 200 even when all commands fail.
 */
export async function runBatch(runner: Runner, params: Params, caller: Caller): Promise<Outcome> {
	const start = runner.portal.clock.now();
	const gathered: Gathered = { result: {}, result_error: {}, result_total: {}, result_next: {}, result_time: {} };
	const halt = !isEmpty(params.halt) && params.halt !== 'false';
	let seconds = 0;
	for (const [index, [key, given]] of commandsOf(params).entries()) {
		seconds += await runCommand(runner, caller, gathered, key, index < MOST_COMMANDS ? given : undefined);
		runner.checkRequestTime(seconds);
		if (halt && gathered.result_error[key] !== undefined) break;
	}
	return { result: { result: gathered }, timing: runner.timing(start, seconds, caller, 'batch') };
}

function commandsOf({ cmd }: Params): Array<[string, unknown]> {
	const given = typeof cmd === 'string' ? parseJson(cmd) : cmd;
	if (isMap(given)) return Object.entries(given);
	return (asList(given) ?? []).map((command, index) => [String(index), command]);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Returns the seconds of work. `given` is undefined for a command beyond the fiftieth. */
async function runCommand(runner: Runner, caller: Caller, gathered: Gathered, key: string, given: unknown): Promise<number> {
	const command = readCommand(given);
	try {
		if (given === undefined) throw new RestError('ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded');
		if (command.method.toLowerCase() === 'batch')
			throw new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405);
		const inner = resolveReferences(command.params, gathered.result) as Params;
		const billedTo = runner.portal.operating?.billsBatch ? 'batch' : undefined;
		const { result, timing } = runner.runMethod(command.method, inner, caller, billedTo);
		if (result instanceof FileResult)
			throw new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405);
		gathered.result[key] = result.result;
		if (result.total !== undefined) gathered.result_total[key] = result.total;
		if (result.next !== undefined) gathered.result_next[key] = result.next;
		gathered.result_time[key] = timeObject(timing);
		await runner.countCommand(command.method, 200);
		return timing.processing;
	} catch (error) {
		if (!(error instanceof RestError)) throw error;
		gathered.result_error[key] = { error: error.code, error_description: error.message };
		await runner.countCommand(command.method, error.status);
		return 0;
	}
}

/** `method?query`, or `[method, params]`. */
function readCommand(given: unknown): Command {
	if (typeof given === 'string') {
		const mark = given.indexOf('?');
		return mark < 0
			? { method: given, params: {} }
			: { method: given.slice(0, mark), params: parsePhpQuery(given.slice(mark + 1)) };
	}
	const [method, params] = isMap(given) ? [given.method, given.params] : (asList(given) ?? []);
	return { method: asText(method), params: isMap(params) ? params : {} };
}

const WHOLE = /^\$result((?:\[[^\]]*\])+)$/;
const EMBEDDED = /\$result((?:\[[^\]]*\])+)/g;

function resolveReferences(value: unknown, results: Params): unknown {
	if (typeof value === 'string') return resolveText(value, results);
	if (Array.isArray(value)) return value.map((item) => resolveReferences(item, results));
	return isMap(value)
		? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(item, results)]))
		: value;
}

function resolveText(text: string, results: Params): unknown {
	const whole = WHOLE.exec(text)?.[1];
	if (whole !== undefined) return lookUp(whole, results) ?? '';
	return text.replace(EMBEDDED, (_reference, path: string) => asText(lookUp(path, results)));
}

function lookUp(path: string, results: Params): unknown {
	let value: unknown = results;
	for (const [, key = ''] of path.matchAll(/\[([^\]]*)\]/g))
		value = typeof value === 'object' && value !== null ? (value as Params)[key] : undefined;
	return value;
}
