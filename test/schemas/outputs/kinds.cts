import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { chosen, EntityBench, mapped } from '../../nodes/MoySklad/entityBench.cts';
import { KIND_CASES, neededOf, type KindCase, type Needed } from '../../nodes/MoySklad/kindCases.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

const SIZE = { products: 10, folders: 2 };

/** What MoySklad Entity gives of each kind of object when one is made, changed, reported and deleted. */
export async function ofEachKind(): Promise<OutputSchemas> {
	const bench = await EntityBench.start({ size: SIZE });
	try {
		const needed = await neededOf(bench);
		const found: OutputSchemas = {};
		for (const one of KIND_CASES) Object.assign(found, await ofLife(bench, one, needed));
		return { ...found, ...(await ofAssortment(bench)) };
	} finally {
		await bench.close();
	}
}

/** The whole life of one object. */
async function ofLife(bench: EntityBench, { resource, entity, fields, lists = () => ({}) }: KindCase, needed: Needed): Promise<OutputSchemas> {
	const since = new Date(bench.shop.clock.now()).toISOString();
	const write = async (operation: string, parameters: INodeParameters): Promise<IDataObject[]> => {
		const { done, failed } = await bench.write({ resource, operation, ...parameters });
		if (failed.length > 0) throw new Error(JSON.stringify(failed));
		return done as IDataObject[];
	};
	const upsert = async (more: IDataObject = {}): Promise<IDataObject[]> =>
		await write('upsert', { fields: mapped({ externalCode: `key of ${resource}`, ...fields(needed), ...more }, 'externalCode'), ...lists(needed) });
	const upserted = [...(await upsert()), ...(await upsert()), ...(await upsert({ description: 'changed' }))];
	const id = String(upserted[0]?.moySkladId);
	const updated = await write('update', { fields: mapped({ id, description: 'by id' }, 'id') });
	const changes = await bench.done({ resource, operation: 'getChanges', cursor: since, options: { overlap: 0 } });
	const [{ events = [] } = {}] = changes as Array<{ events?: IDataObject[] }>;
	const reported = await bench.done({ resource, operation: 'getForEvents' }, events);
	const one = await bench.done({ resource, operation: 'get', objectId: chosen(id) });
	const deleted = await write('delete', { objectId: chosen(id) });
	// Made once more, now that its barcodes and characteristics are free again.
	const created = await write('create', { fields: mapped(fields(needed)), ...lists(needed) });
	const rows: Record<string, readonly unknown[]> = { create: created, upsert: upserted, update: updated, delete: deleted, getChanges: changes, getForEvents: reported };
	// Of the other kinds a whole shop shows more.
	if (resource === 'salesReturn') Object.assign(rows, { get: one, getAll: await bench.done({ resource, operation: 'getAll' }) });
	await bench.edit('DELETE', `entity/${entity}/${String(created[0]?.moySkladId)}`);
	return Object.fromEntries(Object.entries(rows).map(([operation, outputs]) => [outputFile('MoySklad', resource, operation), outputSchema(outputs)]));
}

async function ofAssortment(bench: EntityBench): Promise<OutputSchemas> {
	const resource = 'assortment';
	const changes = await bench.done({ resource, operation: 'getChanges', cursor: '2020-01-01T00:00:00Z' });
	const [{ events = [] } = {}] = changes as Array<{ events?: IDataObject[] }>;
	return {
		[outputFile('MoySklad', resource, 'getChanges')]: outputSchema(changes),
		[outputFile('MoySklad', resource, 'getForEvents')]: outputSchema(await bench.done({ resource, operation: 'getForEvents' }, events)),
	};
}
