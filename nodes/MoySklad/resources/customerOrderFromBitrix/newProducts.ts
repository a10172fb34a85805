import {
	entityReference,
	syncId,
	VARIANT_MARK,
	withArchived,
	type GoodReference,
	type Identity,
	type OrderLine,
	type Sha1,
	type SyncError,
} from '../../../../core';
import { readAll, readByValues, writeMany, type Entity, type MoySkladClient, type Written } from '../../../../transport';
import { lineKey } from './goodsByKey';
import type { OrderTask } from './task';

export interface NewProductsRun {
	client: MoySkladClient;
	sha1: Sha1;
	goods: { identity: Identity };
	preview: boolean;
}

/** A product that stands for lines of one key. */
export interface MadeProduct {
	good: GoodReference;
	/** False: an earlier run made it. */
	isNew: boolean;
}

/**
 * A product for each line that MoySklad has no goods for, one for all lines of one key. It is known again by its syncId, which is
 * derived from the key. By line key.
 */
export async function productsFor(
	run: NewProductsRun,
	tasks: readonly OrderTask[],
	lines: readonly OrderLine[],
): Promise<Map<string, MadeProduct | SyncError>> {
	if (lines.length === 0) return new Map();
	const siteKeys = new Map(tasks.flatMap(({ order }) => order.lines.map((line) => [line, order.source.siteKey] as const)));
	const wanted = [...new Map(lines.map((line) => [lineKey(line), line])).values()].map((line) => ({
		line,
		id: derivedId(run.sha1, siteKeys.get(line) ?? '', line),
	}));
	const ids = wanted.map(({ id }) => id);
	const rows = await readByValues(run.client, 'entity/product', 'syncId', ids, { conditions: withArchived });
	const products = new Map<unknown, MadeProduct | SyncError>(rows.map((row) => [row.syncId, { good: product(String(row.id)), isNew: false }]));
	const missing = wanted.filter(({ id }) => !products.has(id));
	for (const [id, made] of await make(run, missing)) products.set(id, made);
	return new Map(wanted.map(({ line, id }) => [lineKey(line), products.get(id) as MadeProduct | SyncError]));
}

const product = (id: string): GoodReference => ({ type: 'product', id });

const derivedId = (sha1: Sha1, siteKey: string, line: OrderLine): string =>
	syncId(sha1, { siteKey, documentType: 'product', sourceEntity: 'line', sourceId: lineKey(line) });

interface Wanted {
	line: OrderLine;
	id: string;
}

async function make(
	{ client, goods, preview }: NewProductsRun,
	wanted: readonly Wanted[],
): Promise<Map<string, MadeProduct | SyncError>> {
	if (preview || wanted.length === 0) return new Map(wanted.map(({ id }) => [id, { good: product(id), isNew: true }]));
	const units = await readAll(client, 'entity/uom');
	const bodies = wanted.map(({ line, id }) => ({ syncId: id, ...productBody(line, goods.identity, units) }));
	const outcomes = await writeMany(client, '/entity/product', bodies, { repeatable: true });
	return new Map(wanted.map(({ id }, index) => [id, madeBy(outcomes[index])]));
}

const madeBy = (outcome: Written | undefined): MadeProduct | SyncError =>
	outcome && 'entity' in outcome ? { good: product(String(outcome.entity.id)), isNew: true } : (outcome?.error as SyncError);

function productBody({ name, key, vat, unit }: OrderLine, identity: Identity, units: readonly Entity[]): Entity {
	const uom = units.find(({ code }) => unit?.code && code !== undefined && Number(code) === Number(unit.code));
	return {
		name: name.slice(0, 255),
		...(identity === 'externalCode' && key !== null && !key.includes(VARIANT_MARK) && { externalCode: key }),
		vat: vat === null ? 0 : Number(vat),
		vatEnabled: vat !== null,
		useParentVat: false,
		...(uom && { uom: entityReference('uom', String(uom.id)) }),
	};
}
