import type { ElementRow } from '../../catalog/rows.cts';
import { ITEM_TYPE } from '../../catalog/rows.cts';
import { child, textOf, type XmlNode } from '../xml/node.cts';
import { checksumOf } from './checksum.cts';
import { findElement, isDeleted, reactivate, saveElement, setInactive } from './element.cts';
import { updatePrices } from './prices.cts';
import type { Scene } from './scene.cts';
import { updateStock } from './stock.cts';

/** The element that an XML element is about, if there is one, and what the site complains of. */
export interface Imported {
	id?: number;
	warning?: string;
}

/** A `Товар`. Ids with `#` belong to variants where these have a block of their own. */
export function importGood(scene: Scene, node: XmlNode): Imported {
	const xmlId = textOf(node, 'Ид') ?? '';
	if (xmlId === '' || (scene.site.settings.useOffers && xmlId.includes('#'))) return {};
	return importWhole(scene, node, findElement(scene, scene.iblock.id, xmlId), { type: ITEM_TYPE.simple });
}

/** What an element is, if it has to be made. */
export interface Making {
	type: number;
	/** The product of a variant. */
	parentId?: number;
}

/**
 * An element with all its fields, or its deletion. Without a name nothing else is looked at. An element whose checksum
 * is that of its last import is left out with prices and stock, and only activated.
 */
export function importWhole(scene: Scene, node: XmlNode, current: ElementRow | undefined, making: Making): Imported {
	if (isDeleted(node)) return current ? { id: setInactive(scene, current).id } : {};
	if ((textOf(node, 'Наименование') ?? '') === '') return current ? { id: current.id } : {};
	const { checksums, settings } = scene.site;
	const checksum = checksumOf(node);
	if (current && settings.useCrc && checksums.get(current.id) === checksum) return { id: reactivate(scene, current).id };
	const element = saveElement(scene, node, current, making);
	checksums.set(element.id, checksum);
	const warning = child(node, 'Цены') && updatePrices(scene, element, node, 'whole');
	updateStock(scene, element, node);
	return { id: element.id, ...(warning !== undefined && { warning }) };
}
