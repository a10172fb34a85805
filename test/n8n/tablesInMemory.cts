import { DATA_TABLE_SYSTEM_COLUMN_TYPE_MAP, validateFieldType, type FieldType, type IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import type { DataTableColumn, Row } from './dataTables.cts';

type Cell = Row[string] | Date;
type Cells = Record<string, Cell>;
type KeptRow = Cells & { id: number };

interface Filter {
	type: 'and' | 'or';
	filters: Array<{ columnName: string; condition: string; value: Cell }>;
}

interface Table {
	id: string;
	name: string;
	columns: DataTableColumn[];
	rows: KeptRow[];
}

interface Page {
	skip?: number;
	take?: number;
}

/** Data Tables without a server, as n8n's own node gets them: rules of names, columns, conditions and order are those of n8n. */
export class TablesInMemory {
	private readonly tables: Table[] = [];

	/** @param turn waits until a call may touch a row: so runs can be made to come in any order */
	constructor(private readonly turn: () => Promise<void> = async () => await Promise.resolve()) {}

	/** For `more` of a run. */
	get proxy(): Partial<IWorkflowExecuteAdditionalData> {
		const provider = { getDataTableProxy: async (_: unknown, __: unknown, id: string) => await Promise.resolve(this.oneTable(this.byId(id))), getDataTableAggregateProxy: async () => await Promise.resolve(this.allTables()) };
		return { 'data-table': { dataTableProxyProvider: provider } } as never;
	}

	/** @throws Error when there is one of this name */
	create(name: string, columns: DataTableColumn[]): Table {
		if (this.tables.some((table) => table.name === name)) throw new Error(`Data table with name '${name}' already exists in this project`);
		const table = { id: `table${this.tables.length + 1}`, name, columns: columns.map(({ name: column, type }) => ({ name: column, type })), rows: [] };
		this.tables.push(table);
		return table;
	}

	/** The rows of a table themselves; none when there is no such table. */
	rows(name: string): KeptRow[] {
		return this.tables.find((table) => table.name === name)?.rows ?? [];
	}

	/** Adds rows, with null where they do not say a column. */
	insert(name: string, rows: Row[]): void {
		const table = this.tables.find((one) => one.name === name);
		if (!table) throw new RangeError(`There is no table ${name}`);
		added(table, rows);
	}

	private byId(id: string): Table {
		const found = this.tables.find((table) => table.id === id);
		if (!found) throw new Error(`Data table with ID '${id}' could not be found in this project`);
		return found;
	}

	private allTables(): object {
		return {
			// A name is looked for as a part of names.
			getManyAndCount: async ({ filter = {}, skip = 0, take }: Page & { filter?: { name?: string } } = {}) => {
				const found = this.tables.filter(({ name }) => name.toLowerCase().includes((filter.name ?? '').toLowerCase())).reverse();
				return await Promise.resolve({ data: found.slice(skip, take === undefined ? undefined : skip + take).map(({ id, name }) => ({ id, name })), count: found.length });
			},
			createDataTable: async ({ name, columns }: { name: string; columns: DataTableColumn[] }) => {
				const { id } = this.create(name, columns);
				return await Promise.resolve({ id, name });
			},
		};
	}

	private oneTable(table: Table): object {
		const inTurn = async <T,>(work: () => T): Promise<T> => {
			await this.turn();
			return work();
		};
		return {
			getColumns: async () => await Promise.resolve(table.columns.map((column) => ({ id: column.name, ...column }))),
			getManyRowsAndCount: async (query: Page & { filter?: Filter; sortBy?: [string, 'ASC' | 'DESC'] }) => await inTurn(() => selected(table, query)),
			insertRows: async (rows: Cells[], returnType: 'all' | 'count') =>
				await inTurn(() => {
					const all = added(table, rows);
					return returnType === 'all' ? all : { success: true, insertedRows: all.length };
				}),
			updateRows: async ({ data, filter }: { data: Cells; filter: Filter }) => await inTurn(() => updated(table, data, filter)),
			upsertRow: async ({ data, filter }: { data: Cells; filter: Filter }) =>
				await inTurn(() => {
					const rows = updated(table, data, filter);
					return rows.length > 0 ? rows : added(table, [data]);
				}),
			deleteRows: async ({ filter }: { filter: Filter }) =>
				await inTurn(() => {
					const gone = table.rows.filter(matches(table, filter));
					table.rows = table.rows.filter((row) => !gone.includes(row));
					return gone;
				}),
		};
	}
}

function added(table: Table, rows: Cells[]): KeptRow[] {
	const empty = Object.fromEntries(table.columns.map(({ name }) => [name, null]));
	const now = new Date();
	// As on SQLite, which gives the numbers of the newest rows again when they were deleted.
	const last = table.rows.reduce((most, { id }) => Math.max(most, id), 0);
	const fresh = rows.map((row, index) => ({ ...empty, ...checked(table, row), id: last + 1 + index, createdAt: now, updatedAt: now }));
	table.rows.push(...fresh);
	return fresh.map((row) => ({ ...row }));
}

function updated(table: Table, data: Cells, filter: Filter): Cells[] {
	if (filter.filters.length === 0) throw new Error('Filter must not be empty');
	const values = checked(table, data);
	const found = table.rows.filter(matches(table, filter));
	for (const row of found) Object.assign(row, values, { updatedAt: new Date() });
	return found.map((row) => ({ ...row }));
}

function selected(table: Table, { filter = { type: 'and', filters: [] }, skip = 0, take, sortBy = ['id', 'ASC'] }: Page & { filter?: Filter; sortBy?: [string, 'ASC' | 'DESC'] }): { data: Cells[]; count: number } {
	const [column, direction] = sortBy;
	const sign = direction === 'ASC' ? 1 : -1;
	const compare = (one: Cell = null, other: Cell = null): number => (same(one, other) ? 0 : (one ?? '') < (other ?? '') ? -1 : 1);
	const found = table.rows.filter(matches(table, filter)).sort((one, other) => sign * compare(one[column], other[column]) || one.id - other.id);
	return { data: found.slice(skip, take ? skip + take : undefined).map((row) => ({ ...row })), count: found.length };
}

/** A row as n8n takes it: of the columns that there are, in their types. */
const checked = (table: Table, row: Cells): Cells => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(table, name, value)]));

