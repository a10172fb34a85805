import { isWrite, itemLink, type ItemPlan, type Link, type Picture, type WriteStatus } from '../../../core';
import { fail, finish, type Entry } from './entry';
import type { CatalogSession } from './session';

const STATUS: Record<ItemPlan['outcome'], WriteStatus> = {
	create: 'created', update: 'updated', hide: 'deactivated', delete: 'deleted', unchanged: 'unchanged', skipped: 'skipped', conflict: 'conflict',
};

/** Ends the way of an item that is as it was planned to be. */
export function finishWritten(session: CatalogSession, entry: Entry, pictures: readonly Picture[] = []): void {
	const { outcome } = entry.firstPlan ?? entry.plan ?? { outcome: 'unchanged' as const };
	finish(entry, STATUS[outcome], linkOf(session, entry, pictures));
}

/** Ends the way of an item of which nothing is written: because nothing is to be, or may be, or this is a preview. */
export function finishPlanned(session: CatalogSession, entry: Entry, plan: ItemPlan): void {
	if (plan.error) fail(entry, plan.error);
	else if (session.settings.preview && (isWrite(plan) || plan.changes.length > 0)) finish(entry, 'planned');
	else if (entry.firstPlan) finishWritten(session, entry);
	else finish(entry, STATUS[plan.outcome], linkOf(session, entry, []));
}

/** What is gone has no link; what was only planned neither. */
function linkOf({ settings }: CatalogSession, entry: Entry, pictures: readonly Picture[]): Link | undefined {
	const bitrixId = entry.bitrixId ?? entry.present?.id;
	const { key, plan, goods, parent, values } = entry;
	if (bitrixId === undefined || key === undefined || plan?.outcome === 'delete' || settings.preview) return undefined;
	return itemLink({ flow: settings.flow, goods, key, parentKey: parent?.key ?? null, bitrixId, values, pictures });
}
