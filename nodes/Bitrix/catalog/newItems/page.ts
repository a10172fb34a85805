import {
	itemCursor, newBody, newItem, newItemSelect, readItemCursor, SyncError, syncId,
	type Family, type ItemCursor, type ItemCursorOwner, type NewItem, type Warning, type WriteResult,
} from '../../../../core';
import type { MoySkladClient } from '../../../../transport';
import { itemFailure } from '../../../shared/errors';
import { sha1 } from '../../../shared/sha1';
import { failedEntry } from '../entry';
import { itemsAfter, newestId } from '../itemPages';
import { presentPrices } from '../presentPrices';
import type { CatalogSession } from '../session';
import { counterparts, type Candidate, type Counterpart } from './counterparts';
import { pairsToMoySklad, readMoySkladBooks } from './moySkladBooks';
import { codeProperties, type NewItemsSettings } from './properties';

/** An item for MoySklad: what is known of it and what it becomes, or, with an id, what it is there already. */
export type OfferedItem = NewItem & { syncId: string; warnings: Warning[] } & (Counterpart | { moySkladId: null; externalCode: null; body: Record<string, unknown> });

export interface NewItemsPage {
	items: OfferedItem[];
	cursor: ItemCursor;
	more: boolean;
	refused: WriteResult[];
}

/** The items behind the cursor that nothing in MoySklad is linked with, each with what it becomes there. */
export async function newItemsPage(session: CatalogSession, client: MoySkladClient, owner: ItemCursorOwner, settings: NewItemsSettings): Promise<NewItemsPage> {
	const cursor = readItemCursor(settings.cursor, owner);
	if (!cursor && !settings.fromBeginning) return { items: [], cursor: itemCursor(owner, await newestId(session)), more: false, refused: [] };
	const codes = codeProperties(session);
	session.moreFields = newItemSelect(codes);
	const { items, last, more } = await itemsAfter(session, 'goods', cursor?.after ?? 0, settings.pageSize);
	const candidates = items.filter(({ moySkladId }) => moySkladId === null).map((present): Candidate => {
		const kind = kindOf(present.family);
		return { present, kind, syncId: syncId(sha1, { siteKey: owner.siteKey, documentType: kind ?? 'product', sourceEntity: 'product', sourceId: String(present.id) }) };
	});
	const page: NewItemsPage = { items: [], cursor: itemCursor(owner, last), more, refused: [] };
	if (candidates.length > 0) await offer(page, session, client, codes, candidates);
	return page;
}

const kindOf = (family: Family | undefined): Candidate['kind'] => (family === 'product' || family === 'service' ? family : undefined);

/** What cannot be taken over is refused, and does not stop the others. */
async function offer(page: NewItemsPage, session: CatalogSession, client: MoySkladClient, codes: ReturnType<typeof codeProperties>, candidates: readonly Candidate[]): Promise<void> {
	const { identity, currencies, gramsPerWeight, units } = session.settings;
	const known = await counterparts(client, identity, candidates);
	const books = await readMoySkladBooks(client);
	const pairs = pairsToMoySklad(session, books);
	const bodies = { identity, pairs, units, currencies: new Map([...currencies].map(([iso, code]) => [code, iso])), gramsPerWeight };
	const prices = await presentPrices(session, candidates.map(({ present }) => present.id), [...new Set(pairs.map(({ to }) => to.id))]);
	const about = { books: session.books, sections: await session.sections(), codes };
	for (const candidate of candidates) {
		const { present } = candidate;
		try {
			page.items.push(offered(candidate));
		} catch (error) {
			page.refused.push({ ...failedEntry(itemFailure(error)), key: present.xmlId, bitrixId: String(present.id) });
		}
	}

	function offered({ present, kind, syncId: id }: Candidate): OfferedItem {
		const found = known.get(present.id);
		if (found instanceof SyncError) throw found;
		if (!found && !kind) throw new SyncError('NEW_ITEM_KIND', { kind: present.family === 'sku' ? 'product with offers' : 'set' });
		const unread = prices.failed.get(present.id);
		if (unread) throw unread;
		const item = newItem(present, kind ?? 'product', prices.found.get(present.id) ?? [], about);
		if (found) return { ...item, syncId: id, warnings: [], ...found };
		return { ...item, syncId: id, moySkladId: null, externalCode: null, ...newBody(item, id, books, bodies) };
	}
}
