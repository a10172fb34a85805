import { isNamed, plainText, type FieldValue } from '../../sync/fieldValue';
import type { CmlUnit } from '../model';

/** The unit that a value names by its OKEI code; undefined for a unit without one (rule P4). */
export function unitOf(value: FieldValue): CmlUnit | undefined {
	const { id, name } = isNamed(value) ? value : { id: plainText(value), name: plainText(value) };
	const code = id?.trim() ?? '';
	if (!/^\d{1,6}$/.test(code)) return undefined;
	const shown = name.trim() === '' || name.trim() === code ? null : name.trim();
	return { code, name: shown, fullName: shown, international: null };
}
