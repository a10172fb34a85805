import type { INodeParameters } from 'n8n-workflow';
import { toMoscow } from '../../../core';
import { resources } from '../../../nodes/MoySklad/resources';
import { EntityBench } from '../../nodes/MoySklad/entityBench.cts';
import { outputFile, outputSchema, type OutputSchemas } from './outputFile.cts';

/** Of a shop with some of everything. */
const SIZE = { products: 40, folders: 6 };

/** Rows that are looked at of each kind. */
const LIMIT = 50;

/** What else is read of a whole account. */
const OTHERS: ReadonlyArray<readonly [resource: string, operation: string, more?: INodeParameters]> = [['stock', 'getAll'], ['audit', 'getAll'], ['counterparty', 'getBalances', { whose: 'all' }]];

/** Runs an operation of MoySklad Entity and gives what came out. */
export type ReadEntity = (parameters: INodeParameters, items?: Array<Record<string, unknown>>) => Promise<Array<Record<string, unknown>>>;

/** What MoySklad Entity gives of kinds of objects, many and one. Kinds of which there are none have no schema. */
export async function ofKinds(read: ReadEntity, kinds: (resource: string) => boolean): Promise<OutputSchemas> {
	const found: OutputSchemas = {};
	for (const { value: resource, operations } of resources.filter((one) => 'kind' in one && kinds(one.value))) {
		const has = (name: string): boolean => operations.some(({ value }) => value === name);
		if (!has('getAll')) continue;
		const rows = await read({ resource, operation: 'getAll', limit: LIMIT });
		if (rows.length === 0) continue;
		found[outputFile('MoySklad', resource, 'getAll')] = outputSchema(rows);
		if (has('get')) found[outputFile('MoySklad', resource, 'get')] = outputSchema(await read({ resource, operation: 'get', objectId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }, rows));
	}
	return found;
}

/** Of goods, their folders and customers. */
export async function ofMoySkladEntity(): Promise<OutputSchemas> {
	const bench = await EntityBench.start({ size: SIZE });
	try {
		const read: ReadEntity = async (parameters, items) => await bench.done(parameters, items as never);
		const found = await ofKinds(read, () => true);
		const customer = async () => await read({ resource: 'counterparty', operation: 'createOrUpdateFromCustomer', siteKey: 'shop' }, [{ name: 'Анна Волкова', phone: '8 (916) 123-45-67', email: 'anna@example.com' }]);
		const rows = [...(await customer()), ...(await customer())];
		// After something was written: the audit tells of that.
		for (const [resource, operation, more] of OTHERS) found[outputFile('MoySklad', resource, operation)] = outputSchema(await read({ resource, operation, limit: LIMIT, ...more }));
		found[outputFile('MoySklad', 'counterparty', 'createOrUpdateFromCustomer')] = outputSchema(rows);
		return { ...found, ...(await ofAudit(bench)), ...(await ofTwins(bench)), ...(await ofStock(bench)), ...(await ofDiscounts(read)) };
	} finally {
		await bench.close();
	}
}

/** Of a product that was renamed. */
async function ofAudit(bench: EntityBench): Promise<OutputSchemas> {
	const [product] = await bench.rows('entity/product?limit=1');
	await bench.edit('PUT', `entity/product/${String(product?.id)}`, { name: 'Renamed' });
	const of = { resource: 'audit', returnAll: true };
	const [record] = await bench.done({ resource: 'audit', operation: 'getAll', limit: 1, options: { eventType: 'update' } });
	return {
		[outputFile('MoySklad', 'audit', 'getEvents')]: outputSchema(await bench.done({ ...of, operation: 'getEvents', recordId: String(record?.id) })),
		[outputFile('MoySklad', 'audit', 'getHistory')]: outputSchema(await bench.done({ ...of, operation: 'getHistory', entity: 'product', objectId: String(product?.id) })),
	};
}

/** Of a customer who is there twice. */
async function ofTwins(bench: EntityBench): Promise<OutputSchemas> {
	const resource = 'counterparty';
	for (const name of ['ООО «Ромашка»', 'Ромашка']) await bench.edit('POST', 'entity/counterparty', { name, companyType: 'legal', inn: '7701234567', phone: '8 495 111-22-33' });
	const customers = await bench.done({ resource, operation: 'readCustomers', siteKey: 'shop' }, [{ name: 'Анна Волкова', phone: '8 (916) 123-45-67', email: 'anna@example.com' }]);
	return {
		[outputFile('MoySklad', resource, 'findDuplicates')]: outputSchema(await bench.done({ resource, operation: 'findDuplicates' })),
		[outputFile('MoySklad', resource, 'readCustomers')]: outputSchema(customers),
	};
}

/** Of a product that falls short, and is restored. */
async function ofStock(bench: EntityBench): Promise<OutputSchemas> {
	const product = await bench.edit('POST', 'entity/product', { name: 'Lamp', code: 'L-1' });
	const [store] = await bench.rows('entity/store?limit=1');
	const { account, clock } = bench.shop;
	const id = String(product.id);
	const setStock = (amount: number): void => account.stock.setStock(id, String(store?.id), amount, clock.now());
	const thresholds = { row: [{ scope: 'product', product: { __rl: true, mode: 'id', value: id }, amount: 6 }] };
	const since = clock.now();
	clock.advance(2000);
	let state: unknown = '';
	const levels: Array<Record<string, unknown>> = [];
	for (const amount of [100, 4, 100]) {
		setStock(amount);
		const found = await bench.done({ resource: 'stock', operation: 'findCritical', thresholds, state: String(state) } as INodeParameters);
		state = found.at(-1)?.state;
		levels.push(...found);
	}
	const reported = await bench.done({ resource: 'stock', operation: 'getForEvents' }, [{ entity: 'stock', action: 'UPDATE', reportType: 'bystore', stockType: 'stock', reportPath: `/report/stock/bystore/current?changedSince=${encodeURIComponent(toMoscow(since).slice(0, 19))}` }]);
	return { [outputFile('MoySklad', 'stock', 'findCritical')]: outputSchema(levels), [outputFile('MoySklad', 'stock', 'getForEvents')]: outputSchema(reported) };
}

async function ofDiscounts(read: ReadEntity): Promise<OutputSchemas> {
	const resource = 'discount';
	const computed = await read({ resource, operation: 'getComputedPrices', computedPrices: { price: [{ name: 'All', buyers: 'everybody' }] } });
	return { [outputFile('MoySklad', resource, 'getAll')]: outputSchema(await read({ resource, operation: 'getAll', limit: LIMIT })), [outputFile('MoySklad', resource, 'getComputedPrices')]: outputSchema(computed) };
}
