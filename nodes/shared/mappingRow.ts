import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

interface MappedSource {
	/** How the choice of a field of the source is called, e.g. "From MoySklad Field". */
	name: string;
	/** Shown when a field of the source is chosen. */
	field: INodeProperties;
	/** An expression as an example. */
	placeholder: string;
}

/** Where the value of a row of a mapping comes from: a field of the source, or an expression (trap N12). */
export function mappedValue({ name, field, placeholder }: MappedSource): INodeProperties[] {
	const choices = [
		{ name, value: 'field', description: 'Fast' },
		{ name: 'Expression', value: 'expression', description: 'Reckoned for each item, which is slow for thousands of them' },
	];
	return [
		Object.assign({ displayName: 'Value', name: 'value', options: choices, default: 'field' }, { type: 'options' as const }),
		{ ...field, displayOptions: { show: { value: ['field'] } } },
		{
			displayName: 'Expression',
			name: 'expression',
			type: 'string',
			default: '',
			placeholder,
			displayOptions: { show: { value: ['expression'] } },
			description: 'An empty value leaves the field alone',
		},
	];
}

/** Choices of a record by their names. */
export const namedOptions = (choices: Record<string, { name: string }>): INodePropertyOptions[] =>
	Object.entries(choices)
		.map(([value, { name }]) => ({ value, name }))
		.sort((one, other) => one.name.localeCompare(other.name));
