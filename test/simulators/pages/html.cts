/** Text that may stand in a page as it is. Only `html` makes it, so whatever comes from data has been escaped. */
export class Html {
	constructor(readonly text: string) {}
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

type Value = Html | string | number | false | undefined | readonly Value[];

/** A piece of a page. Values are escaped but for pieces of pages; lists are joined; `false` and undefined are nothing. */
export const html = (texts: TemplateStringsArray, ...values: Value[]): Html =>
	new Html(texts.map((text, index) => (index === 0 ? '' : written(values[index - 1])) + text).join(''));

function written(value: Value): string {
	if (value === undefined || value === false) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'object') return value.map(written).join('');
	return escaped(String(value));
}
