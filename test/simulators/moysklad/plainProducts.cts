import type { Account } from './account.cts';
import { asRef, type Row } from './engine/schema.cts';

/** The products of an account that are sold themselves: not archived, and without variants. */
export function plainProducts(account: Account): Row[] {
	const parents = new Set(account.table('variant').all().map(({ product }) => asRef(product)?.id));
	return account.table('product').all().filter(({ id, archived }) => archived !== true && !parents.has(id));
}
