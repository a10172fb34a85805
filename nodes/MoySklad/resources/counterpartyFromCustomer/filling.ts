import type { IExecuteFunctions } from 'n8n-workflow';
import { CARD_VALUES, fitted, isCardList, unusable, warning, type CardValue, type FilledField, type Rule } from '../../../../core';
import type { UnfittedField } from '../../mapping/filledFields';
import type { CustomerTask } from './task';

/** How a customer fills the fields of a counterparty. An empty source never clears. */
export const customerFilling = (context: IExecuteFunctions) => ({
	entity: 'counterparty',
	valueOf: ({ source }: Rule, { card, item }: CustomerTask): unknown =>
		'row' in source ? context.getNodeParameter(`mapping.change[${source.row}].expression`, item, '') : 'field' in source ? CARD_VALUES[source.field as CardValue].read(card) : source.constant,
	own: (target: string, value: unknown): unknown => (isCardList(target) ? (target === 'tags' ? tagsIn(value) : value) : undefined),
	fit,
});

/** What could not be taken as it is, is a warning of the customer. */
function fit(task: CustomerTask, unfitted: readonly UnfittedField[]): FilledField[] {
	const { fields, cut, leftOut } = fitted(unfitted.map(({ rule: { source }, ...field }) => ({ ...field, ...('field' in source && { source: source.field as CardValue }) })));
	const none = [...new Set([...leftOut, ...unusable(task.card)])];
	if (cut.length > 0) task.warnings.push(warning('COUNTERPARTY_VALUE_CUT', { fields: cut.join(', ') }));
	if (none.length > 0) task.warnings.push(warning('COUNTERPARTY_VALUE_LEFT_OUT', { fields: none.join(', ') }));
	return fields;
}

const tagsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '');
