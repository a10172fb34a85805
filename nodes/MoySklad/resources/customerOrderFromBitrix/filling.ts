import type { IExecuteFunctions } from 'n8n-workflow';
import { orderText, type OrderSource, type Policy, type Rule } from '../../../../core';
import { Attributes, type MoySkladClient } from '../../../../transport';
import { filledFields } from '../../mapping/filledFields';
import type { FieldRow, OrderSettings } from './settings';
import { isOpen, type OrderTask } from './task';

/** What the mapping fills of each order. Orders with a value that does not fit its field are finished here. Throws MOYSKLAD_VALUE_NOT_LISTED. */
export async function filledOrders(context: IExecuteFunctions, client: MoySkladClient, { fields }: OrderSettings, tasks: readonly OrderTask[]): ReturnType<typeof filledFields<OrderTask>> {
	const rows = fields.filter(({ source }) => source !== 'preset');
	if (rows.length === 0) return new Map();
	const rules = rows.map(({ target, policy }, row): Rule => ({ target, source: { row }, policy }));
	const valueOf = ({ source }: Rule, task: OrderTask): unknown => ('row' in source ? textOf(context, rows[source.row], task) : null);
	return await filledFields(rules, new Attributes(client, 'customerorder'), tasks.filter(isOpen), { entity: 'customerorder', valueOf, clears: true });
}

/** MoySklad refuses orders without a required field, so that a row may say what stands in it then. */
function textOf(context: IExecuteFunctions, row: FieldRow | undefined, { item, order }: OrderTask): unknown {
	if (row === undefined || row.source === 'preset') return null;
	const { source, whenEmpty } = row;
	const said = 'row' in source ? (context.getNodeParameter(`attributeMap.row[${source.row}].expression`, item, '') as unknown) : orderText(source as OrderSource, order);
	const isEmpty = said === null || said === undefined || (typeof said === 'string' && said.trim() === '');
	return isEmpty ? whenEmpty.trim() || null : said;
}

/** Policies of fields that the order itself fills. */
export const presetPolicies = ({ fields }: OrderSettings): Record<string, Policy> =>
	Object.fromEntries(fields.flatMap(({ source, target, policy }) => (source === 'preset' ? [[target, policy]] : [])));
