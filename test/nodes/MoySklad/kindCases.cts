import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Json } from '../../simulators/moysklad/caller.cts';
import { chosen, type EntityBench } from './entityBench.cts';

/** How one object of a kind is made by MoySklad Entity. */
export interface KindCase {
	resource: string;
	entity: string;
	/** What is needed to make one. */
	fields: (needed: Needed) => IDataObject;
	/** Lists beside the mapper. */
	lists?: (needed: Needed) => INodeParameters;
}

/** Objects of the account that others refer to. */
export interface Needed {
	product: Json;
	/** Ids. */
	organization: string;
	agent: string;
	store: string;
}

export async function neededOf(bench: EntityBench): Promise<Needed> {
	const [product] = (await bench.rows('entity/product?limit=1&order=name')) as [Json];
	const [organization = '', agent = '', store = ''] = await Promise.all(['organization', 'counterparty', 'store'].map(async (entity) => String((await bench.rows(`entity/${entity}?limit=1`))[0]?.id)));
	return { product, organization, agent, store };
}

export const rows = (...row: INodeParameters[]): INodeParameters => ({ row });

const good = ({ product }: Needed): string => String((product.meta as Json).href);
export const party = ({ organization, agent }: Needed): IDataObject => ({ organization, agent });
const inStore = (needed: Needed): IDataObject => ({ ...party(needed), store: needed.store });
const positions = (needed: Needed): INodeParameters => ({ positions: rows({ assortment: chosen(good(needed)), quantity: 2, price: 1050, discount: 0, vat: '20', reserve: 0 }) });

export const KIND_CASES: KindCase[] = [
	{ resource: 'product', entity: 'product', fields: () => ({ name: 'Lamp', weight: 1.5, vat: 20, minPrice: 99900 }), lists: () => ({ barcodes: rows({ type: 'ean13', value: '2000000000015' }) }) },
	{ resource: 'service', entity: 'service', fields: () => ({ name: 'Delivery' }) },
	{ resource: 'bundle', entity: 'bundle', fields: () => ({ name: 'Set' }), lists: (needed) => ({ components: rows({ assortment: chosen(good(needed)), quantity: 2 }) }) },
	{ resource: 'variant', entity: 'variant', fields: ({ product }) => ({ product: String(product.id) }), lists: () => ({ characteristics: rows({ name: 'Size', value: 'XXL' }) }) },
	{ resource: 'productFolder', entity: 'productfolder', fields: () => ({ name: 'Light' }) },
	{ resource: 'counterparty', entity: 'counterparty', fields: () => ({ name: 'Ivan', companyType: 'individual', phone: '+7 900 000-00-00' }) },
	{ resource: 'customerOrder', entity: 'customerorder', fields: (needed) => ({ ...party(needed), moment: '2026-11-21T10:15:30Z' }), lists: positions },
	{ resource: 'shipment', entity: 'demand', fields: inStore, lists: positions },
	{ resource: 'invoice', entity: 'invoiceout', fields: party, lists: positions },
	{ resource: 'salesReturn', entity: 'salesreturn', fields: inStore, lists: positions },
	{ resource: 'incomingPayment', entity: 'paymentin', fields: (needed) => ({ ...party(needed), sum: 2100 }) },
	{ resource: 'cashIn', entity: 'cashin', fields: (needed) => ({ ...party(needed), sum: 2100 }) },
];
