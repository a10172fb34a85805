/** Bitrix's codes are words, numbers, numbers as text, `0`, or nothing at all. */
export type ErrorCode = string | number;

/** An answer of REST that says no: `{ error, error_description }` with an HTTP status. */
export class RestError extends Error {
	constructor(
		readonly code: ErrorCode,
		description: string,
		readonly status = 400,
	) {
		super(description);
	}
}

/** Most refusals of the shop's own logic have no code. */
export const plainError = (description: string): RestError => new RestError('', description);

export const zeroError = (description: string): RestError => new RestError(0, description);

export const missingParameter = (name: string): RestError =>
	new RestError(100, `Could not find value for parameter {${name}}`);

export const requiredFields = (names: string[]): RestError => zeroError(`Required fields: ${names.join(', ')}`);

export const accessDenied = (code: number): RestError => new RestError(code, 'Access Denied');

/** The plan does not include the feature. */
export const wrongLicense = (feature: string): RestError =>
	new RestError('WRONG_LICENSE', `This feature is not enabled for the current license: ${feature}`, 403);

/** The call is for administrators only. */
export const administratorsOnly = (): RestError => new RestError('ACCESS_DENIED', 'Access denied!', 403);

export const wrongArgument = (description: string): RestError => new RestError('ERROR_ARGUMENT', description);

export const methodNotFound = (): RestError => new RestError('ERROR_METHOD_NOT_FOUND', 'Method not found!', 404);
