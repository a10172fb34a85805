import { ATTRIBUTE_PREFIX } from '../../moysklad/attributes';
import type { FullOrder } from '../../moysklad/fullOrder';
import { attributeText } from '../../moysklad/linkedDocuments';
import type { CompanyType } from '../../model/counterparty';
import { toRubles } from '../../model/money';

type Json = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() || null : null);

const ofAgent =
	(field: string) =>
	({ agent }: FullOrder): string | null =>
		agent === 'unread' ? null : text(agent[field]);

const ofOrder =
	(field: string) =>
	({ row }: FullOrder): string | null =>
		text(row[field]);

interface Source {
	label: string;
	read(order: FullOrder): string | null;
}

/** What of a customer order can fill a field of an order of a store, beside its additional fields. */
const SOURCES = {
	agentEmail: { label: 'Counterparty: E-Mail', read: ofAgent('email') },
	agentInn: { label: 'Counterparty: INN', read: ofAgent('inn') },
	agentKpp: { label: 'Counterparty: KPP', read: ofAgent('kpp') },
	agentName: { label: 'Counterparty: Name', read: ofAgent('name') },
	agentPhone: { label: 'Counterparty: Phone', read: ofAgent('phone') },
	deliveryPlannedMoment: { label: 'Planned Delivery', read: ofOrder('deliveryPlannedMoment') },
	description: { label: 'Comment', read: ofOrder('description') },
	externalCode: { label: 'External Code', read: ({ externalCode }: FullOrder) => externalCode },
	id: { label: 'ID', read: ({ id }: FullOrder) => id },
	number: { label: 'Number', read: ({ number }: FullOrder) => number },
	shipmentAddress: { label: 'Delivery Address', read: ofOrder('shipmentAddress') },
	state: { label: 'State', read: ({ state }: FullOrder) => state?.name ?? null },
	sum: { label: 'Sum', read: ({ sum }: FullOrder) => (sum === 'unread' ? null : toRubles(sum)) },
} satisfies Record<string, Source>;

/** The fields of a customer order that a mapping can name, as lists show them. */
export const MOYSKLAD_ORDER_SOURCES: ReadonlyArray<{ name: string; label: string }> = Object.entries(SOURCES).map(([name, { label }]) => ({ name, label }));

/** The text of a field of MoySklad by its name; null when it is empty or unknown. */
export function orderSourceText(order: FullOrder, name: string): string | null {
	if (name.startsWith(ATTRIBUTE_PREFIX)) return attributeText(attributesOf(order), name.slice(ATTRIBUTE_PREFIX.length));
	return Object.hasOwn(SOURCES, name) ? SOURCES[name as keyof typeof SOURCES].read(order) : null;
}

const attributesOf = ({ row: { attributes } }: FullOrder): Json[] => (Array.isArray(attributes) ? (attributes as Json[]) : []);

/** What a counterparty of MoySklad is; kinds of other countries begin with the same words. */
export function counterpartyKind({ companyType, inn, meta }: Json): CompanyType {
	const kind = String(companyType ?? '');
	if (kind.startsWith('individual') || kind.startsWith('entrepreneur')) return kind.startsWith('individual') ? 'individual' : 'entrepreneur';
	if (kind.startsWith('legal') || (meta as { type?: unknown } | undefined)?.type === 'organization') return 'legal';
	return String(inn ?? '').length === 10 ? 'legal' : 'individual';
}
