import type { ExchangeSite } from '../site.cts';

/**
 * Deactivates the elements and sections that nobody touched since `from`, in every block that had an import since then.
 * Returns how many. It does not know what an exchange was about: after one of changes only, it hides all the rest.
 */
export function deactivateUntouched({ portal, blockImports, sectionImports }: ExchangeSite, from: number): number {
	const { elements, sections } = portal.store;
	const isExchanged = (iblockId: number): boolean => (blockImports.get(iblockId) ?? 0) >= from;
	let count = 0;
	for (const { id, iblockId, active, timestampX } of elements.all()) {
		if (active === 'N' || timestampX >= from || !isExchanged(iblockId)) continue;
		elements.update(id, { active: 'N', timestampX: portal.now() });
		portal.announce('product', 'update', id);
		count += 1;
	}
	for (const { id, iblockId, active } of sections.all()) {
		if (active === 'N' || (sectionImports.get(id) ?? 0) >= from || !isExchanged(iblockId)) continue;
		sections.update(id, { active: 'N' });
		count += 1;
	}
	return count;
}
