import type { ErrorReport } from '../errors';
import type { Kopecks } from '../model/money';
import type { ItemPlan } from '../sync/itemPlan';
import { shownAmount } from '../sync/prices';
import { OWN_TARGETS, type TargetChange } from '../sync/targetChange';
import { driftOf, type Compared, type Drift } from './drift';
import type { DriftKind } from './kinds';

/** A catalog item with what *Upsert Items* would do to it. */
export interface ComparedItem extends Compared {
	/** Undefined where nothing is to be done for it, or it cannot be known. */
	plan: Pick<ItemPlan, 'outcome' | 'changes' | 'warnings'> | undefined;
	/** Why it would not be written. */
	error: Pick<ErrorReport, 'code' | 'message'> | undefined;
	/** The same of a variant's product. */
	parentError?: Pick<ErrorReport, 'code' | 'message'>;
}

/** Errors that tell how the two sides differ. After any other one nobody knows whether they do. */
const FINDINGS: Record<string, DriftKind> = {
	CATALOG_KEY_DUPLICATE: 'duplicate',
	CATALOG_KEY_REPEATED: 'duplicate',
	CATALOG_KEY_TAKEN: 'keyTaken',
	CATALOG_KEY_BY_CHANCE: 'keyTaken',
	CATALOG_KEY_CHANGED: 'keyChanged',
	CATALOG_TYPE_CONFLICT: 'typeChanged',
	CATALOG_BECAME_SKU: 'typeChanged',
	CATALOG_PRICE_FALL: 'priceFall',
};

/** What a variant's product was refused for, the variant was not looked at for. */
const BEHIND_PRODUCT = 'CATALOG_PARENT_FAILED';

/** The kind of drift that an error tells of; undefined for one after which nobody knows. */
export const driftKindOf = ({ error, parentError }: Pick<ComparedItem, 'error' | 'parentError'>): DriftKind | undefined =>
	FINDINGS[(error?.code === BEHIND_PRODUCT ? parentError : error)?.code ?? ''];

const KINDS: Record<string, DriftKind> = {
	[OWN_TARGETS.key]: 'keyChanged',
	[OWN_TARGETS.mark]: 'markChanged',
	[OWN_TARGETS.parent]: 'parentChanged',
	[OWN_TARGETS.visible]: 'itemHidden',
	[OWN_TARGETS.whole]: 'itemGone',
	name: 'name',
	section: 'section',
	previewText: 'description',
	detailText: 'description',
	measure: 'unit',
	vat: 'vat',
	vatIncluded: 'vat',
	weight: 'size',
	length: 'size',
	width: 'size',
	height: 'size',
	pictures: 'pictures',
};

/**
 * How an item differs, by the plan of the operation that would write it. Nothing for one that is as it should be, and for errors that
 * are no findings. Prices that differ by no more than the tolerance are equal.
 */
export function itemDifferences(item: ComparedItem, tolerance: Kopecks): Drift[] {
	const { plan, error } = item;
	const finding = driftKindOf(item);
	if (error && finding !== 'priceFall') return finding ? [driftOf(item, { kind: finding, field: 'Item', moySklad: item.moySkladId, bitrix: error.message }, error)] : [];
	if (!plan) return [];
	if (error) return plan.changes.map((change) => driftOf(item, { kind: 'priceFall', ...sides(change) }, error));
	if (plan.outcome === 'create') return [driftOf(item, { kind: 'itemMissing', field: 'Item', moySklad: item.name, bitrix: null }, 'items')];
	if (plan.outcome === 'hide') return plan.changes.map((change) => driftOf(item, { kind: 'itemGone', ...sides(change) }, 'items'));
	const found = plan.changes.flatMap((change) => {
		const kind = kindOf(change, tolerance);
		return kind ? [driftOf(item, { kind, ...sides(change) }, 'items')] : [];
	});
	const byHand = plan.warnings.find(({ code }) => code === 'CATALOG_HIDDEN_BY_HAND');
	return byHand ? [...found, driftOf(item, { kind: 'hiddenByHand', field: 'Visible', moySklad: 'yes', bitrix: 'no' }, byHand)] : found;
}

const sides = ({ field, from, to }: TargetChange): { field: string; moySklad: unknown; bitrix: unknown } => ({ field, moySklad: to, bitrix: from });

/** Undefined for a difference within the tolerance. */
function kindOf(change: TargetChange, tolerance: Kopecks): DriftKind | undefined {
	const { target } = change;
	if (target.startsWith('price:')) return kindOfPrice(change, tolerance);
	if (target.startsWith('property:')) return 'property';
	return KINDS[target] ?? 'field';
}

function kindOfPrice({ from, to }: TargetChange, tolerance: Kopecks): DriftKind | undefined {
	const [before, after] = [shownAmount(from), shownAmount(to)];
	if (!before) return 'priceMissing';
	if (!after) return 'priceExtra';
	if (before.currency !== after.currency) return 'priceCurrency';
	const apart = after.amount.minus(before.amount).times(100);
	return apart.compare(tolerance) <= 0 && apart.compare(-tolerance) >= 0 ? undefined : 'price';
}
