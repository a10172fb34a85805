import type { IExecuteFunctions } from 'n8n-workflow';
import type { ConflictPolicy, Identity, Policy, ResponsibleRule, Rule, RuleSource } from '../../../core';
import { chosenSubWorkflow } from '../../shared/subWorkflow';
import { textIn, type Located } from '../../shared/locator';

/** What the user chose for all that is written into the CRM. */
export interface CrmSettings {
	/** What records of MoySklad carry as ORIGINATOR_ID. */
	originator: string;
	/** Name of the flow in links. */
	flow: string;
	preview: boolean;
	failAfterAll: boolean;
	/** Id of the sub-workflow before writing. */
	subWorkflow: string | undefined;
	conflict: ConflictPolicy;
	/** Rows of the mapping. */
	changes: Rule[];
	attributes: 'none' | 'matching' | 'create';
	/** ISO code of the currency of the MoySklad account. */
	currency: string;
	responsible: number | undefined;
	responsibles: ResponsibleRule[];
	opened: boolean;
	/** Whether user fields say when a record was last written, and where it is in MoySklad. */
	serviceFields: boolean;
}

/** Into which catalog the goods of documents lead; none = rows without products. */
export interface GoodsChoice {
	catalog: number | undefined;
	identity: Identity;
	unknown: 'free' | 'stop';
}

interface MappingRow {
	target?: Located;
	value: 'field' | 'expression';
	field?: Located;
	policy: Policy;
}

/** Each kind of object is chosen from a list of its own. */
type ResponsibleRow = { by: ResponsibleRule['by']; user?: Located } & Partial<Record<ResponsibleRule['by'], Located>>;

interface Options {
	conflict?: ConflictPolicy;
	currency?: string;
	failAfterAll?: boolean;
	flow?: string;
	opened?: boolean;
	originator?: string;
	serviceFields?: boolean;
}

/** Reads a parameter; those that an operation does not show have their defaults. */
export type Read = <Value>(name: string, otherwise: Value) => Value;

export const reader =
	(context: IExecuteFunctions): Read =>
	<Value>(name: string, otherwise: Value): Value =>
		context.getNodeParameter(name, 0, otherwise) as Value;

/** `flow`: the name of the flow when the user gave none. */
export function readCrmSettings(context: IExecuteFunctions, flow: string): CrmSettings {
	const read = reader(context);
	const options = read<Options>('options', {});
	const rows = read<{ row?: ResponsibleRow[] }>('responsibles', {});
	return {
		originator: options.originator?.trim() || 'MOYSKLAD',
		flow: options.flow?.trim() || flow,
		preview: read('preview', false),
		failAfterAll: options.failAfterAll ?? false,
		subWorkflow: chosenSubWorkflow(context),
		conflict: options.conflict ?? 'sourceWins',
		changes: (read<{ change?: MappingRow[] }>('mapping', {}).change ?? []).flatMap(toRule),
		attributes: read('attributes', 'matching'),
		currency: options.currency?.trim().toUpperCase() || 'RUB',
		responsible: idIn(read<Located | string>('responsible', '')),
		responsibles: (rows.row ?? []).flatMap(toResponsible),
		opened: options.opened ?? true,
		serviceFields: options.serviceFields ?? false,
	};
}

export function readGoodsChoice(context: IExecuteFunctions): GoodsChoice {
	const read = reader(context);
	return { catalog: idIn(read<Located | string>('catalog', '')), identity: read('identity', 'externalCode'), unknown: read('unknownGoods', 'free') };
}

/** An id in Bitrix; undefined when none is chosen. */
export function idIn(located: Located | string | number | undefined): number | undefined {
	const id = Number(textIn(located));
	return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** Rows that name no field say nothing. The value of an expression is read for each item, by the number of its row. */
function toRule({ target, value, field, policy }: MappingRow, row: number): Rule[] {
	const name = textIn(target);
	const source: RuleSource = value === 'expression' ? { row } : { field: textIn(field) };
	return name === '' || (policy !== 'never' && 'field' in source && source.field === '') ? [] : [{ target: name, source, policy }];
}

function toResponsible({ by, user, ...objects }: ResponsibleRow): ResponsibleRule[] {
	const [id, found] = [textIn(objects[by]), idIn(user)];
	return found === undefined || id === '' ? [] : [{ by, id: id.toLowerCase(), user: found }];
}

/** Where the expression of a mapping row stands among the parameters. */
export const expressionParameter = (row: number): string => `mapping.change[${row}].expression`;
