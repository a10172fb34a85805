import { SyncError } from '../errors';

/** Throws CATALOG_TOO_MANY_MISSING when `count` of `total` is more than `percent` %: then the list that says so is rather incomplete. */
export function guardShare(count: number, total: number, percent: number): void {
	if (count * 100 > total * percent) throw new SyncError('CATALOG_TOO_MANY_MISSING', { count, total, percent });
}
