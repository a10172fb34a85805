/** What a text holds as JSON; undefined when it is none. Tables keep objects as text. */
export function fromJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
