import { correctDraft, documentTitle, SyncError, type Difference, type DocumentPlan, type DocumentType, type DraftLine, type Place } from '../../../../core';
import { rowsOf, type Outcome, type Row } from '../../../../transport';
import type { CatalogSession } from '../session';
import { answeredRow } from '../writing';
import { DOCUMENTS, waitForOlder } from './drafts';

/** What a document is made with. */
export interface DocumentMaking {
	session: CatalogSession;
	store: Place;
	currency: string;
	/** Id of the user who is responsible. */
	user: number;
	/** Different for each run of the node. */
	run: string;
	/** Documents that the run has begun for the store. */
	begun: number;
}

/** What became of the lines of a document. */
export interface DocumentOutcome {
	/** Items whose line was booked. */
	booked: Set<number>;
	/** Items whose line Bitrix refused. */
	refused: Map<number, SyncError>;
}

/**
 * Makes a draft, fills it, corrects it by the amounts as they are right before it is conducted, and conducts it (rule S4). Throws when
 * it is not certain what became of it: then a new look at drafts and amounts tells. Other items were not booked.
 * @param differences reads the amounts again, and what is missing now
 */
export async function bookDocument(
	making: DocumentMaking,
	{ type, lines }: DocumentPlan,
	differences: (items: readonly number[]) => Promise<ReadonlyMap<number, Difference | undefined>>,
): Promise<DocumentOutcome> {
	const { session } = making;
	const id = await addDocument(making, type);
	const { made, refused } = await addLines(making, id, type, lines);
	await waitForOlder(session, making.store, making.run, id);
	const { change, remove } = correctDraft(type, made, await differences(made.map(({ elementId }) => elementId)));
	await correctLines(session, change, remove);
	const removed = new Set(remove.map(({ elementId }) => elementId));
	const booked = new Set(made.map(({ elementId }) => elementId).filter((item) => !removed.has(item)));
	if (booked.size > 0) await conduct(session, id);
	else await session.client.call('catalog.document.delete', { id }, { repeatable: true });
	return { booked, refused };
}

async function addDocument(making: DocumentMaking, type: DocumentType): Promise<number> {
	const { session, store, currency, user, run } = making;
	const method = 'catalog.document.add';
	making.begun += 1;
	const fields = { docType: type, currency, responsibleId: user, title: documentTitle(store, run, making.begun) };
	const { result } = await session.client.call(method, { fields }, { repeatable: false });
	const id = Number((result as { document?: Row } | null)?.document?.id);
	if (!(id > 0)) throw new SyncError('ANSWER_UNEXPECTED', { call: method, reason: 'no id' });
	return id;
}

interface MadeLines {
	made: DraftLine[];
	refused: Map<number, SyncError>;
}

/** A line that is refused concerns its item only; one that may or may not be there, the document. */
async function addLines({ session, store }: DocumentMaking, docId: number, type: DocumentType, lines: DocumentPlan['lines']): Promise<MadeLines> {
	const method = 'catalog.document.element.add';
	const place = type === 'S' ? { storeTo: store } : { storeFrom: store };
	const commands = lines.map(({ elementId, amount }) => ({ method, parameters: { fields: { docId, elementId, amount, ...place } } }));
	const outcomes = await session.batches.each(commands, { repeatable: false });
	const read: MadeLines = { made: [], refused: new Map() };
	lines.forEach(({ elementId, amount }, index) => {
		const error = errorOf(outcomes[index], method);
		if (error && concernsLine(error)) return read.refused.set(elementId, error);
		if (error) throw error;
		const id = Number(answeredRow(outcomes[index], 'documentElement')?.id);
		if (!(id > 0)) throw new SyncError('ANSWER_UNEXPECTED', { call: method, reason: 'no id' });
		return read.made.push({ id, elementId, amount });
	});
	return read;
}

const concernsLine = ({ retryable, kind }: SyncError): boolean => !retryable && (kind === 'data' || kind === 'missing');

function errorOf(outcome: Outcome | undefined, call: string): SyncError | undefined {
	if (!outcome) return new SyncError('ANSWER_UNEXPECTED', { call, reason: 'no answer' });
	return 'error' in outcome ? outcome.error : undefined;
}

async function correctLines({ batches }: CatalogSession, change: readonly DraftLine[], remove: readonly DraftLine[]): Promise<void> {
	const commands = [
		...change.map(({ id, amount }) => ({ method: 'catalog.document.element.update', parameters: { id, fields: { amount } } })),
		...remove.map(({ id }) => ({ method: 'catalog.document.element.delete', parameters: { id } })),
	];
	for (const outcome of await batches.each(commands, { repeatable: true })) if ('error' in outcome) throw outcome.error;
}

/** Conducts the draft and looks, in the same batch, whether it is conducted. */
async function conduct({ batches }: CatalogSession, id: number): Promise<void> {
	const [[conducted, listed] = []] = await batches.run(
		[
			[
				{ key: 'conduct', method: 'catalog.document.conduct', parameters: { id } },
				{ key: 'status', method: DOCUMENTS.method, parameters: { select: ['id', 'status'], filter: { id }, start: -1 } },
			],
		],
		{ repeatable: false },
	);
	const refusal = errorOf(conducted, 'catalog.document.conduct');
	const status = errorOf(listed, DOCUMENTS.method) ? undefined : statusIn(listed, id);
	if (status === 'Y') return;
	throw refusal ?? new SyncError('STOCK_NOT_CONDUCTED', { id });
}

const statusIn = (listed: Outcome | undefined, id: number): unknown =>
	listed && 'result' in listed ? rowsOf(listed.result, DOCUMENTS).find((row) => Number(row.id) === id)?.status : undefined;
