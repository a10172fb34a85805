import {
	DOCUMENT_FAMILIES,
	DocumentKeys,
	familiesOf,
	familyOf,
	groupBy,
	hasPositions,
	linkedIds,
	readKnownDocument,
	sourcesOfFamily,
	withDeleted,
	type DocumentFamily,
	type DocumentSettings,
	type FollowingType,
	type KnownDocument,
	type Sha1,
} from '../../../../core';
import { inParallel, readByValues, type MoySkladClient } from '../../../../transport';
import { withAllPositions } from '../customerOrderFromBitrix/existing';
import type { DocumentsTask } from './task';

const LANES = 5;

/** How often a payment of the store can be taken back and come again; more is nobody's daily work. */
const MOST_GENERATIONS = 50;

/** The field in which a customer order lists the documents of a family; of money that goes back it knows nothing. */
const LISTED: Record<DocumentFamily, string | undefined> = { incoming: 'payments', outgoing: undefined, shipped: 'demands' };

export interface ReadingRun {
	client: MoySkladClient;
	sha1: Sha1;
	settings: DocumentSettings;
}

/**
 * Gives each order the documents around its customer order: those that it lists, those that its link remembers, and those that
 * carry the syncIds of its payments and shipments, wherever somebody has linked them since.
 */
export async function readDocuments(run: ReadingRun, tasks: readonly DocumentsTask[]): Promise<void> {
	const families = familiesOf(run.settings);
	await readListed(run.client, tasks, families);
	let open = tasks.flatMap((task) => families.flatMap((family) => unknownKeys(run, task, family)));
	for (let round = 0; open.length > 0 && round < MOST_GENERATIONS; round += 1) {
		const found = await readInto(run.client, 'syncId', open);
		const again = new Set(open.filter(({ value }) => found.has(value)).map(({ task }) => task));
		open = [...again].flatMap((task) => families.flatMap((family) => unknownKeys(run, task, family)));
	}
}

/** Only the documents that the customer orders list, and those that the links remember. */
export async function readListed(client: MoySkladClient, tasks: readonly Around[], families: readonly DocumentFamily[]): Promise<void> {
	await readInto(client, 'id', tasks.flatMap((task) => listedOf(task, families).map((one) => ({ task, ...one }))));
}

/** An order that documents are read for. */
type Around = Pick<DocumentsTask, 'customerOrder' | 'documents' | 'link'>;

/** A document that an order may have, and by what it is looked for. */
interface Sought<Task extends Around = Around> {
	task: Task;
	type: FollowingType;
	value: string;
}

function listedOf({ customerOrder, link }: Around, families: readonly DocumentFamily[]): Array<Omit<Sought, 'task'>> {
	const types = families.flatMap((family): readonly FollowingType[] => DOCUMENT_FAMILIES[family]);
	const listed = families.flatMap((family) => linkedIds(customerOrder.row, LISTED[family] ?? ''));
	return [...listed, ...(link?.snapshot.documents ?? [])].flatMap(({ type, id }) => {
		const known = types.find((one) => one === type);
		return known ? [{ type: known, value: id }] : [];
	});
}

/** SyncIds of sources that have no living document so far. */
function unknownKeys({ sha1, settings }: ReadingRun, task: DocumentsTask, family: DocumentFamily): Array<Sought<DocumentsTask>> {
	const { order, documents } = task;
	const keys = new DocumentKeys(sha1, order.source.siteKey);
	const present = familyOf(family, { order, documents }, keys, settings);
	return sourcesOfFamily(family, order, settings).flatMap((source) => {
		const own = present.of(source);
		if (own && (!own.known.deleted || !own.source.withdrawn)) return [];
		return DOCUMENT_FAMILIES[family].map((type) => ({ task, type, value: present.keyOf(type, source).syncId }));
	});
}

/** Reads in bulk and hands out; the values under which something was found. */
async function readInto(client: MoySkladClient, field: 'id' | 'syncId', sought: readonly Sought[]): Promise<Set<string>> {
	const found = new Set<string>();
	await inParallel([...groupBy(sought, ({ type }) => type)], LANES, async ([type, some]) => {
		const known = await readByField(client, type, field, some.map(({ value }) => value));
		const byValue = new Map(known.map((document) => [document[field] ?? '', document]));
		for (const { task, value } of some) {
			const document = byValue.get(value);
			if (!document) continue;
			found.add(value);
			if (!task.documents.some(({ id }) => id === document.id)) task.documents.push(document);
		}
	});
	return found;
}

/** Documents of one type by one of their fields, those in the bin too. */
export async function readByField(client: MoySkladClient, type: FollowingType, field: string, values: readonly string[]): Promise<KnownDocument[]> {
	if (values.length === 0) return [];
	const query = hasPositions(type) ? { expand: 'positions', limit: 100 } : {};
	const rows = await readByValues(client, `entity/${type}`, field, values, { conditions: withDeleted, query });
	return await withAllPositions(client, rows.map((row) => readKnownDocument(type, row)));
}
