import { isMap } from './params.cts';

/** An answer as XML (`method.xml`): list items are `<item>`. */
export const toXml = (value: unknown): string =>
	`<?xml version="1.0" encoding="UTF-8"?><response>${inner(value)}</response>`;

function inner(value: unknown): string {
	if (Array.isArray(value)) return value.map((item) => element('item', item)).join('');
	if (isMap(value))
		return Object.entries(value)
			.map(([key, item]) => element(/^\d/.test(key) ? 'item' : key, item))
			.join('');
	if (value === true) return '1';
	return value === null || value === undefined || value === false ? '' : escape(String(value));
}

function element(name: string, value: unknown): string {
	const content = inner(value);
	return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
