import type { JournalRow } from './row';

/** What a table gives back: PostgreSQL has dates and objects where a Data Table has texts and numbers, and its own columns beside ours. */
type StoredRow = Record<string, unknown>;

/** A row of the journal as it was made; undefined for what is none, such as the empty item of an empty table. */
export function readJournalRow(stored: StoredRow): JournalRow | undefined {
	const time = stored.time instanceof Date ? stored.time : new Date(String(stored.time ?? ''));
	if ((stored.kind !== 'operation' && stored.kind !== 'summary') || Number.isNaN(time.getTime())) return undefined;
	const words = (name: keyof JournalRow): string => wordsOf(stored[name] ?? stored[columnOf(name)]);
	const amount = (name: keyof JournalRow): number | null => (words(name) === '' || Number.isNaN(Number(words(name))) ? null : Number(words(name)));
	return {
		time: time.toISOString(),
		kind: stored.kind,
		flow: words('flow'), run: words('run'), operation: words('operation'), source: words('source'), target: words('target'), object: words('object'),
		key: words('key'), moySkladId: words('moySkladId'), bitrixId: words('bitrixId'),
		status: words('status') as JournalRow['status'],
		changes: words('changes'),
		duration: amount('duration'), calls: amount('calls'),
		errorCode: words('errorCode'), retryable: ['true', '1'].includes(words('retryable')), message: words('message'),
		correlationId: words('correlationId'),
		expires: amount('expires') ?? 0,
		totals: words('totals'),
	};
}

const wordsOf = (value: unknown): string => {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The name of a column in PostgreSQL: `moySkladId` → `moysklad_id`, as the inbox has them. */
const columnOf = (name: string): string => (name === 'moySkladId' ? 'moysklad_id' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
