import { deleteElement } from '../../catalog/elements.cts';
import { deleteSection } from '../../catalog/sectionMethods.cts';
import type { ElementRow } from '../../catalog/rows.cts';
import type { ExchangeSite } from '../site.cts';
import type { CatalogProgress } from './progress.cts';

/** In full mode the block's sections that the file does not have go, with what lies in them only. */
export function cleanSections(site: ExchangeSite, { package: pack }: CatalogProgress): void {
	const { sectionAction } = site.settings;
	if (!pack || pack.changesOnly || sectionAction === 'N') return;
	const { sections } = site.portal.store;
	for (const { id } of sections.where('iblockId', pack.iblockId)) {
		const section = pack.seenSections.has(id) ? undefined : sections.get(id);
		if (!section) continue;
		if (sectionAction === 'D') deleteSection(site.portal, section);
		else sections.update(id, { active: 'N' });
	}
}

/** In full mode the block's elements that the file does not have go, so many a call. */
export function cleanElements(site: ExchangeSite, { package: pack }: CatalogProgress): { done: boolean; count: number } {
	const { elementAction, stepRows } = site.settings;
	if (!pack || pack.changesOnly || elementAction === 'N') return { done: true, count: 0 };
	const superfluous = site.portal.store.elements
		.all()
		.filter(
			({ id, iblockId, active }) =>
				iblockId === pack.iblockId && !pack.seenElements.has(id) && (elementAction === 'D' || active === 'Y'),
		);
	const portion = superfluous.slice(0, stepRows);
	for (const element of portion) remove(site, element);
	return { done: portion.length === superfluous.length, count: portion.length };
}

function remove({ portal, settings }: ExchangeSite, element: ElementRow): void {
	if (settings.elementAction === 'D') return deleteElement(portal, element);
	portal.store.elements.update(element.id, { active: 'N', timestampX: portal.now() });
	portal.announce('product', 'update', element.id);
}
