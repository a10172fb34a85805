import {
	Findings, planFiles, sourceOf, SyncError, USUAL_FILE_LIMITS, zipped,
	type CmlDocument, type CmlFile, type DocumentKind, type Finding, type WritingReport,
} from '../../../../core';
import { ExchangeSession, transfer, type ExchangeFile, type ImportRemark, type TransferProgress } from '../../../../transport';
import { withExchange } from '../../../shared/bitrixExchange';
import { systemClock } from '../../../shared/clock';
import type { ExchangeRun } from './run';

/** A document to be sent, whatever its objects are. */
export interface Parcel {
	kind: DocumentKind;
	plan(report: WritingReport): Promise<CmlFile[]>;
}

/** A document of these objects. `evenEmpty`: also without any, for what stands before them. */
export const parcel = <Item>(document: CmlDocument<Item>, items: readonly Item[], evenEmpty = false): Parcel => ({
	kind: document.kind,
	plan: async (report) => await planFiles(document, sourceOf(items, (item) => item), report, USUAL_FILE_LIMITS, evenEmpty),
});

/** What the site remarked while it imported a file. */
export interface FileRemark extends ImportRemark {
	file: string;
	kind: DocumentKind;
}

/** What became of the parcels. */
export interface Delivered {
	files: CmlFile[];
	/** Objects that would have done damage, by kind and id. */
	refused: Map<string, SyncError>;
	findings: Finding[];
	remarks: FileRemark[];
}

export const refusalKey = (kind: DocumentKind, id: string): string => `${kind} ${id}`;

/**
 * Writes all parcels and looks that they are sound, sends them with the pictures they name, and has them imported one after the
 * other. In a preview nothing is sent. Throws when it is not certain that everything was imported.
 */
export async function deliver(run: ExchangeRun, parcels: readonly Parcel[], pictures: readonly ExchangeFile[] = []): Promise<Delivered> {
	const findings = new Findings();
	const delivered: Delivered = { files: [], refused: new Map(), findings: [], remarks: [] };
	for (const { kind, plan } of parcels)
		delivered.files.push(...(await plan({ findings, refuse: (id, fault) => delivered.refused.set(refusalKey(kind, id), fault) })));
	delivered.findings = findings.list;
	for (const { name, items, bytes } of delivered.files) run.tell(`${name}: ${items} items, ${bytes} bytes`);
	if (delivered.files.length > 0 && !run.settings.preview) delivered.remarks = await send(run, delivered.files, pictures);
	return delivered;
}

async function send(run: ExchangeRun, files: readonly CmlFile[], pictures: readonly ExchangeFile[]): Promise<FileRemark[]> {
	const { exchange, zip } = run.settings;
	const changed = new Date(systemClock.now());
	const content = {
		files: [...files, ...pictures],
		documents: files.map(({ name }) => name),
		...(zip && { pack: (all: readonly ExchangeFile[]) => zipped(all, changed) }),
	};
	const result = await withExchange(run.context, exchange, async (connection) => {
		const session = await ExchangeSession.open(connection, 'catalog');
		return await transfer(session, content, teller(run));
	});
	const kinds = new Map(files.map(({ name, kind }) => [name, kind]));
	return result.documents.flatMap(({ name, remarks }) => remarks.map((remark) => ({ ...remark, file: name, kind: kinds.get(name) ?? 'import' })));
}

const MEGABYTE = 1_000_000;

/** Each megabyte of an upload, and each new word of the site. */
function teller(run: ExchangeRun): (progress: TransferProgress) => void {
	let last = '';
	return ({ stage, file, bytes, calls, text, restarts }) => {
		const begun = restarts > 0 ? ` (begun ${restarts + 1} times)` : '';
		const shown = stage === 'upload' ? `Sent ${(Math.floor(bytes / MEGABYTE)).toString()} MB${begun}` : `${file}: ${text || `step ${calls}`}${begun}`;
		if (shown !== last) run.tell(shown);
		last = shown;
	};
}
