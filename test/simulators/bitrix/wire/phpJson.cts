import { isMap } from './params.cts';

/**
 * JSON as PHP prints its arrays: an empty map is `[]`, keys 0, 1, 2… make a list, an answer's keys are in order;
 * slashes, quotes, `<`, `>`, `&`, apostrophes and everything beyond ASCII are escaped.
 */
export const phpJson = (value: unknown): string => escape(JSON.stringify(asPhpArray(value)));

function asPhpArray(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(asPhpArray);
	if (!isMap(value)) return value;
	const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
	const isList = entries.every(([key], index) => key === String(index));
	return isList
		? entries.map(([, inner]) => asPhpArray(inner))
		: Object.fromEntries(entries.map(([key, inner]) => [key, asPhpArray(inner)]));
}

/** In JSON text these characters stand inside strings only, so they can be escaped without parsing it again. */
function escape(json: string): string {
	return json
		.replace(/\\./g, (pair) => (pair === '\\"' ? '\\u0022' : pair))
		.replace(/[<>&'\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replaceAll('/', '\\/');
}
