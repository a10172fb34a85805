/** What somebody keeps in step; the rights follow from it. */
const CHECK_FLOWS = {
	catalog: {
		moySklad: { view: ['product', 'variant', 'bundle', 'service', 'productfolder'] },
		bitrix: {
			scopes: ['catalog'],
			methods: ['catalog.product.list', 'catalog.price.list'],
			writes: ['catalog.product.add', 'catalog.product.update', 'catalog.section.add', 'catalog.price.add', 'catalog.price.update'],
		},
	},
	stock: {
		moySklad: { view: ['product', 'variant', 'bundle', 'store'] },
		bitrix: {
			scopes: ['catalog'],
			methods: ['catalog.storeproduct.list'],
			writes: ['catalog.product.update'],
			documents: ['catalog.document.add', 'catalog.document.element.add', 'catalog.document.conduct'],
		},
	},
	orders: {
		moySklad: { view: ['customerorder', 'counterparty', 'organization', 'store'], create: ['customerorder', 'counterparty'], update: ['customerorder'] },
		bitrix: { scopes: ['sale'], methods: ['sale.order.list', 'sale.status.list'] },
	},
	progress: {
		moySklad: { view: ['customerorder', 'demand', 'paymentin'] },
		bitrix: { scopes: ['sale'], methods: ['sale.order.list', 'sale.status.list'], writes: ['sale.order.update'] },
	},
	documents: {
		moySklad: {
			view: ['customerorder', 'demand', 'paymentin', 'cashin'],
			create: ['demand', 'paymentin', 'cashin'],
			update: ['demand', 'paymentin', 'cashin'],
			delete: ['demand', 'paymentin', 'cashin'],
		},
		makesToo: ['invoiceout'],
		bitrix: { scopes: ['sale'], methods: ['sale.order.list'] },
	},
	counterparties: {
		moySklad: { view: ['counterparty'], create: ['counterparty'], update: ['counterparty'] },
		bitrix: { scopes: ['crm', 'user'], methods: ['crm.item.list'], records: ['contact', 'company'] },
	},
	deals: {
		moySklad: { view: ['customerorder', 'counterparty', 'organization'], create: ['customerorder', 'counterparty'], update: ['customerorder', 'counterparty'] },
		bitrix: { scopes: ['crm', 'user'], methods: ['crm.item.list'], records: ['deal', 'contact', 'company'] },
	},
	crm: {
		moySklad: { view: ['customerorder', 'counterparty', 'demand', 'paymentin'] },
		bitrix: {
			scopes: ['crm', 'user'],
			methods: ['crm.item.list'],
			records: ['deal', 'contact', 'company'],
			writes: ['crm.deal.add', 'crm.deal.update', 'crm.contact.add', 'crm.contact.update', 'crm.company.add', 'crm.company.update'],
		},
	},
	newGoods: {
		moySklad: { view: ['product', 'service', 'productfolder'], create: ['product', 'service'] },
		bitrix: { scopes: ['catalog'], methods: ['catalog.product.list', 'catalog.price.list'], writes: ['catalog.product.update'] },
	},
} as const satisfies Record<string, FlowNeeds>;

type Action = 'view' | 'create' | 'update' | 'delete';

/** Kinds of records in Bitrix' CRM, with the numbers that Bitrix gives them. */
export const CRM_RECORDS = { deal: 2, contact: 3, company: 4 } as const;

/** A kind of record that flows read or make in the CRM. */
export type CrmRecordKind = keyof typeof CRM_RECORDS;

interface FlowNeeds {
	moySklad: Partial<Record<Action, readonly string[]>>;
	/** Objects of MoySklad that are only made where somebody wants them. */
	makesToo?: readonly string[];
	bitrix: {
		scopes: readonly string[];
		/** That read. */
		methods: readonly string[];
		writes?: readonly string[];
		/** What is written with instead where inventory management is on. */
		documents?: readonly string[];
		/** What is read in the CRM. */
		records?: readonly CrmRecordKind[];
	};
}

/** One of the things that can be kept in step, by which a user says what a connection is for. */
export type CheckFlow = keyof typeof CHECK_FLOWS;

/** What a shop keeps in step that said nothing else. */
export const USUAL_FLOWS: readonly CheckFlow[] = ['catalog', 'stock', 'orders', 'progress'];

/** Those that are meant where nobody said which. */
export const chosenFlows = (flows: readonly CheckFlow[]): readonly CheckFlow[] => (flows.length > 0 ? flows : USUAL_FLOWS);

/** A right in MoySklad: the object's keyword in the permissions, and what is done with it. */
export type MoySkladRight = readonly [object: string, action: string];

const needsOf = (flow: CheckFlow): FlowNeeds => CHECK_FLOWS[flow];

const unlike = <T extends string>(values: readonly T[]): T[] => [...new Set(values)];

/** Rights in MoySklad without which one of the flows fails. */
export function neededRights(flows: readonly CheckFlow[]): MoySkladRight[] {
	const pairs = flows.flatMap((flow) => Object.entries(needsOf(flow).moySklad).flatMap(([action, objects]) => objects.map((object) => `${object} ${action}`)));
	return unlike(pairs).map((pair) => pair.split(' ', 2) as [string, string]);
}

/** Scopes of Bitrix REST without which one of the flows fails. */
export const neededScopes = (flows: readonly CheckFlow[]): string[] => unlike(flows.flatMap((flow) => needsOf(flow).bitrix.scopes));

/** Methods of Bitrix REST that stand in for all others with which the flows read. */
export const neededMethods = (flows: readonly CheckFlow[]): string[] => unlike(flows.flatMap((flow) => needsOf(flow).bitrix.methods));

/** Methods of Bitrix REST that stand in for all others with which the flows write. `inventory`: whether inventory management is on. */
export const neededWrites = (flows: readonly CheckFlow[], inventory: boolean): string[] =>
	unlike(flows.map((flow) => needsOf(flow).bitrix).flatMap(({ writes = [], documents }) => (inventory && documents ? documents : writes)));

/** Kinds of CRM records that the flows read. */
export const recordsRead = (flows: readonly CheckFlow[]): CrmRecordKind[] => unlike(flows.flatMap((flow) => needsOf(flow).bitrix.records ?? []));

/** Objects of MoySklad that the flows make, and whose required additional fields they have to fill. */
export const madeObjects = (flows: readonly CheckFlow[]): string[] => unlike(flows.map(needsOf).flatMap(({ moySklad, makesToo = [] }) => [...(moySklad.create ?? []), ...makesToo]));
