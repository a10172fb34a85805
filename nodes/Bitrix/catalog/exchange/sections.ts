import {
	changedFields, folderKey, goodsDocument, GroupBook, isOnSite, linkAfter, readDeleted, readFolder, warning,
	type CmlGood, type ExchangeLink, type FieldChange, type Folder, type Link, type Warning, type WriteResult, type WriteStatus,
} from '../../../../core';
import { toReport } from '../../../shared/errors';
import { deliver, parcel, type Delivered } from './delivery';
import { lacksLink } from './outgoing';
import type { ExchangeRun } from './run';

/** A folder among the input items. */
interface FolderEntry {
	input: number;
	folder: Folder;
	key: string;
	link: ExchangeLink | undefined;
	values: { name: string; parent: string };
	removal: boolean;
	changes: FieldChange[];
}

/** The frame of a folder's result. */
const frame = (key: string, moySkladId: string | null, changes: FieldChange[] = [], warnings: Warning[] = []): Omit<WriteResult<Link>, 'status'> => ({ key, moySkladId, bitrixId: null, changes, warnings });

type Results = Array<WriteResult<Link> | undefined>;

/** Sends folders that are not as they were sent last, each with all above it. Results in the order of the items. */
export async function upsertFoldersOverExchange(run: ExchangeRun, items: readonly unknown[]): Promise<{ results: Array<WriteResult<Link>>; delivered: Delivered }> {
	const { settings } = run;
	const results: Results = items.map(() => undefined);
	const read = items.map((item, input) => readItem(item, input, results));
	const isHidden = (folder: Folder, key: string): boolean => (folder.archived && settings.gone !== 'ignore') || settings.hidden.has(key) || settings.hidden.has(folder.id);
	const folders = read.flatMap((one) => one?.folder ?? []);
	// Known to all, so that a folder that is only linked has the name that another item gives it.
	const known = new GroupBook(folders, settings.identity, isHidden);
	const groups = new GroupBook(folders, settings.identity, isHidden);
	const sent = read.flatMap((one) => (one ? (planFolder(run, one, known, groups, results) ?? []) : []));
	const document = goodsDocument({ ids: settings.ids, formed: settings.formed, classifier: { groups: groups.all, properties: [], units: [] } });
	if (sent.length > 0) run.hint('The site shows every section that is sent, also one that somebody hid there by hand: enter such sections under Hidden on the Site.');
	const delivered = await deliver(run, sent.length === 0 ? [] : [parcel<CmlGood>(document, [], true)]);
	for (const entry of sent) results[entry.input] = settled(run, entry, delivered);
	return { results: results.map((result) => result ?? { ...frame('', null), status: 'failed', error: toReport(new Error('The item was lost on its way')) }), delivered };
}

function readItem(item: unknown, input: number, results: Results): { input: number; folder: Folder } | undefined {
	try {
		const deleted = readDeleted(item);
		if (!deleted) return { input, folder: readFolder(item) };
		results[input] = { ...frame('', deleted.id, [], [warning('CATALOG_FOLDER_UNKNOWN')]), status: 'skipped' };
	} catch (error) {
		results[input] = refused('', null, error);
	}
	return undefined;
}

function refused(key: string, moySkladId: string | null, error: unknown): WriteResult<Link> {
	const report = toReport(error);
	return { ...frame(key, moySkladId), status: report.kind === 'conflict' ? 'conflict' : 'failed', error: report };
}

/** Undefined for a folder of which nothing is sent. */
function planFolder(run: ExchangeRun, { input, folder }: { input: number; folder: Folder }, known: GroupBook, groups: GroupBook, results: Results): FolderEntry | undefined {
	const { settings } = run;
	try {
		const key = known.take(folder);
		const link = run.link(input, { moySkladId: folder.id, key });
		const leave = (status: WriteStatus, ...warnings: Warning[]): void => void (results[input] = { ...frame(key, folder.id, [], warnings), status, ...(link && { link }) });
		if (settings.hidden.has(key) || settings.hidden.has(folder.id)) return leave('skipped', warning('EXCHANGE_HELD')), undefined;
		const removal = folder.archived;
		if (removal && settings.gone === 'ignore') return leave('skipped', warning('CATALOG_ARCHIVED')), undefined;
		if (removal && !isOnSite(link)) return leave('skipped', warning('CATALOG_ARCHIVED'), lacksLink('hiding it')), undefined;
		const values = known.values(folder);
		const changes = folderChanges(values, link, removal, settings.version !== undefined);
		if (changes.length === 0) return leave('unchanged'), undefined;
		groups.take(folder);
		return { input, folder, key, link, values, removal, changes };
	} catch (error) {
		results[input] = refused(folderKey(folder, settings.identity), folder.id, error);
		return undefined;
	}
}

function folderChanges(values: FolderEntry['values'], link: ExchangeLink | undefined, removal: boolean, isForced: boolean): FieldChange[] {
	const isRemoved = link?.snapshot.removed ?? false;
	if (removal) return isRemoved && !isForced ? [] : [{ field: 'Visible', from: 'yes', to: 'no' }];
	const differing = isForced ? Object.keys(values) : changedFields(values, link);
	const changes = differing.map((field): FieldChange => (field === 'name' ? { field: 'Name', from: null, to: values.name } : { field: 'Parent Section', from: null, to: values.parent || null }));
	return isRemoved ? [{ field: 'Visible', from: 'no', to: 'yes' }, ...changes] : changes;
}

function settled({ settings }: ExchangeRun, { folder, key, link, values, removal, changes }: FolderEntry, { remarks }: Delivered): WriteResult<Link> {
	const result = frame(key, folder.id, changes);
	if (settings.preview) return { ...result, status: 'planned' };
	const [remark] = remarks;
	if (remark) return { ...result, status: 'unverified', warnings: [warning('EXCHANGE_PORTION_FAILED', { file: remark.file, reason: remark.text })] };
	const who = { flow: settings.flow, type: 'productfolder', key, moySkladId: folder.id, externalCode: folder.externalCode, parent: values.parent || null };
	return { ...result, status: 'unverified', link: linkAfter(who, link, { values: removal ? {} : values, snapshot: { place: settings.place, removed: removal } }) };
}
