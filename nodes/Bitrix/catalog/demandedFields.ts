import type { ItemRow, Parameters, SyncError } from '../../../core';

/** Versions of about 2021 want these fields in every write, not only in the first. */
export const isDemanding = ({ message }: SyncError): boolean => /Required fields:.*\b(name|iblockId|iblockSectionId)\b/.test(message);

/** The same as is there, or no section for a new item. The main section alone would take the item out of the others (trap T8). */
export function demandedFields(row: ItemRow | undefined): Parameters {
	if (!row) return { iblockSectionId: 0 };
	const { iblockId, name, iblockSectionId, iblockSection } = row;
	const bindings = Array.isArray(iblockSection) && iblockSection.length > 0 ? { iblockSection: iblockSection.map(Number) } : {};
	return { iblockId: Number(iblockId), name: String(name), iblockSectionId: Number(iblockSectionId) || 0, ...bindings };
}
