import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readCrmLink, readDeleted, warning, type CrmType, type Link } from '../../../core';
import { CrmTask, refused, type CrmResult, type CrmSource } from './task';

/** Input items as tasks, and results for those that never became one. */
export interface Entries<Source extends CrmSource> {
	tasks: Array<CrmTask<Source>>;
	/** Ids in MoySklad of objects that are gone, by the place of their item. */
	deleted: Array<{ input: number; entity: string; id: string; link: Link | undefined }>;
	refused: Map<number, CrmResult>;
}

export interface Reading<Source extends CrmSource> {
	flow: string;
	/** What records of it can be. */
	types: readonly CrmType[];
	read(json: unknown): Source;
	typeOf(source: Source): CrmType;
}

/** Reads the input items, which may have been completed. Of several items of one object the last one counts. */
export function readEntries<Source extends CrmSource>(context: IExecuteFunctions, items: readonly IDataObject[], { flow, types, read, typeOf }: Reading<Source>): Entries<Source> {
	const entries: Entries<Source> = { tasks: [], deleted: [], refused: new Map() };
	const latest = new Map<string, number>();
	const objects = items.flatMap((json, input) => {
		try {
			const gone = readDeleted(json);
			const object = gone ? { input, gone, id: gone.id } : { input, source: read(json), id: '' };
			const id = 'source' in object && object.source ? object.source.id : object.id;
			latest.set(id, input);
			return [{ ...object, id }];
		} catch (error) {
			entries.refused.set(input, refused(error));
			return [];
		}
	});
	for (const object of objects) {
		const { input, id } = object;
		try {
			if (latest.get(id) !== input) {
				entries.refused.set(input, repeated(id));
				continue;
			}
			const given: unknown = context.getNodeParameter('options.link', input, items[input]?.link ?? null);
			const link = readCrmLink(given, { key: id, flow, types });
			if (object.source) entries.tasks.push(new CrmTask(input, typeOf(object.source), object.source, link));
			else entries.deleted.push({ input, entity: object.gone?.entity ?? '', id, link });
		} catch (error) {
			entries.refused.set(input, refused(error, id));
		}
	}
	return entries;
}

const repeated = (id: string): CrmResult => ({
	status: 'skipped', key: id, moySkladId: id, bitrixId: null, changes: [], warnings: [warning('CRM_ITEM_REPEATED')],
});

/** The results in the order of the inputs. */
export function resultsOf(tasks: readonly CrmTask[], others: ReadonlyMap<number, CrmResult>, inputs: number): CrmResult[] {
	const results = new Map(others);
	for (const { input, result } of tasks) if (input !== undefined && result) results.set(input, result);
	return Array.from({ length: inputs }, (_, input) => results.get(input) ?? refused(new Error('The item was lost on its way')));
}
