import { deliveryPrice, SyncError, syncId, withArchived, type GoodReference, type Meta, type Sha1 } from '../../../../core';
import { readByValues, writeMany, type Entity, type MoySkladClient } from '../../../../transport';
import type { DeliverySettings, GoodsSettings } from './settings';
import type { OrderTask } from './task';

export interface StandInsRun {
	client: MoySkladClient;
	sha1: Sha1;
	goods: GoodsSettings;
	delivery: DeliverySettings;
	preview: boolean;
}

/** What stands for something that is no good of the store. */
export interface StandIns {
	placeholder?: GoodReference;
	delivery?: { good: GoodReference; vat: string | null };
}

/** The chosen placeholder and delivery service, as far as any of the orders needs them. One call, and one more where the service is made. */
export async function readStandIns(run: StandInsRun, tasks: readonly OrderTask[]): Promise<StandIns> {
	const { client, goods, delivery } = run;
	const placeholder = goods.unknown === 'placeholder' ? goods.placeholder : undefined;
	const needed = tasks.some(({ order }) => deliveryPrice(order).compare(0) > 0);
	const service = needed ? delivery.service : undefined;
	const ids = [placeholder, service].filter((id) => id !== undefined);
	const rows = ids.length === 0 ? [] : await readByValues(client, 'entity/assortment', 'id', ids, { conditions: withArchived });
	const found = (id: string | undefined, what: string): Entity | undefined => {
		if (id === undefined) return undefined;
		const row = rows.find((one) => one.id === id);
		if (!row) throw new SyncError('MOYSKLAD_VALUE_NOT_LISTED', { what, name: id });
		return row;
	};
	const chosen = found(placeholder, 'product or service');
	const paidDelivery = found(service, 'service') ?? (needed ? await ownService(run) : undefined);
	return {
		...(chosen && { placeholder: referenceOf(chosen) }),
		...(paidDelivery && { delivery: { good: referenceOf(paidDelivery), vat: vatOf(paidDelivery) } }),
	};
}

const referenceOf = ({ id, meta }: Entity): GoodReference => ({ type: (meta as Meta).type, id: String(id) });

/** The rate that counts in MoySklad (rule P3). */
const vatOf = ({ effectiveVat, effectiveVatEnabled }: Entity): string | null =>
	effectiveVatEnabled === true ? String(effectiveVat ?? 0) : null;

/** Its syncId is derived from its name, so that it is made once. */
async function ownService({ client, sha1, delivery: { createAs: name }, preview }: StandInsRun): Promise<Entity | undefined> {
	if (name === undefined) return undefined;
	const id = syncId(sha1, { siteKey: '', documentType: 'service', sourceEntity: 'delivery', sourceId: name });
	const [present] = await readByValues(client, 'entity/service', 'syncId', [id], { conditions: withArchived });
	if (present) return present;
	if (preview) return { id, meta: { type: 'service' } };
	const [outcome] = await writeMany(client, '/entity/service', [{ name, syncId: id }], { repeatable: true });
	if (outcome && 'entity' in outcome) return outcome.entity;
	throw outcome?.error ?? new SyncError('ORDER_DELIVERY_UNKNOWN');
}
