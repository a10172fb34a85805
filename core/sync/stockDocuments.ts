import { exactSum } from '../moysklad/stock';
import { sameAmount, type Place } from './stockOffer';

/**
 * S brings goods into a store (оприходование), D takes them out (списание). Source: github bitrix24/b24restdocs,
 * `api-reference/catalog/document`.
 */
export type DocumentType = 'S' | 'D';

/** By how much what lies in a store differs from what is to lie there, in the item's measure. */
export interface Difference {
	elementId: number;
	/** Above zero when something is missing in Bitrix. */
	by: number;
}

/** A stock document that is to be made; amounts are above zero in either type. */
export interface DocumentPlan {
	type: DocumentType;
	lines: Array<{ elementId: number; amount: number }>;
}

/** By how much a store lacks of an item (`wanted` less `lies`, in its measure). Undefined when it is the same amount to Bitrix. */
export const differenceOf = (elementId: number, lies: number, wanted: number): Difference | undefined =>
	sameAmount(lies, wanted) ? undefined : { elementId, by: exactSum([wanted, -lies]) };

const typeOf = ({ by }: Difference): DocumentType => (by > 0 ? 'S' : 'D');

/** Documents that bring the differences about, each of `most` lines at most. What is taken out comes first. */
export function planDocuments(differences: readonly Difference[], most: number): DocumentPlan[] {
	return (['D', 'S'] as const).flatMap((type) => {
		const lines = differences.filter((one) => typeOf(one) === type).map(({ elementId, by }) => ({ elementId, amount: Math.abs(by) }));
		return Array.from({ length: Math.ceil(lines.length / most) }, (_, part) => ({ type, lines: lines.slice(part * most, (part + 1) * most) }));
	});
}

/** A line of a draft; its amount in the item's measure. */
export interface DraftLine {
	id: number;
	elementId: number;
	amount: number;
}

/** What has changed between making a draft and conducting it. */
export interface Correction {
	/** Lines with the amount that they need now. */
	change: DraftLine[];
	/** Lines for which this document is not the right one any more. */
	remove: DraftLine[];
}

/** What has to be corrected in a draft after the amounts were read again (rule S4). */
export function correctDraft(type: DocumentType, lines: readonly DraftLine[], now: ReadonlyMap<number, Difference | undefined>): Correction {
	const correction: Correction = { change: [], remove: [] };
	for (const line of lines) {
		const difference = now.get(line.elementId);
		if (!difference || typeOf(difference) !== type) correction.remove.push(line);
		else if (!sameAmount(Math.abs(difference.by), line.amount)) correction.change.push({ ...line, amount: Math.abs(difference.by) });
	}
	return correction;
}

/** With what the titles of all our documents for a store begin; the bracket keeps store 1 apart from store 12. */
export const documentMark = (store: Place): string => `MoySklad stock [store ${store}]`;

/** The title of a document, by which it is found again (rule S4). `run` is different for each run of the node. */
export const documentTitle = (store: Place, run: string, part: number): string => `${runMark(store, run)}${part}`;

/** With what the titles of one run begin. */
export const runMark = (store: Place, run: string): string => `${documentMark(store)} ${run}/`;
