/** A form as a tree: its names carry brackets (`data[FIELDS][ID]`). Without a prototype, so that no name can reach one. */
export type FormTree = { [name: string]: string | FormTree };

/** Deeper ones, longer ones and more of them are in no event. */
const DEEPEST = 5;
const MOST_FIELDS = 1_000;

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

/**
 * Reads the flat names and values that n8n makes of a form; as in PHP, the last of several values counts, and a name that is both a
 * value and a branch is what it was last. What is no text, has broken brackets or lies too deep is left out.
 */
export function readForm(body: unknown): FormTree {
	const tree = branch();
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return tree;
	for (const [name, value] of Object.entries(body).slice(0, MOST_FIELDS)) {
		const last: unknown = Array.isArray(value) ? value.at(-1) : value;
		const path = pathOfName(name);
		if (typeof last === 'string' && path) put(tree, path, last);
	}
	return tree;
}

const branch = (): FormTree => Object.create(null) as FormTree;

function pathOfName(name: string): string[] | undefined {
	const [, head, brackets = ''] = NAME.exec(name) ?? [];
	if (head === undefined) return undefined;
	const path = [head, ...[...brackets.matchAll(/\[([^[\]]*)\]/g)].map(([, key = '']) => key)];
	return path.length <= DEEPEST ? path : undefined;
}

function put(tree: FormTree, path: readonly string[], value: string): void {
	let place = tree;
	for (const key of path.slice(0, -1)) {
		const inner = place[key];
		const next = typeof inner === 'object' ? inner : branch();
		place[key] = next;
		place = next;
	}
	place[path.at(-1) ?? ''] = value;
}
