import type { INodeProperties } from 'n8n-workflow';

interface RowsSettings {
	displayName: string;
	name: string;
	/** What one row is called. */
	row: string;
	values: INodeProperties[];
	description: string;
	/** The first row that fits counts, so that users put them in order. */
	sortable?: boolean;
	displayOptions?: INodeProperties['displayOptions'];
}

/** A list of rows that users add. Read it as `<name>.row`. */
export const rowsProperty = ({ displayName, name, row, values, description, sortable = false, displayOptions }: RowsSettings): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, ...(sortable && { sortable }) },
	default: {},
	placeholder: `Add ${row}`,
	description,
	options: [{ displayName: row, name: 'row', values }],
	...(displayOptions && { displayOptions }),
});
