import type { IDataObject } from 'n8n-workflow';
import type { RestCall } from './restClient.cts';

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export interface DataTable {
	id: string;
	name: string;
	columns: DataTableColumn[];
}

export type Row = Record<string, string | number | boolean | null>;

/** A row as n8n keeps it. */
export type StoredRow = Row & { id: number; createdAt: string; updatedAt: string };

export interface RowQuery {
	/** Conditions that must all hold. */
	filters?: Array<{
		columnName: string;
		condition: 'eq' | 'neq' | 'like' | 'gt' | 'gte' | 'lt' | 'lte';
		value: string | number | boolean | null;
	}>;
	/** Such as `id:asc`. */
	sortBy?: string;
	/** Rows to give. Default: 250, which is n8n's most for one page. */
	take?: number;
	skip?: number;
}

const MOST_PER_PAGE = 250;

/** The Data Tables of a project, as the editor handles them. */
export class DataTables {
	constructor(
		private readonly call: RestCall,
		private readonly projectId: string,
	) {}

	async create(name: string, columns: DataTableColumn[]): Promise<DataTable> {
		return await this.call('POST', this.path(), { name, columns });
	}

	async list(): Promise<DataTable[]> {
		return (await this.call<{ data: DataTable[] }>('GET', `${this.path()}?take=${MOST_PER_PAGE}`)).data;
	}

	/** @throws Error when there is none of exactly this name */
	async named(name: string): Promise<DataTable> {
		const tables = await this.list();
		const found = tables.find((table) => table.name === name);
		if (!found)
			throw new Error(
				`There is no data table "${name}". There are: ${tables.map((table) => table.name).join(', ') || 'none'}`,
			);
		return found;
	}

	/** Gives the rows' ids. */
	async insert(tableId: string, rows: Row[]): Promise<number[]> {
		const inserted = await this.call<Array<{ id: number }>>('POST', `${this.path(tableId)}/insert`, {
			data: rows,
			returnType: 'id',
		});
		return inserted.map(({ id }) => id);
	}

	/** One page of rows, and how many there are in all. */
	async rows(
		tableId: string,
		{ filters, sortBy, take = MOST_PER_PAGE, skip = 0 }: RowQuery = {},
	): Promise<{ count: number; data: StoredRow[] }> {
		const query: IDataObject = {
			take,
			skip,
			...(sortBy && { sortBy }),
			...(filters && { filter: JSON.stringify({ type: 'and', filters }) }),
		};
		return await this.call('GET', `${this.path(tableId)}/rows?${new URLSearchParams(query as Record<string, string>)}`);
	}

	/** All rows, oldest first. */
	async all(tableId: string): Promise<StoredRow[]> {
		const rows: StoredRow[] = [];
		for (;;) {
			const { data } = await this.rows(tableId, { sortBy: 'id:asc', skip: rows.length });
			if (data.length === 0) return rows;
			rows.push(...data);
		}
	}

	/** Changes all rows for which the conditions hold. */
	async update(tableId: string, filters: NonNullable<RowQuery['filters']>, data: Row): Promise<void> {
		await this.call('PATCH', `${this.path(tableId)}/rows`, { filter: { type: 'and', filters }, data });
	}

	async remove(tableId: string): Promise<void> {
		await this.call('DELETE', this.path(tableId));
	}

	private path(tableId?: string): string {
		return `/projects/${this.projectId}/data-tables${tableId ? `/${tableId}` : ''}`;
	}
}
