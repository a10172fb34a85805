import { SyncError, warning } from '../../../../core';
import { fail, type Entry } from '../entry';
import type { Delivered, FileRemark } from './delivery';

/**
 * Hands what the site could not import to the items that it names by key or name. What names none may be of any item that was in the
 * file: those are told of it and get no link, so that they are sent again.
 */
export function applyRemarks(entries: readonly Entry[], { remarks }: Delivered): void {
	for (const remark of remarks) {
		const named = entries.filter((entry) => isNamed(remark.text, entry));
		if (named.length === 1) fail(named[0] as Entry, new SyncError(remark.code, { file: remark.file, reason: remark.text }));
		else entries.forEach((entry) => doubt(entry, remark));
	}
}

/** Short names are in too many texts. */
const SHORTEST = 4;

const isNamed = (text: string, { key, goods }: Entry): boolean =>
	[key, goods.name].some((word) => word !== undefined && word !== null && word.length >= SHORTEST && text.includes(word));

function doubt({ result }: Entry, { file, text }: FileRemark): void {
	if (!result || result.status !== 'unverified') return;
	delete result.link;
	result.warnings.push(warning('EXCHANGE_PORTION_FAILED', { file, reason: text }));
}
