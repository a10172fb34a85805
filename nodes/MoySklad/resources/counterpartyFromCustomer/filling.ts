import type { IExecuteFunctions } from 'n8n-workflow';
import { CARD_VALUES, isCardList, type CardValue, type Rule } from '../../../../core';
import type { CustomerTask } from './task';

/** How a customer fills the fields of a counterparty. An empty source never clears. */
export const customerFilling = (context: IExecuteFunctions) => ({
	entity: 'counterparty',
	valueOf: ({ source }: Rule, { card, item }: CustomerTask): unknown =>
		'row' in source ? context.getNodeParameter(`mapping.change[${source.row}].expression`, item, '') : 'field' in source ? CARD_VALUES[source.field as CardValue].read(card) : source.constant,
	own: (target: string, value: unknown): unknown => (isCardList(target) ? (target === 'tags' ? tagsIn(value) : value) : undefined),
});

const tagsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : String(value).split(',')).map((tag) => tag.trim()).filter((tag) => tag !== '');
