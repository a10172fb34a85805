import type { Portal } from '../portal.cts';
import { Table, type Id } from '../store/table.cts';

/** All tables of the portal as plain rows (money in kopecks, moments in milliseconds), to be compared field by field. */
export const everything = ({ store }: Portal): Record<string, unknown[]> =>
	Object.fromEntries(
		Object.entries(store)
			.filter(isTable)
			.map(([name, table]) => [name, table.all()]),
	);

/** How many rows each table has. */
export const tableSizes = ({ store }: Portal): Record<string, number> =>
	Object.fromEntries(
		Object.entries(store)
			.filter(isTable)
			.map(([name, table]) => [name, table.size]),
	);

const isTable = (entry: [string, unknown]): entry is [string, Table<{ readonly id: Id }>] => entry[1] instanceof Table;
