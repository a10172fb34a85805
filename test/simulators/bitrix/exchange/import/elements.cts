import type { ExchangeSite } from '../site.cts';
import type { XmlNode } from '../xml/node.cts';
import { importGood } from './goods.cts';
import { importOffer } from './offers.cts';
import type { CatalogProgress, Package } from './progress.cts';
import { ElementError, sceneOf, type Scene } from './scene.cts';

/** What a portion came to. `error`: the last one of its elements; the others of the portion are done. */
export interface Portion {
	done: boolean;
	position: number;
	count: number;
	error?: string;
}

/** Imports the next elements of the list, so many a call. */
export function importElements(site: ExchangeSite, { package: pack, position }: CatalogProgress, path: string): Portion {
	if (!pack) return { done: true, position, count: 0 };
	const all = elementsOf(site, pack);
	const portion = all.slice(position, position + site.settings.stepRows);
	const error = importAll(sceneOf(site, pack, path), portion);
	const after = position + portion.length;
	return { done: after >= all.length, position: after, count: portion.length, ...(error !== undefined && { error }) };
}

/** Whatever lies in those rows of the table now. */
const elementsOf = ({ table }: ExchangeSite, { elementRows }: Package): XmlNode[] =>
	elementRows.flatMap((row) => table.row(row)?.children ?? []);

function importAll(scene: Scene, nodes: readonly XmlNode[]): string | undefined {
	let last: string | undefined;
	for (const node of nodes) {
		const error = importOne(scene, node);
		if (error !== undefined) last = error;
	}
	return last;
}

/** The reason why an element was not taken, or not wholly. */
function importOne(scene: Scene, node: XmlNode): string | undefined {
	try {
		const { id, warning } = scene.pack.kind === 'goods' ? importGood(scene, node) : importOffer(scene, node);
		if (id !== undefined) scene.pack.seenElements.add(id);
		return warning;
	} catch (error) {
		if (error instanceof ElementError) return error.message;
		throw error;
	}
}
