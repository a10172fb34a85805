/** What somebody keeps in step; the rights follow from it. */
const CHECK_FLOWS = {
	catalog: {
		moySklad: { view: ['product', 'variant', 'bundle', 'service', 'productfolder'] },
		bitrix: { scopes: ['catalog'], methods: ['catalog.product.list', 'catalog.price.list'] },
	},
	stock: {
		moySklad: { view: ['product', 'variant', 'bundle', 'store'] },
		bitrix: { scopes: ['catalog'], methods: ['catalog.storeproduct.list'] },
	},
	orders: {
		moySklad: { view: ['customerorder', 'counterparty', 'organization', 'store'], create: ['customerorder', 'counterparty'], update: ['customerorder'] },
		bitrix: { scopes: ['sale'], methods: ['sale.order.list', 'sale.status.list'] },
	},
	progress: {
		moySklad: { view: ['customerorder', 'demand', 'paymentin'] },
		bitrix: { scopes: ['sale'], methods: ['sale.order.list', 'sale.status.list'] },
	},
	documents: {
		moySklad: {
			view: ['customerorder', 'demand', 'paymentin', 'cashin'],
			create: ['demand', 'paymentin', 'cashin'],
			update: ['demand', 'paymentin', 'cashin'],
			delete: ['demand', 'paymentin', 'cashin'],
		},
		bitrix: { scopes: ['sale'], methods: ['sale.order.list'] },
	},
	counterparties: {
		moySklad: { view: ['counterparty'], create: ['counterparty'], update: ['counterparty'] },
		bitrix: { scopes: ['crm', 'user'], methods: ['crm.item.list'] },
	},
	deals: {
		moySklad: { view: ['customerorder', 'counterparty', 'organization'], create: ['customerorder', 'counterparty'], update: ['customerorder', 'counterparty'] },
		bitrix: { scopes: ['crm', 'user'], methods: ['crm.item.list'] },
	},
} as const satisfies Record<string, FlowNeeds>;

type Action = 'view' | 'create' | 'update' | 'delete';

interface FlowNeeds {
	moySklad: Partial<Record<Action, readonly string[]>>;
	bitrix: { scopes: readonly string[]; methods: readonly string[] };
}

export type CheckFlow = keyof typeof CHECK_FLOWS;

/** Of a shop that said nothing else. */
export const USUAL_FLOWS: readonly CheckFlow[] = ['catalog', 'stock', 'orders', 'progress'];

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

/** Methods of Bitrix REST that stand in for all others of the flows. */
export const neededMethods = (flows: readonly CheckFlow[]): string[] => unlike(flows.flatMap((flow) => needsOf(flow).bitrix.methods));
