import type { ElementRow } from '../../catalog/rows.cts';
import { ITEM_TYPE } from '../../catalog/rows.cts';
import { child, textOf, type XmlNode } from '../xml/node.cts';
import { findElement, isDeleted, reactivate, setInactive } from './element.cts';
import { importWhole, type Imported } from './goods.cts';
import { updatePrices } from './prices.cts';
import type { Scene } from './scene.cts';
import { updateRests, updateStock } from './stock.cts';

/** A `Предложение`: a variant where these have a block of their own, else prices and stock of the product with its id. */
export function importOffer(scene: Scene, node: XmlNode): Imported {
	const xmlId = textOf(node, 'Ид') ?? '';
	if (xmlId === '') return {};
	const { useOffers, forceOffers } = scene.site.settings;
	return useOffers && (forceOffers || xmlId.includes('#'))
		? importVariant(scene, node, xmlId)
		: changeProduct(scene, node, xmlId);
}

/** An id that is not known, and has no name to make it of, is left out without a word. */
function importVariant(scene: Scene, node: XmlNode, xmlId: string): Imported {
	const current = findElement(scene, scene.iblock.id, xmlId);
	if (textOf(node, 'Наименование') === undefined && !isDeleted(node))
		return current ? changeLightly(scene, node, current) : {};
	const productKey = xmlId.split('#')[0] ?? xmlId;
	const parent = findElement(scene, scene.pack.productIblockId ?? 0, productKey);
	return importWhole(scene, node, current, { type: ITEM_TYPE.offer, ...(parent && { parentId: parent.id }) });
}

/** Nothing but an id and prices, or an id and rests. With both, prices win; anything else is not understood. */
function changeLightly(scene: Scene, node: XmlNode, element: ElementRow): Imported {
	if (isExactly(node, 'Остатки')) {
		updateRests(scene, element, node);
		return { id: element.id };
	}
	if (!child(node, 'Цены')) return { id: element.id };
	const warning = updatePrices(scene, element, node, 'light');
	updateStock(scene, element, node);
	return { id: element.id, ...(warning !== undefined && { warning }) };
}

const isExactly = (node: XmlNode, name: string): boolean =>
	node.children.length === 2 && child(node, 'Ид') !== undefined && child(node, name) !== undefined;

/** Only what is sold with it: nothing else of the product changes but that it is active again when it is named. */
function changeProduct(scene: Scene, node: XmlNode, xmlId: string): Imported {
	const current = findElement(scene, scene.pack.productIblockId ?? scene.iblock.id, xmlId);
	if (!current) return {};
	if (isDeleted(node)) return { id: setInactive(scene, current).id };
	if (textOf(node, 'Наименование') === undefined) return changeLightly(scene, node, current);
	const element = reactivate(scene, current);
	const warning = child(node, 'Цены') && updatePrices(scene, element, node, 'whole');
	updateStock(scene, element, node);
	return { id: element.id, ...(warning !== undefined && { warning }) };
}
