import type { Caller } from '../access/callers.cts';
import type { Portal } from '../portal.cts';
import type { FileResult, MethodResult } from '../wire/envelope.cts';
import { asInteger, isMap, type Params } from '../wire/params.cts';
import { missingParameter, RestError } from '../wire/restError.cts';

/** What a user must be allowed to do. `any`: every user of the portal; `catalog.purchase`: to see purchasing prices. */
export type Right =
	| 'any'
	| 'catalog.read'
	| 'catalog.write'
	| 'catalog.purchase'
	| 'sale.read'
	| 'sale.write'
	| 'crm.read'
	| 'crm.write'
	| 'crm.settings';

export type ParameterType = 'integer' | 'text' | 'map' | 'list';

export interface MethodCall {
	portal: Portal;
	caller: Caller;
	params: Params;
}

/** A method of REST as data. Names are written as the documentation does; calls may use any case. */
export interface Method {
	name: string;
	/** Must be among the caller's scopes; empty = none needed. */
	scope: string;
	right: Right;
	/** Parameters without which the call is refused with code 100. */
	parameters?: Record<string, ParameterType>;
	/** Only with an application's token, not with a webhook. */
	application?: boolean;
	/** On a plain site it belongs to the settings, which only administrators see. */
	ofSettings?: boolean;
	/** How it says that the user may not do this, where that is not as the catalog says it. */
	denied?(): RestError;
	run(call: MethodCall): MethodResult | FileResult;
}

/** Throws code 100 for parameters that are not there or of another type. */
export function checkParameters(method: Method, params: Params): void {
	for (const [name, type] of Object.entries(method.parameters ?? {})) {
		const value = params[name];
		if (value === undefined || value === null) throw missingParameter(name);
		if (!isOfType(value, type)) {
			throw new RestError(
				100,
				`Invalid value {${typeof value}} to match with parameter {${name}}. Should be value of type ${type}.`,
			);
		}
	}
}

function isOfType(value: unknown, type: ParameterType): boolean {
	if (type === 'map' || type === 'list') return typeof value === 'object';
	if (type === 'text') return typeof value === 'string' || typeof value === 'number';
	return typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value));
}

export const ok = (result: unknown): MethodResult => ({ result });

/** The map under `name`; an empty one when there is none. */
export const mapOf = (params: Params, name: string): Params => (isMap(params[name]) ? params[name] : {});

export const idOf = (params: Params, name = 'id'): number => asInteger(params[name]);
