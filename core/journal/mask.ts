import { shortened, storable } from '../model/storable';
import { maskShapes } from './maskShapes';
import { isPersonalField, type MaskRules } from './personalFields';

/** What stands in the place of personal data. */
const MASK = '***';

/** Longer texts tell nothing more, and rows shall stay small. */
const LONGEST = 200;
/** Of a longer text the rest is left out before it is looked through: it is not shown anyway. */
const LONGEST_READ = 4 * LONGEST;

/**
 * A value as it may be kept: whole in the place of a personal field, and without phones, e-mails, and the like in any other. Nothing
 * stays nothing, so that one sees a field that was filled. Objects are looked through by the names of their fields.
 */
export function masked(value: unknown, field: string, object: string, rules: MaskRules): unknown {
	if (value === null || value === undefined || value === '' || typeof value === 'boolean') return value ?? null;
	if (isPersonalField(field, object, rules)) return MASK;
	if (Array.isArray(value)) return value.map((one) => masked(one, field, object, rules));
	if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, one]) => [maskedText(name), masked(one, name, object, rules)]));
	if (typeof value === 'number') return maskShapes(String(value), MASK) === String(value) ? value : MASK;
	return maskedText(String(value));
}

/** A text without what has the shape of personal data, not longer than rows take, and such that any table takes it. */
export const maskedText = (text: string): string => shortened(maskShapes(storable(text.slice(0, LONGEST_READ)), MASK), LONGEST);
