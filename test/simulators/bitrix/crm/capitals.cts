import type { FieldTable } from '../fields/fieldTable.cts';
import { listRows, type ListSource } from '../fields/list.cts';
import { formatMoment } from '../wire/dates.cts';
import type { MethodResult } from '../wire/envelope.cts';
import type { Params } from '../wire/params.cts';
import type { Id, Table } from '../store/table.cts';
import { legacyParams } from './calls.cts';

/** Books whose rows have the names of the wire, in capitals; all values are shown as texts. */

/** `id` is kept under another name than the rest. */
const valueInCapitals = (row: { readonly id: Id }, name: string): unknown =>
	name === 'ID' ? row.id : (row as unknown as Params)[name];

/** A row as answers show it. A day that never was is an empty text. */
export function showInCapitals(
	fields: FieldTable,
	row: { readonly id: Id },
	names: Iterable<string> = Object.keys(fields),
): Params {
	const shown: Params = {};
	for (const name of names) {
		const value = valueInCapitals(row, name);
		const isMoment = fields[name]?.type === 'datetime';
		if (value === null || value === undefined) shown[name] = isMoment ? '' : null;
		else shown[name] = isMoment ? formatMoment(value as number) : String(value as string | number);
	}
	return shown;
}

/** A list of such rows. Parameters may be written in any case. */
export function listInCapitals<Row extends { readonly id: Id }>(
	table: Table<Row>,
	fields: FieldTable,
	params: Params,
	more: Partial<ListSource<Row>> = {},
): MethodResult {
	const source: ListSource<Row> = {
		table,
		fields,
		dialect: 'orm',
		indexes: { ID: 'id' as keyof Row & string },
		value: valueInCapitals,
		show: (row, names) => showInCapitals(fields, row, names),
		...more,
	};
	return listRows(source, legacyParams(params));
}
