import type { IExecuteFunctions } from 'n8n-workflow';
import {
	ATTRIBUTE_PREFIX, COUNTERPARTY_PRESET, changedRules, idOf, isUuid, SyncError,
	type CardValue, type CompanyType, type ConflictPolicy, type MatchRule, type PayerTypeRule, type Policy, type Rule,
} from '../../../../core';
import { textIn, type Located } from '../../../shared/locator';

/** Everything that the user set; the same for all items of a run. */
export interface CustomerSettings {
	siteKey: string;
	flow: string;
	payerTypes: PayerTypeRule[];
	match: MatchRule[];
	/** From 0 to 1. */
	threshold: number;
	/** MoySklad's keyword, or `attribute:<id>`. */
	externalIdField: string;
	none: 'create' | 'skip';
	doubtful: 'review' | 'create' | 'skip';
	/** The preset with the user's changes. */
	rules: Rule[];
	conflicts: ConflictPolicy;
	/** What only a new counterparty gets, by MoySklad's field; ids. */
	links: Partial<Record<NewLink, string>>;
	tags: string[];
	preview: boolean;
}

const NEW_LINKS = ['state', 'priceType', 'owner', 'group'] as const;
type NewLink = (typeof NEW_LINKS)[number];

/** Throws MOYSKLAD_FIELD_UNKNOWN for a row of the mapping without a field. */
export function readSettings(context: IExecuteFunctions): CustomerSettings {
	const choice = <T extends string>(name: string, otherwise: string): T => context.getNodeParameter(name, 0, otherwise) as T;
	const text = (name: string): string => String(context.getNodeParameter(name, 0, '') ?? '').trim();
	const rows = <T>(name: string): T[] => context.getNodeParameter(name, 0, []) as T[];
	const located = (name: string): string => textIn(context.getNodeParameter(name, 0, '') as Located | string);
	const externalIdField = fieldName(located('options.externalIdField')) || 'externalCode';
	return {
		siteKey: text('siteKey'),
		flow: text('options.flow') || 'counterparties',
		payerTypes: rows<{ payerType?: string; kind: CompanyType }>('options.payerTypes.row').map(({ payerType = '', kind }) => ({ payerType: payerType.trim(), kind })),
		match: rows<{ by: MatchRule }>('matchRules.rule').map(({ by }) => by),
		threshold: Math.min(100, Math.max(1, Number(context.getNodeParameter('options.nameSimilarity', 0, 80)) || 80)) / 100,
		externalIdField,
		none: choice('noCounterparty', 'create'),
		doubtful: choice('doubtful', 'review'),
		rules: changedRules(presetFor(externalIdField), rows<ChangeRow>('mapping.change').map(toRule)),
		conflicts: choice('conflictPolicy', 'sourceWins'),
		links: Object.fromEntries(NEW_LINKS.map((name) => [name, idOf(located(`newFields.${name}`))] as const).filter(([, id]) => id !== undefined)),
		tags: text('newFields.tags').split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''),
		preview: context.getNodeParameter('preview', 0, false) as boolean,
	};
}

/** The external id goes where it is looked for. */
const presetFor = (field: string): Rule[] =>
	COUNTERPARTY_PRESET.map((rule) => (rule.target !== 'externalCode' || field === 'externalCode' ? rule : { ...rule, target: field, policy: 'empty' }));

interface ChangeRow {
	target: Located | string;
	value: 'field' | 'expression';
	field?: CardValue;
	policy: Policy;
}

function toRule({ target, value, field, policy }: ChangeRow, row: number): Rule {
	const name = fieldName(textIn(target));
	if (name === '') throw new SyncError('MOYSKLAD_FIELD_UNKNOWN', { field: '', entity: 'counterparty' });
	return { target: name, source: value === 'field' ? { field: field ?? 'name' } : { row }, policy };
}

/** An additional field may be given by its bare id. */
const fieldName = (text: string): string => (isUuid(text) ? `${ATTRIBUTE_PREFIX}${text.toLowerCase()}` : text);
