import type { EventAction } from './events';
import { objectSubject, webhooksAt } from './subscription';
import type { DiffType, StockReportType, Subject, Webhook } from './webhook';

/** What a webhook is good for: the group under which people look for it. */
export type Purpose = 'orders' | 'payments' | 'shipments' | 'catalog' | 'counterparties' | 'stock' | 'other';

/** A set of webhooks by what somebody wants to keep in step. */
export type ProfileName = 'base' | 'orderImport' | 'payments' | 'shipments' | 'catalog' | 'counterparties' | 'stock';

interface Profile {
	purpose: Purpose;
	entities: string[];
	actions: EventAction[];
	/** Also the notification of changed stock. */
	stockReport?: boolean;
}

/** Sets of webhooks that belong together: each is there as a whole or not at all. */
const PROFILES: Record<ProfileName, Profile> = {
	base: { purpose: 'orders', entities: ['customerorder'], actions: ['UPDATE'] },
	orderImport: { purpose: 'orders', entities: ['customerorder'], actions: ['CREATE'] },
	payments: { purpose: 'payments', entities: ['paymentin', 'cashin'], actions: ['CREATE', 'UPDATE', 'DELETE'] },
	shipments: { purpose: 'shipments', entities: ['demand'], actions: ['CREATE', 'UPDATE'] },
	catalog: {
		purpose: 'catalog',
		entities: ['product', 'variant', 'bundle', 'service', 'productfolder'],
		actions: ['CREATE', 'UPDATE'],
	},
	counterparties: { purpose: 'counterparties', entities: ['counterparty'], actions: ['CREATE', 'UPDATE'] },
	// A receipt (enter) changes stock before the next report of changed stock is due.
	stock: { purpose: 'stock', entities: ['enter'], actions: ['CREATE', 'UPDATE'], stockReport: true },
};

/** Whether there is a profile of that name. */
export const isProfile = (name: string): name is ProfileName => Object.hasOwn(PROFILES, name);

/** What all profiles of one call have in common. */
export interface ProfileOptions {
	/** Adds the deletions (rule W2). */
	full: boolean;
	diffType: DiffType;
	stockReport: StockReportType;
}

/** The webhooks of some profiles at an address, each once. */
export const profileWebhooks = (names: readonly ProfileName[], options: ProfileOptions, url: string): Webhook[] =>
	webhooksAt(
		names.flatMap((name) => profileSubjects(PROFILES[name], options)),
		url,
	);

function profileSubjects(
	{ entities, actions, stockReport }: Profile,
	{ full, diffType, stockReport: reportType }: ProfileOptions,
): Subject[] {
	const wanted: EventAction[] = full ? [...new Set([...actions, 'DELETE' as const])] : actions;
	const objects = entities.flatMap((entity) => wanted.map((action) => objectSubject(entity, action, diffType)));
	return stockReport ? [...objects, { kind: 'stock', reportType }] : objects;
}

/** Documents that no profile has, but that belong to the same business. */
const RELATED: Record<string, Purpose> = {
	cashout: 'payments',
	paymentout: 'payments',
	prepayment: 'payments',
	prepaymentreturn: 'payments',
	invoiceout: 'orders',
	factureout: 'shipments',
	salesreturn: 'shipments',
	retaildemand: 'shipments',
	retailsalesreturn: 'shipments',
	uom: 'catalog',
	pricelist: 'catalog',
	consignment: 'catalog',
	inventory: 'stock',
	loss: 'stock',
	move: 'stock',
	store: 'stock',
	supply: 'stock',
	purchasereturn: 'stock',
	contract: 'counterparties',
};

/** The group under which people look for a webhook; `other` where none is known. */
export function purposeOf(subject: Subject): Purpose {
	if (subject.kind === 'stock') return 'stock';
	const profile = Object.values(PROFILES).find(({ entities }) => entities.includes(subject.entity));
	return profile?.purpose ?? (Object.hasOwn(RELATED, subject.entity) ? RELATED[subject.entity] : undefined) ?? 'other';
}