const TYPES: Record<DataTableColumn['type'], FieldType> = { string: 'string', number: 'number', boolean: 'boolean', date: 'dateTime' };

function cell({ columns }: Table, name: string, value: Cell): Cell {
	const type = columns.find((column) => column.name === name)?.type ?? (DATA_TABLE_SYSTEM_COLUMN_TYPE_MAP as Record<string, DataTableColumn['type']>)[name];
	if (!type) throw new Error(`unknown column name '${name}'`);
	if (value === null) return value;
	const result = validateFieldType(name, value, TYPES[type], { strict: false, parseStrings: false });
	if (!result.valid) throw new Error(`value '${String(value)}' does not match column type '${type}': ${result.errorMessage}`);
	return type === 'date' ? (result.newValue as { toJSDate: () => Date }).toJSDate() : (result.newValue as Cell);
}

function matches(table: Table, { type, filters }: Filter): (row: Cells) => boolean {
	const conditions = filters.map(({ columnName, condition, value }) => ({ columnName, condition, value: cell(table, columnName, value) }));
	if (conditions.length === 0) return () => true;
	return (row) => {
		const holding = conditions.map(({ columnName, condition, value }) => holds(row[columnName] ?? null, condition, value));
		return type === 'and' ? holding.every(Boolean) : holding.some(Boolean);
	};
}

const same = (one: Cell, other: Cell): boolean => one?.valueOf() === other?.valueOf();

/** As SQL compares: with null nothing holds but that it is null. */
function holds(present: Cell, condition: string, value: Cell): boolean {
	switch (condition) {
		case 'eq':
			return same(present, value);
		case 'neq':
			return !same(present, value);
		case 'isEmpty':
			return present === null || present === '';
		case 'isNotEmpty':
			return present !== null && present !== '';
	}
	if (present === null || value === null) return false;
	switch (condition) {
		case 'lt':
			return present < value;
		case 'lte':
			return present <= value;
		case 'gt':
			return present > value;
		case 'gte':
			return present >= value;
		case 'like':
			return pattern(String(value), '').test(String(present));
		case 'ilike':
			return pattern(String(value), 'i').test(String(present));
	}
	throw new Error(`Unsupported filter condition: ${condition}`);
}

/** Without a wildcard any part of the text fits. */
function pattern(value: string, flags: string): RegExp {
	const parts = (value.includes('%') ? value : `%${value}%`).split('%').map((part) => part.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
	return new RegExp(`^${parts.join('[^]*')}$`, flags);
}
