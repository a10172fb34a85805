import {
	allows, isFailed, planPictures, propertyByCode, readPicture, SyncError,
	type Picture, type PicturePlan, type PresentPicture,
} from '../../../core';
import { inParallel, type Outcome } from '../../../transport';
import { rowsIn } from './asking';
import { fail, type Entry } from './entry';
import { finishWritten } from './finishing';
import { isUnknownProduct, uploadPicture } from './pictureUpload';
import { PARALLEL, type Block, type CatalogSession } from './session';
import { letItEnd, ROUNDS } from './writing';

const IMAGES = { method: 'catalog.productImage.list', rows: 'productImages' };

/** Pictures go one by one, two at a time: each can be megabytes. */
const UPLOADS = 2;

interface Work {
	entry: Entry;
	itemId: number;
	wanted: readonly Picture[];
	plan?: PicturePlan;
	/** The first plan, if it had to be tried again. */
	told?: PicturePlan;
	unsure?: SyncError;
}

/** Brings the pictures of items about that are there already. Only those are asked about that have pictures in MoySklad. */
export async function writePictures(session: CatalogSession, block: Block, entries: readonly Entry[]): Promise<void> {
	const works = entries.flatMap((entry) => workOf(session, entry));
	if (works.length === 0) return;
	if (!session.moySklad && !session.settings.preview)
		return session.hint('Pictures were left out: choose a MoySklad API credential in this node, so that they can be fetched.');
	for (let round = 1, open = works; open.length > 0 && round <= ROUNDS; round += 1) {
		if (round > 1) await letItEnd(round - 1);
		await planAll(session, block, open);
		const planned = open.filter(({ entry, plan, unsure }) => plan && !unsure && !(entry.result && isFailed(entry.result)));
		if (session.settings.preview) return planned.forEach(announce);
		await inParallel(planned, UPLOADS, async (work) => await send(session, work));
		open = open.filter(({ unsure }) => unsure);
		if (round === ROUNDS) for (const { entry, unsure } of open) fail(entry, unsure);
	}
}

/** Without a look at the pictures themselves: a picture that is there is enough for all policies but *Always*. */
function workOf({ settings: { pictures: policy, preview } }: CatalogSession, entry: Entry): Work[] {
	const { goods: { pictures }, result, plan, present, input } = entry;
	const isNew = present === undefined;
	if (!pictures?.length || input === undefined || !result || isFailed(result) || entry.gone) return [];
	if (!allows(policy, { isNew, isEmpty: !present?.row.detailPicture })) return [];
	const itemId = entry.bitrixId ?? present?.id;
	if (itemId === undefined) return preview && plan ? [{ entry, itemId: 0, wanted: pictures }] : [];
	return [{ entry, itemId, wanted: pictures }];
}

async function planAll(session: CatalogSession, block: Block, works: readonly Work[]): Promise<void> {
	const { settings: { pictures: policy }, books } = session;
	const hasMorePhotos = propertyByCode(books.properties, session.blockId(block) ?? 0, 'MORE_PHOTO') !== undefined;
	if (!hasMorePhotos) session.hint('The catalog has no property MORE_PHOTO: only the first picture of each item can be written.');
	// What was made just now has none, unless an earlier round sent some.
	const known = works.filter(({ itemId, entry, told }) => itemId > 0 && (entry.present || told));
	const outcomes = await session.batches.each(known.map(({ itemId }) => ({ method: IMAGES.method, parameters: { productId: itemId } })), { repeatable: true, parallel: PARALLEL });
	const present = new Map(known.map((work, index) => [work, outcomes[index]]));
	for (const work of works) {
		try {
			const there = picturesIn(present.get(work), work.entry);
			work.plan = there ? planPictures(work.wanted, there, policy, hasMorePhotos) : { add: [], remove: [] };
			work.told ??= work.plan;
			work.unsure = undefined;
		} catch (error) {
			fail(work.entry, error);
		}
	}
}

/**
 * Old versions of Bitrix do not list the pictures of products with offers: nobody can tell whose they are, so they are only
 * written while there is none. Undefined when they have to be left alone.
 */
function picturesIn(outcome: Outcome | undefined, { present }: Entry): PresentPicture[] | undefined {
	if (!outcome) return [];
	if ('error' in outcome && isUnknownProduct(outcome.error)) return present?.row.detailPicture ? undefined : [];
	return rowsIn(outcome, IMAGES).map(readPicture);
}

async function send(session: CatalogSession, work: Work): Promise<void> {
	const { entry, itemId, plan, told, wanted } = work;
	if (!plan || !told) return;
	try {
		for (const upload of plan.add) await uploadPicture(session, entry, itemId, upload);
		for (const id of plan.remove) await session.client.call('catalog.productImage.delete', { productId: itemId, id }, { repeatable: true });
	} catch (error) {
		if (error instanceof SyncError && error.code === 'STOPPED') return stop(error);
		if (error instanceof SyncError && error.retryable) work.unsure = error;
		else fail(entry, error);
		return;
	}
	finishWritten(session, entry, wanted);
	if (!entry.result || told.add.length + told.remove.length === 0) return;
	const { status, changes } = entry.result;
	Object.assign(entry.result, { status: status === 'unchanged' ? 'updated' : status, changes: [...changes, change(told)] });
}

function stop(error: SyncError): never {
	throw error;
}

const change = ({ add, remove }: PicturePlan): { field: string; from: unknown; to: unknown } => ({
	field: 'Pictures', from: remove.length > 0 ? `${remove.length} removed` : null, to: add.length > 0 ? `${add.length} added` : null,
});

/** In a preview. */
function announce({ entry, plan }: Work): void {
	if (!entry.result || !plan || plan.add.length + plan.remove.length === 0) return;
	Object.assign(entry.result, { status: 'planned', changes: [...entry.result.changes, change(plan)] });
}

