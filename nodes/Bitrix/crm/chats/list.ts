import { rowsOf } from '../../../../transport';
import { bitrixClient } from '../../../shared/bitrix';
import { bitrixAuthentication } from '../../../shared/bitrixConnection';
import type { ListMethod } from '../../../shared/moySkladLists';
import { matching } from '../../catalog/lists';
import { namedEntry } from '../namedEntry';

const RECENT = { method: 'im.recent.list', rows: 'items' };
const PAGE = 200;

/** The group chats of the user whose credential it is: Bitrix posts into no others. */
export const chats: ListMethod = async function (filter, paginationToken) {
	const offset = Number(paginationToken ?? 0);
	const client = await bitrixClient(this, bitrixAuthentication(this));
	const answer = await client.read(RECENT.method, { SKIP_DIALOG: 'Y', LIMIT: PAGE, OFFSET: offset });
	const entries = rowsOf(answer, RECENT).map(({ id, title }) => namedEntry(title, id));
	const { hasMore } = answer as { hasMore?: unknown };
	return { ...matching(entries, filter), paginationToken: hasMore === true ? String(offset + PAGE) : undefined };
};
