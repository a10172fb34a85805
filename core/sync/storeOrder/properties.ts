import type { SaleOrder } from '../../bitrix/saleSchema';
import type { Decisions } from '../decisions';
import { warning, type FieldChange } from '../result';
import type { StoreWish } from './wish';
import type { PartPlan } from './writes';

const PREFIX = 'property:';

/** How a mapping names an order property. */
export const orderPropertyField = (id: string): string => `${PREFIX}${id}`;

/** Texts of a value; null for what is no text, such as a file. */
function textsIn(value: unknown): string[] | null {
	if (value === null || value === undefined || value === '') return [];
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [String(value)];
	if (!Array.isArray(value)) return typeof value === 'object' && Object.keys(value).length === 0 ? [] : null;
	const all = value.map(textsIn);
	return all.every((one) => one !== null) ? all.flat() : null;
}

/** As Bitrix takes it: one text, or several. */
const valueOf = (texts: readonly string[], present: unknown): string | string[] => (Array.isArray(present) ? [...texts] : (texts[0] ?? ''));

/**
 * The wanted order properties with all others as they are: what is not sent loses its value (trap T7). Files cannot be sent back, so
 * that the properties of an order with files stay.
 */
export function planProperties(order: SaleOrder, { fields }: StoreWish, onlyWhenEmpty: ReadonlySet<string>, decisions: Decisions): PartPlan {
	const present = new Map(order.propertyValues.map(({ orderPropsId, value }) => [orderPropsId, value]));
	const names = new Map(order.propertyValues.map(({ orderPropsId, code, name }) => [orderPropsId, code ?? name ?? orderPropsId]));
	const change = (id: string, to: string): FieldChange => ({ field: `property ${names.get(id) ?? id}`, from: textsIn(present.get(id))?.join(', ') || null, to });
	const wanted = new Map<string, string>();
	for (const [field, text] of Object.entries(fields)) {
		if (!field.startsWith(PREFIX) || text.trim() === '') continue;
		const id = field.slice(PREFIX.length);
		const target = (textsIn(present.get(id)) ?? ['?']).join(', ').trim();
		const policy = onlyWhenEmpty.has(field) ? 'empty' : 'always';
		if (decisions.isWritten({ field, source: text.trim(), target, policy, shown: change(id, text.trim()) })) wanted.set(id, text.trim());
	}
	if (wanted.size === 0) return { writes: [], warnings: [] };
	const kept = [...present].filter(([id]) => !wanted.has(id)).map(([id, value]) => ({ id, value, texts: textsIn(value) }));
	if (kept.some(({ texts }) => texts === null)) {
		for (const id of wanted.keys()) decisions.leave(orderPropertyField(id));
		return { writes: [], warnings: [warning('ORDER_PROPERTIES_LEFT')] };
	}
	const values = [
		...kept.map(({ id, value, texts }) => ({ orderPropsId: id, value: valueOf(texts ?? [], value) })),
		...[...wanted].map(([id, text]) => ({ orderPropsId: id, value: valueOf([text], present.get(id)) })),
	];
	return {
		writes: [
			{
				key: 'properties',
				method: 'sale.propertyvalue.modify',
				parameters: { fields: { order: { id: order.id, propertyValues: values } } },
				changes: [...wanted].map(([id, to]) => change(id, to)),
			},
		],
		warnings: [],
	};
}
