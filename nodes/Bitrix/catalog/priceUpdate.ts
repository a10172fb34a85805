import { planPricesOnly, type ItemPlan } from '../../../core';
import { finishMissing, type Entries, type Entry } from './entry';
import { finishPlanned } from './finishing';
import { writeItems } from './itemWrites';
import { findPresent, findPrices } from './present';
import { inRounds } from './rounds';
import type { Block, CatalogSession } from './session';
import { valuesOf } from './values';
import { placeVariants } from './variants';

/** Compares and writes prices of items that are in Bitrix already; nothing is made, hidden or shown. Every entry gets a result. */
export async function updatePricesOf(session: CatalogSession, { goods, offers }: Entries): Promise<void> {
	// A product that came along with its variants is only looked up when their keys depend on it.
	const needed = goods.filter(({ input, key }) => input !== undefined || key === undefined);
	await updateBlock(session, 'goods', needed);
	placeVariants(session, offers);
	await updateBlock(session, 'offers', offers);
}

async function updateBlock(session: CatalogSession, block: Block, entries: readonly Entry[]): Promise<void> {
	const open = entries.filter(({ result }) => !result);
	for (const entry of open) entry.values = valuesOf(session, session.rules, entry);
	await inRounds(open, async (pending) => {
		await findPresent(session, block, pending);
		await findPrices(session, pending);
		const settings = session.plan;
		const writing = pending.filter(({ result, unsure }) => !result && !unsure);
		for (const entry of writing) {
			const { goods, key = '', values, gone, present } = entry;
			if (present) take(session, entry, planPricesOnly({ goods, key, family: present.family ?? 'product', values, gone }, entry.prices, settings));
			else finishMissing(entry);
		}
		await writeItems(session, writing.filter(({ result }) => !result));
	});
}

function take(session: CatalogSession, entry: Entry, plan: ItemPlan): void {
	if (entry.plan) entry.firstPlan ??= entry.plan;
	entry.plan = plan;
	if (plan.error || plan.prices.length === 0 || session.settings.preview) finishPlanned(session, entry, plan);
}
