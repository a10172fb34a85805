import { mappedValues, outOfScope, warning, type FieldValues, type Goods, type Gone, type Rule, type Scope } from '../../../core';
import { fail, type Entry } from './entry';
import type { Block, CatalogSession } from './session';
import { expressionParameter } from './settings';

/** What the mapping gives for a good. An expression sees the input item; a product that came along with its variants has none. */
export function valuesOf({ context, sources, settings }: CatalogSession, rules: readonly Rule[], { goods, input }: Entry): FieldValues {
	const expression = (row: number): unknown => (input === undefined ? undefined : context.getNodeParameter(expressionParameter(row), input, undefined));
	const values = mappedValues(rules, goods, sources, expression);
	const wantsSection = rules.some(({ target }) => target === 'section');
	return values.section === undefined && wantsSection && settings.defaultSection !== undefined ? { ...values, section: settings.defaultSection } : values;
}

/** The rules that concern the items of a block. Prices concern both. */
export function rulesOf(session: CatalogSession, block: Block): Rule[] {
	const { targets } = session.plan;
	return session.rules.filter(({ target: name }) => {
		const target = targets.get(name);
		return !target || target.families.some((family) => (family === 'offer') === (block === 'offers'));
	});
}

/** Decides whether an item is to be seen (rule C3). An archived product takes its variants along. */
export function judge(entry: Entry, scope: Scope): void {
	try {
		const product = entry.goods.kind === 'variant' ? productReason(entry, scope) : undefined;
		entry.gone = product ?? ownReason(entry, scope);
		entry.goneWithProduct = product !== undefined && !entry.goods.archived;
	} catch (error) {
		fail(entry, error);
	}
}

/** What makes the product go makes the variant go: its folder and checkbox are the product's. */
function productReason({ goods, parent }: Entry, scope: Scope): Gone {
	if (parent && (parent.deleted || parent.goods.archived)) return warning('CATALOG_ARCHIVED');
	return reasonOf(goods, { ...scope, kinds: [], price: null }, false);
}

function ownReason(entry: Entry, scope: Scope): Gone {
	if (entry.deleted || entry.goods.archived) return warning('CATALOG_ARCHIVED');
	return reasonOf(entry.goods, scope, hasVariants(entry) || entry.present?.family === 'sku');
}

/** In MoySklad, or among the items of this run. */
export const hasVariants = ({ goods, variants }: Entry): boolean => goods.kind === 'product' && ((goods.variantsCount ?? 0) > 0 || variants.length > 0);

function reasonOf(goods: Goods, scope: Scope, isSkuParent: boolean): Gone {
	const reason = outOfScope(goods, scope, isSkuParent);
	return reason === undefined ? undefined : warning('CATALOG_OUT_OF_SCOPE', { reason });
}
