import { refusal } from '../errors.cts';
import type { ExpandTree, Resource } from '../engine/schema.cts';

const MOST_LEVELS = 3;

/** `a,b.c` → a tree. Throws 1089 for a field that cannot be expanded and for more than three levels. */
export function parseExpand(
	text: string,
	resources: readonly Resource[],
	find: (type: string) => Resource | undefined,
): ExpandTree {
	const tree: ExpandTree = {};
	for (const path of text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '')) {
		const names = path.split('.');
		if (names.length > MOST_LEVELS) throw refusal(1089, path);
		let branch = tree;
		let here = resources;
		for (const name of names) {
			here = behind(name, here, find);
			if (here.length === 0) throw refusal(1089, path);
			branch = branch[name] ??= {};
		}
	}
	return tree;
}

/** The resources that a field of the given ones may hold; none when no one can expand it. */
function behind(
	name: string,
	resources: readonly Resource[],
	find: (type: string) => Resource | undefined,
): Resource[] {
	return resources.flatMap((resource) => {
		const collection = resource.collections?.[name];
		if (collection) return [collection.resource];
		return (resource.fields[name]?.kind.targets ?? []).map(find).filter((target) => target !== undefined);
	});
}
