import { isMap, type Params } from './params.cts';

/** Reads a query or form as PHP does: `+` is a space, `a[b][]=1` makes arrays, a later value replaces an earlier one. */
export function parsePhpQuery(text: string): Params {
	const params: Params = {};
	for (const pair of text.split('&')) {
		if (pair === '') continue;
		const mark = pair.indexOf('=');
		assign(params, decode(mark < 0 ? pair : pair.slice(0, mark)), mark < 0 ? '' : decode(pair.slice(mark + 1)));
	}
	return params;
}

/** Puts `value` under a name with brackets into `params`. */
export function assign(params: Params, name: string, value: unknown): void {
	const bracket = name.indexOf('[');
	const head = bracket < 0 ? name : name.slice(0, bracket);
	if (head === '') return;
	const keys = [head.replace(/[ .]/g, '_'), ...(bracket < 0 ? [] : bracketKeys(name.slice(bracket)))];
	let place = params;
	for (const [depth, key] of keys.entries()) {
		const actual = key === '' ? nextIndex(place) : key;
		if (depth === keys.length - 1) place[actual] = value;
		else place = descend(place, actual);
	}
}

function descend(place: Params, key: string): Params {
	const inner = place[key];
	if (isMap(inner)) return inner;
	const made: Params = {};
	place[key] = made;
	return made;
}

const bracketKeys = (brackets: string): string[] => [...brackets.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');

function nextIndex(place: Params): string {
	const numbers = Object.keys(place)
		.filter((key) => /^\d+$/.test(key))
		.map(Number);
	return String(numbers.length === 0 ? 0 : Math.max(...numbers) + 1);
}

/** PHP leaves a broken percent sequence as it is. */
function decode(text: string): string {
	const spaced = text.replaceAll('+', ' ');
	try {
		return decodeURIComponent(spaced);
	} catch {
		return spaced;
	}
}
