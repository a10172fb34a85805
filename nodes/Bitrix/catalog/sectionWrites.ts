import { groupBy, planSection, readSection, SyncError, type Parameters, type SectionPlan, type SectionSettings, type SectionTree, type WantedSection } from '../../../core';
import type { Outcome } from '../../../transport';
import type { CatalogSession } from './session';
import { answeredRow, letItEnd, ROUNDS } from './writing';

/** A section on its way. */
export interface SectionWork {
	wanted: WantedSection;
	plan?: SectionPlan;
	bitrixId?: number;
	/** Why it could not be made or changed. */
	error?: SyncError;
	done: boolean;
}

/**
 * Brings sections about, parents before children, level by level. After a lost call the tree is read again and what is still
 * missing is planned anew. In a preview it only plans.
 */
export async function writeSections(session: CatalogSession, works: readonly SectionWork[], settings: SectionSettings): Promise<void> {
	const levels = [...groupBy(works, ({ wanted }) => wanted.level).entries()].sort(([one], [other]) => one - other);
	for (const [, level] of levels) {
		for (let round = 1; round <= ROUNDS; round += 1) {
			await writeLevel(session, level.filter(({ done }) => !done), settings);
			if (level.every(({ done }) => done)) break;
			await letItEnd(round);
			await session.readSections();
		}
		for (const work of level) work.done = true;
	}
}

async function writeLevel(session: CatalogSession, works: readonly SectionWork[], settings: SectionSettings): Promise<void> {
	const tree = await session.sections();
	const isMissing = (key: string | null): boolean => key !== null && !tree.find(key) && !session.settings.preview;
	const writing: SectionWork[] = [];
	for (const work of works) {
		try {
			if (isMissing(work.wanted.parentKey)) throw new SyncError('CATALOG_FOLDER_UNKNOWN');
			const plan = planSection(work.wanted, tree, settings);
			const isWrite = Object.keys(plan.fields).length > 0;
			// What a lost call brought about after all is still our work.
			if (isWrite || !work.plan) work.plan = plan;
			Object.assign(work, { bitrixId: plan.present?.id, error: undefined, done: !isWrite || session.settings.preview });
			if (!work.done) writing.push(work);
		} catch (error) {
			endWith(work, error);
		}
	}
	const outcomes = await session.batches.each(writing.map((work) => command(session, work)), { repeatable: false });
	writing.forEach((work, index) => take(work, outcomes[index], tree));
}

function endWith(work: SectionWork, error: unknown): void {
	if (!(error instanceof SyncError)) throw error;
	Object.assign(work, { error, done: true });
}

/** Every write of a section names its block, and its name even when that stays. */
function command({ books }: CatalogSession, { wanted, plan }: SectionWork): { method: string; parameters: Parameters } {
	const fields = { iblockId: books.goods.iblockId, name: plan?.present?.name ?? wanted.name, ...plan?.fields };
	const id = plan?.present?.id;
	return id === undefined ? { method: 'catalog.section.add', parameters: { fields } } : { method: 'catalog.section.update', parameters: { id, fields } };
}

/** A lost write stays open: the next round sees whether it was carried out. */
function take(work: SectionWork, outcome: Outcome | undefined, tree: SectionTree): void {
	work.error = outcome && 'error' in outcome ? outcome.error : undefined;
	work.done = !work.error?.retryable;
	const row = answeredRow(outcome, 'section');
	if (!row) return;
	const section = readSection(row);
	tree.put(section);
	work.bitrixId = section.id;
}
