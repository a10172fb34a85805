import {
	changedRules, chosenPricePairs, presetPricePairs, presetRules, priceRule, priceTypesOf, SyncError,
	type Goods, type NamedField, type PricePair, type Property, type Scope,
} from '../../../core';
import { readEnums } from './enums';
import { makeProperties, type SeenFields } from './properties';
import type { CatalogSession } from './session';

/** Makes what is to be made of properties, and then the rules by which these goods are compared. */
export async function prepareRules(session: CatalogSession, goods: readonly Goods[]): Promise<void> {
	const { settings, books } = session;
	const seen = seenFields(goods, settings.attributes !== 'none');
	await makeProperties(session, seen);
	const preset = presetRules({ books, prices: pricePairs(session, goods), ...seen });
	session.rules = changedRules(preset, settings.changes);
	checkTargets(session);
	await readEnums(session, usedProperties(session));
}

/** Rules for prices only. */
export function preparePriceRules(session: CatalogSession, goods: readonly Goods[]): void {
	session.rules = pricePairs(session, goods).map(priceRule);
}

function pricePairs({ settings, books }: CatalogSession, goods: readonly Goods[]): PricePair[] {
	return chosenPairs({ settings, books }) ?? presetPricePairs(priceTypesOf(goods), books.priceTypes);
}

/** The user's pairs; undefined when there are none. Throws CATALOG_TARGET_MISSING. */
export const chosenPairs = ({ settings, books }: Pick<CatalogSession, 'settings' | 'books'>): PricePair[] | undefined =>
	settings.pricePairs.length > 0 ? chosenPricePairs(settings.pricePairs, books.priceTypes) : undefined;

/** The scope with the price that counts in it: the one that goes to the base price type. */
export function scopeOf({ settings, rules, books }: CatalogSession): Scope {
	const base = books.priceTypes.find((type) => type.base);
	const rule = rules.find(({ target }) => target === `price:${base?.id ?? ''}`);
	const price = rule && 'field' in rule.source ? rule.source.field.replace(/^price:/, '') : '';
	return { ...settings.scope, price: settings.pricedOnly ? price : null };
}

/** What of MoySklad's fields some goods show. */
export function seenFields(goods: readonly Goods[], withAttributes: boolean): SeenFields {
	const attributes = new Map<string, NamedField>();
	const characteristics = new Map<string, NamedField>();
	for (const one of goods) {
		if (withAttributes) for (const { id, name, type } of one.attributes) attributes.set(id, { id, name, type });
		for (const { id, name } of one.characteristics) characteristics.set(id ?? name, { id, name, type: 'characteristic' });
	}
	return { attributes: [...attributes.values()], characteristics: [...characteristics.values()] };
}

/** Throws CATALOG_TARGET_MISSING for rows of the user's mapping that lead nowhere. */
function checkTargets({ settings, plan, books }: CatalogSession): void {
	const isKnown = (target: string): boolean => plan.targets.has(target) || books.priceTypes.some(({ id }) => target === `price:${id}`);
	const lost = settings.changes.find(({ target }) => !isKnown(target));
	if (lost) throw new SyncError('CATALOG_TARGET_MISSING', { what: `field ${lost.target}` });
}

function usedProperties({ rules, books }: CatalogSession): Property[] {
	const targets = new Set(rules.map(({ target }) => target));
	return books.properties.filter(({ id }) => targets.has(`property:${id ?? ''}`));
}
